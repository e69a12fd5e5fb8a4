"""The bytes of a mail. Python's email package spends three quarters of a delivery on parsing headers that were just made;
a letter has seven known headers and two texts, so they are written straight down. With attachments Django builds it.
"""

import binascii
import functools
import re
from email.header import Header
from email.utils import formatdate, parseaddr
from typing import Any

from django.core.mail import EmailMultiAlternatives

FITS = 60  # characters of a subject that surely need no folding
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/?^_`{|}~ -]*")  # a name that needs no quotes
_NOT_SEVEN_BIT = re.compile(r"[^\n\t -~]|[^\n]{900}")


class Letter(EmailMultiAlternatives):
    """A mail to one person. `bounces_to` is the envelope's sender, where a server returns what it cannot deliver."""

    bounces_to = ""
    metadata: dict[str, str]  # for django-anymail

    def envelope(self) -> tuple[str, str]:
        """(sender, recipient) as SMTP wants them. Raises ValueError for an address that no server could be told."""
        return bare(self.bounces_to or parseaddr(self.from_email)[1]), bare(parseaddr(self.to[0])[1])

    def as_bytes(self) -> bytes:
        """Raises ValueError for what no header can hold."""
        if not self.attachments:
            return self._written()
        # a server reads lines that end in CRLF: with bare LF a picture would be one line, and too long
        return self.message().as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    def message(self, **options: Any) -> Any:
        """Django's own, with a subject that is long or outside ASCII as encoded words throughout: where Python folds
        one itself it doubles a blank, or puts one before it."""
        made = super().message(**options)
        if (encoded := _text(self.subject)) != self.subject:
            del made["Subject"]
            made.set_raw("Subject", encoded)
        return made

    def _written(self) -> bytes:
        mark = f"=_{self.extra_headers['Message-ID'].strip('<>').partition('@')[0]}"
        head = {
            "Subject": _text(self.subject),
            "From": mailbox(*parseaddr(self.from_email)),
            "To": mailbox(*parseaddr(self.to[0])),
            **({"Reply-To": mailbox(*parseaddr(self.reply_to[0]))} if self.reply_to else {}),
            "Date": formatdate(),
            **self.extra_headers,
            "MIME-Version": "1.0",
            "Content-Type": f'multipart/alternative;\r\n boundary="{mark}"',
        }
        lines = "\r\n".join(f"{name}: {value}" for name, value in head.items()).encode("ascii")
        parts = [_part("plain", self.body), *(_part("html", a.content) for a in self.alternatives)]
        fence = f"\r\n--{mark}".encode()
        return lines + b"\r\n" + b"".join(fence + b"\r\n" + part for part in parts) + fence + b"--\r\n"


def bare(address: str) -> str:
    """An address without a name, its domain in ASCII. Raises ValueError."""
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    local, at, domain = address.rpartition("@")
    try:
        ascii_address = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        ascii_address = ""
    if not at or not _PLAIN_ADDRESS.fullmatch(ascii_address):
        raise ValueError(f"“{address}” is no address that a mail server could be told.")
    return ascii_address


def mailbox(name: str, address: str) -> str:
    """`Name <address>` for a header, in ASCII."""
    return f"{_phrase(name)} <{bare(address)}>" if name else bare(address)


@functools.lru_cache(maxsize=1000)
def _phrase(name: str) -> str:
    if _ATOMS.fullmatch(name):
        return name
    if name.isascii() and name.isprintable() and "=?" not in name:
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return Header(name, "utf-8", maxlinelen=70).encode(linesep="\r\n")


def _text(value: str) -> str:
    """A header's free text: as it is, or as encoded words."""
    if len(value) <= FITS and value.isascii() and value.isprintable() and "=?" not in value:
        return value
    return Header(value, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _part(kind: str, text: str) -> bytes:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _NOT_SEVEN_BIT.search(text):
        how, content = "quoted-printable", binascii.b2a_qp(text.replace("\n", "\r\n").encode("utf-8", "replace"))
    else:
        how, content = "7bit", text.replace("\n", "\r\n").encode("ascii")
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {how}\r\n\r\n'
    return head.encode("ascii") + content
