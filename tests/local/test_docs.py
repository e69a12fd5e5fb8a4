"""What README and docs point at is there."""

import re
from pathlib import Path

import pytest

from wbl.local import state

PAGES = sorted([*state.ROOT.glob("*.md"), *state.ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
OURS = re.compile(r"`((?:wbl|partners|councils|placements|pathways|tests|templates|static|docs)/[\w./-]+)`")
MODULE = re.compile(r"`((?:wbl|partners|councils|placements|pathways)(?:\.[a-z_]+)+)`")


def commands() -> set[str]:
    found = {path.stem for path in state.ROOT.glob("*/*/management/commands/[a-z]*.py")}
    found |= {path.stem for path in state.ROOT.glob("*/management/commands/[a-z]*.py")}
    return found | set("up test bench make_roles check migrate makemigrations createsuperuser compilemessages".split())


def is_there(module: str) -> bool:
    """A module or package, or a name in one."""
    whole = state.ROOT / module.replace(".", "/")
    return any(path.is_dir() or path.with_suffix(".py").exists() for path in (whole, whole.parent))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_leads_nowhere(page: Path) -> None:
    text = page.read_text()
    files = [link for link, _anchor in LINK.findall(text) if "://" not in link]
    lost = [link for link in files if not (page.parent / link).exists()]
    lost += [path for path in OURS.findall(text) if not (state.ROOT / path).exists()]
    lost += [name for name in MODULE.findall(text) if not name.startswith("wbl.example") and not is_there(name)]
    lost += [f"manage.py {name}" for name in COMMAND.findall(text) if name not in commands()]
    assert lost == []


def test_every_page_of_docs_is_named_in_the_readme_or_a_page_of_its_own() -> None:
    linked = {(page.parent / link).resolve() for page in PAGES for link, _anchor in LINK.findall(page.read_text())}
    assert [page.name for page in PAGES if page.parent.name == "docs" and page.resolve() not in linked] == []
