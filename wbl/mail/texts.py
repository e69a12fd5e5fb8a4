"""The merge fields of mail texts: `{{ contact.called }}`, `{{ topic|our talk }}`. No code.

A field that is empty takes what stands after the bar; an empty one without it is an error before anything is sent.
`{{ link }}` is the personal link; it stays a placeholder in everything that is stored.
"""

import re
from collections.abc import Callable, Collection, Mapping

_FIELD = re.compile(r"\{\{([^{}|]*)(?:\|([^{}]*))?\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_.]*", re.IGNORECASE)
LINK = "link"


class EmptyField(ValueError):
    """A field of the text has no value for this record, and no words to stand in."""

    def __init__(self, names: list[str]):
        super().__init__(", ".join(names))
        self.names = names


def names(text: str) -> list[str]:
    """The fields that a text uses, each once, in order."""
    return list(dict.fromkeys(found[1].strip() for found in _FIELD.finditer(text)))


def called(text: str) -> list[str]:
    """Those of them that are called as a field can be; other braces are braces."""
    return [name for name in names(text) if _NAME.fullmatch(name)]


def unknown(text: str, known: Collection[str]) -> list[str]:
    """What stands in braces and is no field: named so that one finds it."""
    wrong = [name for name in names(text) if name not in known or not _NAME.fullmatch(name)]
    if text.count("{{") != len(_FIELD.findall(text)):
        wrong.append("{{ without }}")
    return wrong


def without_spare(text: str) -> list[str]:
    """The fields that have no words to stand in somewhere."""
    return list(dict.fromkeys(found[1].strip() for found in _FIELD.finditer(text) if not (found[2] or "").strip()))


def each_field(text: str, made: Callable[[str, str], str]) -> str:
    """The text with every field replaced by what `made(name, spare words)` gives."""
    return _FIELD.sub(lambda found: made(found[1].strip(), (found[2] or "").strip()), text)


def in_words(text: str, meanings: Mapping[str, str]) -> str:
    """The text to be read, not edited: each field as what it is, in brackets, as in [their name]."""
    return each_field(text, lambda name, _spare: f"[{meanings.get(name) or name}]")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled, in one pass: braces inside a value stay as they are.

    Raises EmptyField for fields without value and without words to stand in; an unknown field counts as empty.
    """
    empty: list[str] = []

    def value(found: re.Match[str]) -> str:
        name, spare = found[1].strip(), (found[2] or "").strip()
        filled = str(values.get(name) or "") or spare
        if not filled:
            empty.append(name)
        return filled

    done = _FIELD.sub(value, text)
    if empty:
        raise EmptyField(list(dict.fromkeys(empty)))
    return done
