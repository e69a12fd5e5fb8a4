"""Mail that anybody may have written, and its headers.

Python's own reading of headers takes the square of their length for some, and gives up on others with an error of its
own. So a header is cut to what one may be, and read here, in time that grows with its length.
"""

import email
import io
import re
from collections.abc import Iterable, Iterator
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import EmailMessage
from email.message import Message as Mail
from email.policy import Compat32, EmailPolicy
from email.utils import getaddresses
from itertools import islice
from typing import Any

LONGEST = 60_000  # characters of a header: some thousand recipients
LONGEST_OF_PART = 2_000  # of one that says what a part is; Python reads these
MOST_PARTS = 500  # parts of a mail that are looked at
_PART = re.compile(rb"\n--")
_FOLD = re.compile(r"\r?\n[ \t]|[\r\n]")
_WORD = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]{0,2000}\?=")


class _Cut:
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)  # type: ignore[misc]
        return name, value[: LONGEST_OF_PART if name.lower().startswith("content-") else LONGEST]


class Careful(_Cut, EmailPolicy):
    """Python's policy of today."""


class _Lenient(_Cut, Compat32):
    """That of former days, which flufl.bounce wants. A header is text, also one with bytes that no header may hold."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return _readable(str(value))


def read(raw: bytes) -> EmailMessage:
    """A mail as its sender meant it."""
    mail = email.message_from_bytes(_some_parts(raw), policy=Careful())
    assert isinstance(mail, EmailMessage)
    return mail


def read_leniently(raw: bytes) -> Mail:
    """A mail as flufl.bounce reads it."""
    return email.message_from_bytes(_some_parts(raw), policy=_Lenient())


def _some_parts(raw: bytes) -> bytes:
    last = next(islice(_PART.finditer(raw), 2 * MOST_PARTS, None), None)
    return raw[: last.start()] if last else raw


def written(mail: Mail) -> bytes:
    """A mail that was read, as it came: its headers are not folded anew, which Python does with the square of their length."""
    out = io.BytesIO()
    _Writer(out, mangle_from_=False, policy=_AsItCame(linesep="\r\n")).flatten(mail)
    return out.getvalue()


class _AsItCame(EmailPolicy):
    def fold(self, name: str, value: str) -> str:
        return f"{name}: {' '.join(str(value).splitlines())}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        return _bytes(self.fold(name, value))


class _Writer(BytesGenerator):
    def write(self, words: str) -> None:
        self._fp.write(_bytes(words))


def _bytes(words: str) -> bytes:
    try:
        return words.encode("utf-8", "surrogateescape")
    except UnicodeError:
        return words.encode("utf-8", "replace")


def clean(words: str, keep: str = "") -> str:
    """Without what no database or screen takes: control characters, halves of characters."""
    return "".join(c for c in words if c.isprintable() or c in keep)


def text(mail: Mail, name: str) -> str:
    """A header in words; as it came where it can't be read, nothing where it is not there."""
    return _decoded(next(_raw(mail, name), ""))


def address(mail: Mail, name: str) -> tuple[str, str]:
    """(name, address) of the first one in a header."""
    return next(iter(_named(_raw(mail, name))), ("", ""))


def addresses(mail: Mail, names: Iterable[str]) -> list[str]:
    """All addresses of these headers."""
    return [found for _name, found in _named(value for name in names for value in _raw(mail, name))]


def _named(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(_decoded(name), found) for name, found in getaddresses(list(values), strict=False)]


def _raw(mail: Mail, name: str) -> Iterator[str]:
    wanted = name.lower()
    return (_FOLD.sub(" ", _readable(str(raw))).strip() for key, raw in mail.raw_items() if key.lower() == wanted)


def _readable(value: str) -> str:
    """Bytes that are no ASCII stand in a parsed header as halves of characters: they are UTF-8 nearly always."""
    return value if value.isascii() else _bytes(value).decode("utf-8", "replace")


def _decoded(value: str) -> str:
    """Encoded words (RFC 2047) as words; one that can't be read stays as it came."""
    joined = re.sub(r"(\?=)\s+(?==\?)", r"\1", value) if "=?" in value else value
    return _WORD.sub(lambda found: _word(found[0]), joined)


def _word(encoded: str) -> str:
    try:
        return "".join(
            part.decode(charset or "ascii", "replace") if isinstance(part, bytes) else part
            for part, charset in decode_header(encoded)
        )
    except Exception:  # a charset or a form that nobody knows
        return encoded
