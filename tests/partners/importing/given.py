"""Where the real lists are, and how the tests of this folder read one."""

import os
from pathlib import Path

import pytest

from partners.importing.guessing import guess_columns
from partners.importing.organizations import Record
from partners.importing.reading import read_file
from partners.importing.records import Reader
from partners.importing.tables import Table, find_table

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("WBL_TEST_DATA") or ROOT / "../shared/data").resolve()

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real lists are not here: set WBL_TEST_DATA to their folder"
)


def table_of(path: Path | bytes, name: str = "list.csv") -> Table:
    return find_table(read_file(path, name if isinstance(path, bytes) else path.name))


def targets_of(table: Table) -> list[str]:
    return [column.target for column in guess_columns(table)]


def records_of(path: Path | bytes, name: str = "list.csv") -> list[Record]:
    """The records of a file, with its columns as guessed."""
    table = table_of(path, name)
    return [record for record, _ in Reader(table, targets_of(table)).records()]
