"""What holds for every template and stylesheet: no inline style or script, no icon or class that isn't there."""

import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [file for file in TEMPLATES if "mail" not in file.parts and "emails" not in file.parts]
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|<!--.*?-->", re.DOTALL)


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def failing(files: list[Path], fault: Callable[[str], object]) -> dict[str, object]:
    """The files in which a fault is found, with what was found."""
    return {name(file): found for file in files if (found := fault(file.read_text()))}


def test_no_template_has_an_inline_style_or_script() -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|hx-on|<script(?![^>]*(?:\ssrc=|application/json))")
    assert failing(PAGES, lambda text: inline.findall(COMMENT.sub("", text))) == {}


def test_templates_name_only_icons_of_the_sprite() -> None:
    known = set(re.findall(r'id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    used = re.compile(r"{% icon [\"']([\w-]+)[\"']")
    assert failing(TEMPLATES, lambda text: set(used.findall(text)) - known) == {}


def test_every_post_form_carries_a_token() -> None:
    form = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
    assert failing(PAGES, lambda text: [found[:200] for found in form.findall(text) if "csrf_token" not in found]) == {}


def test_every_htmx_request_has_a_way_without_script() -> None:
    """What htmx loads from is a link or listens to one's typing; what it posts is a form or a control of one."""

    def faults(text: str) -> list[str]:
        plain = TAG.sub("x", text)
        gets = [
            tag
            for tag in re.findall(r"<[a-z]+[^>]*\shx-get=[^>]*>", plain)
            if not re.search(r"\shref=|<form|hx-trigger=", tag)
        ]
        posts = re.findall(r"<[a-z]+[^>]*\shx-post=[^>]*>", plain)
        return gets + [
            tag for tag in posts if not tag.startswith(("<form", "<button", "<input", "<textarea", "<select"))
        ]

    assert failing(PAGES, faults) == {}


def test_old_browsers_get_every_colour_in_plain_srgb() -> None:
    text = (ROOT / "static/css/tokens.css").read_text()
    plain, modern = text.split("@supports", 1)
    assert set(re.findall(r"(--[\w-]+): light-dark", modern)) <= set(re.findall(r"(--[\w-]+): #", plain))


def test_colours_stand_in_one_file() -> None:
    """A colour elsewhere would not follow the theme; shadows and the paper behind a QR code may."""
    for sheet in SHEETS:
        if sheet.name not in ("tokens.css",):
            bare = re.findall(r"[^-\w](#[0-9a-f]{3,8}|oklch\([\d.]+ [^/)]+\))", sheet.read_text())
            assert set(bare) <= {"#fff", "#000"}, sheet.name


def test_the_stylesheet_imports_every_component_once() -> None:
    imported = re.findall(r'@import url\("([\w-]+\.css)"\)', (ROOT / "static/css/wbl.css").read_text())
    pages = "".join(file.read_text() for file in TEMPLATES)
    linked = set(re.findall(r"{% static 'css/([\w-]+\.css)' %}", pages))
    assert linked == {"wbl.css", "admin.css"}
    assert sorted([*imported, *linked]) == sorted(sheet.name for sheet in SHEETS)


def test_the_css_stays_small() -> None:
    assert sum(len(sheet.read_text().splitlines()) for sheet in SHEETS) <= 2_500


def test_a_template_fits_a_screen() -> None:
    assert {name(file): n for file in TEMPLATES if (n := len(file.read_text().splitlines())) > 60} == {}


def test_the_script_stays_small() -> None:
    assert len((ROOT / "static/js/wbl.js").read_text().splitlines()) <= 250


def test_a_first_view_stays_under_its_budget() -> None:
    """HTML + CSS + JS of a workspace page, compressed: 60 kB, of which 11 are left to the HTML (a list of 50 has 7)."""
    import gzip

    import django_htmx

    sheets = [sheet for sheet in SHEETS if sheet.name != "admin.css"]  # no workspace page has it
    scripts = [ROOT / "static/js" / name for name in ("theme.js", "wbl.js")]  # signin.js comes when one is signed out
    files = [*sheets, *scripts, ROOT / "static/icons.svg"]
    files.append(Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js")
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 49_000


def test_what_is_drawn_once_for_everybody_depends_on_its_values_alone() -> None:
    """`{% once %}` keeps a part across people and districts: nothing in it may ask who looks, where or when."""
    drawn = {found for file in TEMPLATES for found in re.findall(r"{% once \"([^\"]+)\"", file.read_text())}
    asks = re.compile(r"request|{% (?:url|csrf_token|now|include|district_url|partial)\b")
    assert drawn
    assert (
        failing([ROOT / "templates" / each for each in drawn], lambda text: asks.findall(COMMENT.sub("", text))) == {}
    )
