"""What an XLSX file would unpack to, found by streaming through it once before a reader opens it.

calamine builds each sheet as one dense block and aborts its process on a sheet that claims a far corner; a few kilobytes
can unpack to gigabytes. Here each part is inflated in small pieces, counted and thrown away: a bomb is known after some
megabytes, in a few milliseconds and without memory.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from partners.importing.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED, Refused

DAMAGED = "The workbook is damaged and can't be opened: save it again in your spreadsheet program and upload that file."
PIECE = 1024 * 1024
_FAR_COLUMN = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{3,}|[T-Z][A-Z]|S[G-Z])\d+"')
_LAST_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?r="(\d+)"')
_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_LONG_RUN = 8 * 1024 * 1024


def check_workbook(data: bytes) -> None:
    """Raise `Refused` unless ``data`` is a zip archive of the parts of one workbook, within the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError):
        raise Refused(DAMAGED) from None
    _check_kind([entry.filename for entry in entries])
    declared = sum(entry.file_size for entry in entries)
    if declared > MAX_UNPACKED or len(entries) > 5_000:
        raise Refused(_too_large(declared))
    unpacked = 0
    for entry in entries:
        unpacked += _check_part(data, entry, MAX_UNPACKED - unpacked)


def _check_kind(names: list[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if any(name.endswith("workbook.bin") for name in names):
        raise Refused("This is a binary workbook (XLSB): save it as XLSX or CSV and upload that file.")
    if "mimetype" in names and "content.xml" in names:
        raise Refused("This is an OpenDocument file (ODS): save it as XLSX or CSV and upload that file.")
    if any(name.startswith("word/") for name in names):
        raise Refused(
            "This is a Word document, not a list: copy the table to a spreadsheet, save it as XLSX and upload that."
        )
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        raise Refused("This is a Numbers file: export it as CSV or XLSX and upload that file.")
    raise Refused("This is a ZIP archive, not a workbook: unpack it and upload the list inside it.")


def _too_large(size: int) -> str:
    return (
        f"The workbook unpacks to {size // (1024 * 1024):,} MB and the limit is {MAX_UNPACKED // (1024 * 1024)} MB: "
        "copy the list to a new workbook, save it and upload that file."
    )


def _check_part(data: bytes, entry: zipfile.ZipInfo, room: int) -> int:
    """Inflate one part, count it, and return its real size, whatever its header declares."""
    size = 0
    sheet = _Sheet(entry.filename) if re.search(r"worksheets/[^/]+\.xml$", entry.filename) else None
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail, since_tag = b"", 0
    for piece in _inflate(data, entry):
        size += len(piece)
        if size > room:
            raise Refused(_too_large(size))
        window = tail + piece
        if is_xml:
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                raise Refused(
                    "The workbook holds XML entities, which no spreadsheet program writes: "
                    "copy the list to a new workbook, save it and upload that file."
                )
            since_tag = len(piece) - piece.rfind(b"<") if b"<" in piece else since_tag + len(piece)
            if since_tag > _LONG_RUN:
                raise Refused(
                    "One cell of the workbook holds more than 8 million characters and the limit is 32,767; shorten it."
                )
        if sheet:
            sheet.take(window, len(tail))
        tail = piece[-200:]
    return size


class _Sheet:
    """Counts of one sheet's XML, and the far corner that its cells claim."""

    def __init__(self, name: str) -> None:
        self.name = name.rsplit("/", 1)[-1].removesuffix(".xml")
        self.rows = self.cells = self.last_row = 0

    def take(self, window: bytes, overlap: int) -> None:
        """Count what begins in ``window`` after the ``overlap`` that was already counted."""
        start = max(overlap - 5, 0)
        fresh = window[start:]
        self.rows += len(_ROW.findall(fresh))
        self.cells += len(_CELL.findall(fresh))
        far = _FAR_COLUMN.search(window)
        if far:
            columns = _number(far.group(1).decode())
            raise Refused(
                f"A cell of the workbook stands in column {far.group(1).decode()}, which makes {columns:,} columns, and the limit is "
                f"{MAX_COLUMNS}: delete the cells far from the list and upload again."
            )
        at = window.rfind(b"<row ")
        if at >= 0 and (match := _LAST_ROW.match(window, at)):
            self.last_row = max(self.last_row, int(match.group(1)))
        if self.rows > MAX_ROWS + 1_000 or self.cells > MAX_CELLS * 2:
            raise Refused(
                f"The workbook has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells, which is the limit: "
                "split the list and upload its parts."
            )
        if self.last_row > MAX_ROWS * 2:
            raise Refused(
                f"A cell of the workbook stands in row {self.last_row:,} and the limit is {MAX_ROWS:,} rows: "
                "delete the cells far from the list and upload again."
            )


def _number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - 64
    return number


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the real content of one part in pieces of at most a megabyte."""
    header = data[entry.header_offset : entry.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04" or entry.flag_bits & 1:
        raise Refused(DAMAGED)
    name, extra = struct.unpack("<HH", header[26:30])
    begin = entry.header_offset + 30 + name + extra
    packed = memoryview(data)[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), PIECE):
            yield bytes(packed[at : at + PIECE])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused(DAMAGED)
    stream = zlib.decompressobj(-15)
    rest: bytes | memoryview = packed
    try:
        while rest and not stream.eof:
            piece = stream.decompress(rest, PIECE)
            rest = stream.unconsumed_tail
            if piece:
                yield piece
            elif not rest:
                break
    except zlib.error:
        raise Refused(DAMAGED) from None
