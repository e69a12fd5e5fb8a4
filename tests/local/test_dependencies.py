"""A dependency without its sentence, or without its hashes, does not land."""

import re
import tomllib

from wbl.local import state

PROJECT = tomllib.loads((state.ROOT / "pyproject.toml").read_text())


def names(requirements: list) -> set[str]:
    return {re.split(r"[^A-Za-z0-9-]", one)[0].lower() for one in requirements if isinstance(one, str)}


RUNTIME = names(PROJECT["project"]["dependencies"])
DEVELOPMENT = names(PROJECT["dependency-groups"]["local"] + PROJECT["dependency-groups"]["dev"])


def test_each_dependency_has_its_sentence():
    rows = re.findall(r"^\| ([a-z0-9-]+) \| .*[.] \|$", (state.ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    assert set(rows) == RUNTIME | DEVELOPMENT


def test_each_dependency_is_pinned_with_hashes_and_no_registry_is_named():
    for file, wanted in (("requirements.txt", RUNTIME), ("requirements-dev.txt", RUNTIME | DEVELOPMENT)):
        text = (state.ROOT / file).read_text()
        pinned = dict(
            re.findall(
                r"^([a-z0-9-]+)(?:\[[a-z,-]+\])?==[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n?)+)",
                text,
                re.MULTILINE,
            )
        )
        assert wanted <= set(pinned), wanted - set(pinned)
        assert "://" not in text
        assert len(pinned) == len(re.findall(r"^\S+==", text, re.MULTILINE)), "every line has its hashes"
