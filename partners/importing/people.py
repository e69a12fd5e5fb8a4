"""Names of people as lists write them: “Last, First”, several in a cell, suffixes after a comma."""

import re

_SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|v|md|m\.d|phd|ph\.d|edd|ed\.d|esq|cpa|dds|dvm|jd|rn|pe|mba|ma|ms|do|aia|cfp|shrm-cp|phr)\.?",
    re.I,
)
_GENERATION = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.I)
_BETWEEN = re.compile(r"\s*(?:;|\n|\s/\s|\|)\s*")
_AND = re.compile(r"\s+(?:&|and)\s+", re.I)
_SPACES = re.compile(r"\s+")


def read_people(cell: str) -> list[str]:
    """Return the full names of a cell in their natural order.

    ``"Smith, John; Doe, Jane"`` gives two people, ``"Bishop, Sanford, Jr."`` gives ``"Sanford Bishop Jr."``.
    """
    parts = [part for part in _BETWEEN.split(cell) if part.strip()]
    names: list[str] = []
    for part in parts:
        names.extend(_people_of(part.strip(" ,")))
    return [name for name in dict.fromkeys(names) if name]


def full_name(*, first: str = "", middle: str = "", last: str = "", suffix: str = "", prefix: str = "") -> str:
    """Join the parts of a name; a comma before a suffix (“Bishop, Jr.”) goes."""
    last, _, after = last.partition(",")
    if after and not _SUFFIX.fullmatch(after.strip()):
        last, after = f"{last},{after}", ""
    parts = (prefix, first, middle, last, after, suffix)
    return _SPACES.sub(" ", " ".join(part.strip() for part in parts if part.strip()))


def _people_of(part: str) -> list[str]:
    if "," not in part:
        return _joined_by_and(part)
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) > 1 and all(_is_full(piece) for piece in pieces):
        return pieces
    suffixes: list[str] = []
    while len(pieces) > 1 and _SUFFIX.fullmatch(pieces[-1]):
        suffixes.insert(0, pieces.pop())
    if len(pieces) == 1:
        return [_SPACES.sub(" ", " ".join([*pieces, *suffixes]))]
    if len(pieces) == 2:
        last, first = pieces
        return [_SPACES.sub(" ", " ".join([first, last, *suffixes]))]
    if len(pieces) % 2 == 0 and all(len(piece.split()) <= 2 for piece in pieces):
        return [f"{first} {last}" for last, first in zip(pieces[::2], pieces[1::2], strict=True)]
    return [_SPACES.sub(" ", part)]


def _is_full(piece: str) -> bool:
    """First and last name at least, and not “Ann Marie” with a lone surname before it."""
    parts = piece.split()
    return len(parts) >= 2 and not any(_GENERATION.fullmatch(word) for word in parts[:1])


def _joined_by_and(part: str) -> list[str]:
    sides = _AND.split(part)
    if len(sides) == 2:
        one, other = (side.split() for side in sides)
        if len(one) >= 2 and len(other) >= 2:
            return [" ".join(one), " ".join(other)]
        if len(one) == 1 and len(other) == 2:
            return [f"{one[0]} {other[1]}", " ".join(other)]
    return [_SPACES.sub(" ", part)]
