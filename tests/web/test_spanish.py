"""What partners and the public read is there in Spanish, and the compiled catalog is that of the text."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation.template import templatize

CATALOG = Path(settings.BASE_DIR) / "locale/es/LC_MESSAGES"
TEMPLATES = (
    "portal/*",
    "layouts/portal.html",
    "layouts/public.html",
    "layouts/plain.html",
    "layouts/base.html",
    "components/languages.html",
    "components/theme.html",
    "components/toasts.html",
    "components/form_errors.html",
    "links/*.html",
    "mail/frame.*",
    "mail/preferences.html",
    "mail/unsubscribe.html",
    "councils/reply.html",
    "councils/arrive*.html",
    "pathways/public*.html",
    "home/partnerships.html",
    "account/login.html",
    "account/request_login_code.html",
    "account/base_confirm_code.html",
    "account/confirm_login_code.html",
    "pathways/parts/public_contact.html",
    "account/email/*.txt",
)
MODULES = (
    "wbl/web/fields.py",
    "wbl/home/portal.py",
    "wbl/home/portal_page.py",
    "wbl/home/portal_forms.py",
    "wbl/home/portal_requests.py",
    "wbl/home/portal_documents.py",
    "wbl/home/portal_council.py",
    "wbl/home/granting.py",
    "wbl/continuum/types.py",
    "wbl/mail/categories.py",
)
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
# what templatize leaves of {% trans %} and {% blocktrans %}
IN_TEMPLATE = re.compile(
    r"""\b(n|p)?gettext\(\s*u?(?P<one>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*u?(?P<two>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))?"""
)
_ENTRY = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')


def po_entries() -> Iterator[dict[str, str]]:
    """The entries of the .po file: keyword to text."""
    entry: dict[str, str] = {}
    field = ""
    for line in [*(CATALOG / "django.po").read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            if entry:
                yield entry
            entry = {}
        elif found := _ENTRY.match(line):
            field = found[1]
            entry[field] = ast.literal_eval(found[2])
        elif line.startswith('"'):
            entry[field] += ast.literal_eval(line)


def translations() -> gettext.GNUTranslations:
    with (CATALOG / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_the_compiled_catalog_is_that_of_the_text() -> None:
    compiled: dict[Any, str] = dict(translations()._catalog)  # type: ignore[attr-defined]
    written: dict[Any, str] = {}
    for entry in po_entries():
        key = "\x04".join([*([entry["msgctxt"]] if "msgctxt" in entry else []), entry["msgid"]])
        if "msgid_plural" in entry:
            written |= {(key, n): entry[f"msgstr[{n}]"] for n in (0, 1)}
        else:
            written[key] = entry["msgstr"]
    assert written == compiled, "Run msgfmt -o locale/es/LC_MESSAGES/django.mo locale/es/LC_MESSAGES/django.po"


def test_every_text_of_the_portal_and_public_pages_is_translated() -> None:
    there = {e["msgid"] for e in po_entries()}
    lacking = []
    for pattern in TEMPLATES:
        files = sorted((Path(settings.BASE_DIR) / "templates").glob(pattern))
        assert files, pattern
        for file in files:
            for found in IN_TEMPLATE.finditer(templatize(file.read_text(encoding="utf-8"), origin=str(file))):
                text = ast.literal_eval(found["two"] if found[1] == "p" else found["one"])
                if text not in there:
                    lacking.append(f"{file.name}: {text}")
    assert not lacking, "\n".join(lacking)


def test_every_text_of_the_portal_code_is_translated() -> None:
    there = {e["msgid"] for e in po_entries()}
    lacking = []
    for module in MODULES:
        tree = ast.parse((Path(settings.BASE_DIR) / module).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and first.value not in there:
                lacking.append(f"{module}: {first.value}")
    assert not lacking, "\n".join(lacking)


def test_no_translation_outlives_its_text() -> None:
    root = Path(settings.BASE_DIR)
    said: set[str] = set()
    for folder in ("wbl", "partners", "councils", "placements", "pathways"):
        for file in (root / folder).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            said |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    pages = " ".join(
        " ".join(f.read_text(encoding="utf-8").split()) for f in (root / "templates").rglob("*") if f.is_file()
    )
    for entry in po_entries():
        shown = " ".join(re.sub(r"%\((\w+)\)s", r"{{ \1 }}", entry["msgid"]).split())
        assert entry["msgid"] in said or shown in pages, entry["msgid"]


def test_translations_keep_their_placeholders() -> None:
    for entry in po_entries():
        for key, text in entry.items():
            if key.startswith("msgstr") and entry["msgid"]:
                wanted = set(re.findall(r"%\(\w+\)s", entry["msgid"]))
                assert set(re.findall(r"%\(\w+\)s", text)) == wanted, entry


@pytest.mark.django_db
def test_signing_in_speaks_spanish_to_a_spanish_browser() -> None:
    page = Client(headers={"Accept-Language": "es"}).get("/accounts/login/code/").content.decode()
    assert "Enviarme el código" in page


def test_the_workspace_stays_english(cedar: Any, people: Any, sign_in: Any) -> None:
    page = sign_in(people.coordinator).get("/cedar/placements/", headers={"Accept-Language": "es"}).content.decode()
    assert '<html lang="en-us">' in page
    assert "Saltar" not in page
