"""What a file may be, and the one sentence that says why it was refused."""

MAX_BYTES = 25 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 5_000_000
MAX_CELL_CHARACTERS = 32_767
"""The same as Excel's own limit for one cell."""

MAX_UNPACKED = 600 * 1024 * 1024
"""A workbook of five million cells unpacks to 300–400 MB of XML; the count is taken while streaming."""

CHILD_MEMORY = 1024 * 1024 * 1024
CHILD_SECONDS = 30

SAID = "CSV, TSV, XLSX, XLS or vCard (VCF); up to 25 MB, 100,000 rows, 500 columns and 5 million cells"


class Refused(Exception):
    """A file that cannot be read. ``str()`` is one sentence: what, where, what to do."""


def check_size(size: int) -> None:
    """Raise `Refused` for an empty file or one above 25 MB."""
    if size == 0:
        raise Refused("The file is empty (0 bytes): save the list again and upload that file.")
    if size > MAX_BYTES:
        megabytes = -(-size // (1024 * 1024))
        raise Refused(f"The file has {megabytes:,} MB and the limit is 25 MB: split the list and upload its parts.")


def check_shape(*, rows: int, columns: int, cells: int, where: str = "The file") -> None:
    """Raise `Refused` when a table is larger than the limits."""
    if columns > MAX_COLUMNS:
        raise Refused(f"{where} has {columns:,} columns and the limit is 500: delete the columns that you do not need.")
    if rows > MAX_ROWS:
        raise Refused(f"{where} has {rows:,} rows and the limit is 100,000: split the list and upload its parts.")
    if cells > MAX_CELLS:
        raise Refused(f"{where} has {cells:,} cells and the limit is 5,000,000: split the list and upload its parts.")


def check_cell(value: str, *, row: int, column: int, header: str = "") -> None:
    """Raise `Refused` for a NUL character or a cell longer than Excel allows, naming the cell."""
    name = f"Row {row:,}, column {letter(column)}{f' (“{header}”)' if header else ''}"
    if "\x00" in value:
        raise Refused(f"{name}: the cell holds a NUL character, which no text may hold; delete it and upload again.")
    if len(value) > MAX_CELL_CHARACTERS:
        raise Refused(f"{name}: the cell holds {len(value):,} characters and the limit is 32,767; shorten it.")


def letter(index: int) -> str:
    """Return the spreadsheet letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
