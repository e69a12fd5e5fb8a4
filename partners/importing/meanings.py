"""The words of a list for kinds and stages, each with how often it stands there and what it is taken for."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from partners.importing.kindwords import read_kind, read_stage
from partners.importing.reading import read_file
from partners.importing.records import MEANT
from partners.importing.tables import find_table
from partners.importing.values import is_nothing, one_line
from partners.models import Import, Kind
from partners.models.stages import stage_choices
from partners.names import fold

SHOWN = 100
NAMES = {"org_kind": "kind of partner", "org_stage": "stage"}


def choices_of(target: str) -> Any:
    """What a word of such a column can mean."""
    return Kind.choices if target == "org_kind" else stage_choices()


@dataclass(frozen=True, slots=True)
class Word:
    """One value of a column. `meant` is a key of Kind or Stage, blank for left out; `known` when nobody needs to be asked."""

    target: str
    column: str
    text: str
    count: int
    meant: str
    known: bool

    @property
    def key(self) -> str:
        return fold(self.text)


def words_of(job: Import) -> list[Word]:
    """The distinct values of the columns that go to kind and stage, most frequent first, at most a hundred of each."""
    columns = [(at, target) for at, target in enumerate(job.targets) if target in MEANT]
    if not columns:
        return []
    table = find_table(read_file(bytes(job.file.body), job.filename), job.sheet)
    counts: dict[int, Counter[str]] = {at: Counter() for at, _ in columns}
    texts: dict[str, str] = {}
    for number, cells in table.rows():
        if number in table.footers or table.no_row(cells):
            continue
        for at, _ in columns:
            if at < len(cells) and cells[at]:
                text = one_line(cells[at])[:200]
                texts.setdefault(fold(text), text)
                counts[at][fold(text)] += 1
    return [
        _word(job, target, table.column_name(at), texts[key], count)
        for at, target in columns
        for key, count in counts[at].most_common(SHOWN)
    ]


def _word(job: Import, target: str, column: str, text: str, count: int) -> Word:
    said = job.meanings.get(target, {})
    guess = read_kind(text)[0] if target == "org_kind" else read_stage(text)
    known = fold(text) in said or bool(guess) or is_nothing(text)
    return Word(target, column, text, count, said.get(fold(text), guess), known)
