"""Industries: the North American Industry Classification System of 2022, and codes of 2012 and 2017 read as today's.

Titles are the Census Bureau's (public domain). Which code became which follows its concordances; where one was split,
the main part stands first. The files lie in partners/data.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partners.names import sort_key

DATA = Path(__file__).parent / "data"
LIKE = 8


@dataclass(frozen=True)
class Reading:
    """A code read today: `codes` of 2022, the main one first; `vintage` is 2012 or 2017 where it was an older one."""

    codes: tuple[str, ...] = ()
    vintage: int | None = None

    @property
    def main(self) -> str:
        return self.codes[0] if self.codes else ""


@cache
def titles() -> dict[str, str]:
    """Title by code, of two to six digits; a sector of several numbers stands under each of them."""
    found: dict[str, str] = {}
    for line in (DATA / "naics_2022.tsv").read_text(encoding="utf-8").splitlines():
        code, _tab, title = line.partition("\t")
        first, _dash, last = code.partition("-")
        for each in range(int(first), int(last or first) + 1):
            found[str(each)] = title
    return found


@cache
def _older() -> dict[str, Reading]:
    lines = (DATA / "naics_older.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return {old: Reading(tuple(new.split(",")), int(vintage)) for old, vintage, new in rows}


def read_code(code: str) -> Reading:
    """What a code of 2022, 2017 or 2012 means today; empty for one that never was."""
    return Reading((code,)) if code in titles() else _older().get(code, Reading())


def label(code: str) -> str:
    """“332710 Machine Shops”; a code without a title stands alone."""
    return f"{code} {titles().get(code, '')}".strip()


@cache
def _words() -> list[tuple[str, tuple[str, ...]]]:
    return [(code, tuple(sort_key(title).split())) for code, title in titles().items()]


def industries_like(text: str, *, limit: int = LIKE) -> list[str]:
    """Codes whose number or title begins like what was typed, every word of it; the most exact first."""
    typed = sort_key(text.replace(",", " ")).split()
    if not typed:
        return []
    if typed[0].isdigit():
        wanted = read_code(typed[0])
        older = list(wanted.codes) if wanted.vintage else []
        return (older or [code for code in titles() if code.startswith(typed[0])])[:limit]
    hits = [
        (sum(word in words for word in typed), len(code), -len(words), code)
        for code, words in _words()
        if all(any(word.startswith(part) for word in words) for part in typed)
    ]
    return [hit[3] for hit in sorted(hits, reverse=True)[:limit]]
