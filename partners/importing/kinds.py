"""What kind of file an upload is, by its first bytes; its name only helps with the sentence."""

import re
from typing import Literal

from partners.importing.limits import SAID, Refused

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document: open the list in the program that made it and save it as XLSX or CSV"),
    (b"\x89PNG", "a picture (PNG): upload the list itself as XLSX or CSV"),
    (b"\xff\xd8\xff", "a picture (JPEG): upload the list itself as XLSX or CSV"),
    (b"GIF8", "a picture (GIF): upload the list itself as XLSX or CSV"),
    (b"BM", "a picture (BMP): upload the list itself as XLSX or CSV"),
    (b"RIFF", "a sound or picture: upload the list itself as XLSX or CSV"),
    (b"\x1f\x8b", "a packed file (GZIP): unpack it and upload the list inside it"),
    (b"7z\xbc\xaf", "a packed file (7z): unpack it and upload the list inside it"),
    (b"Rar!", "a packed file (RAR): unpack it and upload the list inside it"),
    (b"SQLite format 3", "a database: export the table as CSV and upload that file"),
    (b"\x00\x01\x00\x00Standard ", "an Access database: export the table as XLSX or CSV and upload that file"),
    (b"\x7fELF", "a program, not a list: upload the list as XLSX or CSV"),
    (b"MZ", "a program, not a list: upload the list as XLSX or CSV"),
    (b"{\\rtf", "a text document (RTF): copy the table to a spreadsheet and save it as XLSX or CSV"),
)  # fmt: skip
_KNOWN = re.compile(r"\.(csv|tsv|tab|txt|xls|xlsx|xlsm|vcf)$", re.I)


def read_kind(data: bytes, name: str) -> Literal["text", "workbook"]:
    """Return how to read ``data``; raise `Refused` with what it is when it is no list."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return "workbook"
    for magic, what in _MAGIC:
        if data.startswith(magic) and not (magic in (b"BM", b"MZ", b"RIFF") and _looks_like_text(data)):
            raise Refused(f"This is {what}.")
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")) and b"\x00" in data[:16]:
        raise Refused("This is a workbook of Excel 4 or older: open it and save it as XLSX.")
    if re.search(r"\.(xlsx|xlsm)$", name, re.I):
        raise Refused(
            "The file is named as a workbook but is none: save it again in your spreadsheet program and upload that file."
        )
    if name and "." in name and not _KNOWN.search(name):
        ending = name.rsplit(".", 1)[-1][:12]
        raise Refused(f"A file of type “.{ending}” can't be read: upload {SAID}.")
    if _is_binary(data):
        raise Refused(f"The file is neither text nor a workbook: upload {SAID}.")
    return "text"


def _looks_like_text(data: bytes) -> bool:
    return b"\x00" not in data[:512] and not _is_binary(data)


def _is_binary(data: bytes) -> bool:
    """Many control characters other than the zeros of UTF-16 mean that no encoding would make it text."""
    head = data[:8192]
    control = sum(1 for byte in head if byte < 32 and byte not in (0, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31))
    return control > max(4, len(head) * 0.05)
