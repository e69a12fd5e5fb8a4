"""Mails that no mail program writes, the same ones for the same seed: real ones bent, and the worst that we could think of."""

import random
from collections.abc import Callable, Iterator, Sequence

HEADERS = ("From", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References", "Date", "Content-Type", "Auto-Submitted",
    "Content-Transfer-Encoding", "Content-Disposition", "Return-Path", "Precedence", "X-Original-To", "Delivered-To")  # fmt: skip
WORDS = (b"\x00", b"\xff\xfe", b"=?utf-8?b?////?=", b"=?klingon?q?=00=0a?=", b"\r", b"\n", b";;;", b'"', b"\\", b"<>", b"@", b"[", b"(", b"\xed\xa0\x80",
    b"multipart/mixed; boundary=", b"multipart/report; report-type=delivery-status", b"message/rfc822", b"message/feedback-report", b"text/html; charset=utf-7",
    b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"utf-16", b"idna", b"unicode_escape", b"rot13", b"undefined", b"auto-replied", b"*0*=utf-8''%ff%00")  # fmt: skip


def bent(raw: bytes, dice: random.Random) -> bytes:
    """A mail after a few accidents."""
    for _ in range(dice.randint(1, 6)):
        raw = dice.choice(ACCIDENTS)(raw, dice)
    return raw[:300_000]


def _cut(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + raw[at + dice.randint(1, 200) :]


def _double(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + raw[at : at + 400] * dice.randint(2, 5) + raw[at:]


def _noise(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + dice.randbytes(dice.randint(1, 40)) + raw[at:]


def _word(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + dice.choice(WORDS) * dice.randint(1, 3) + raw[at:]


def _header(raw: bytes, dice: random.Random) -> bytes:
    return dice.choice(HEADERS).encode() + b": " + dice.choice(WORDS) * dice.choice((1, 2, 50)) + b"\r\n" + raw


def _lines(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines) if dice.random() < 0.3 else raw.replace(b"\n", dice.choice((b"\r", b"\r\n", b"\n\n")))


ACCIDENTS: Sequence[Callable[[bytes, random.Random], bytes]] = (_cut, _double, _noise, _word, _header, _lines)


def worst(to: str, size: int = 1) -> Iterator[tuple[str, bytes]]:
    """(what is bad about it, the mail), each `size` times as large. Each names `to` as its recipient."""
    head = b"From: ray@acme.example\r\nTo: " + to.encode() + b"\r\nMessage-ID: <%d@worst>\r\n"
    mixed = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    named = b"--x\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=%s\r\n\r\n%s\r\n"
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(300 * size))
    found = {
        "ten thousand recipients": b"Cc: " + b", ".join(b"p%d@x.example" % n for n in range(2000 * size)) + b"\r\n\r\nHello",
        "ten thousand of our addresses": b"Cc: " + b", ".join([to.encode()] * (2000 * size)) + b"\r\n\r\nHello",
        "ten thousand drop-boxes": b"Cc: "
        + b", ".join(b"log.%d.%026d@in.example.org" % (n, n) for n in range(400 * size))
        + b"\r\n\r\nHello",
        "ten thousand references": b"References: "
        + b" ".join(b"<wbl.%d.%026d@in.example.org>" % (n, n) for n in range(400 * size))
        + b"\r\n\r\nHello",
        "a header of a megabyte": b"Subject: " + b"x" * (200000 * size) + b"\r\n\r\nHello",
        "a folded header": b"Subject: " + b"x\r\n " * (20000 * size) + b"\r\n\r\nHello",
        "fifty thousand headers": b"X-A: b\r\n" * (5000 * size) + b"\r\nHello",
        "encoded words": b"Subject: " + b"=?utf-8?q?=C3?= " * (4000 * size) + b"\r\n\r\nHello",
        "quotes in an address": b"From: " + b'"' * (12000 * size) + b"\r\n\r\nHello",
        "comments in an address": b"Cc: " + b"(" * (12000 * size) + b"\r\n\r\nHello",
        "groups in an address": b"Cc: " + b"a:" * (12000 * size) + b"\r\n\r\nHello",
        "deep multiparts": deep + b"Hello",
        "mails within mails": b"Content-Type: message/rfc822\r\n\r\n" * (300 * size) + b"Hello",
        "ten thousand parts": mixed + b"--x\r\n\r\na\r\n" * (2000 * size) + b"--x--",
        "a thousand files": mixed + b"".join(named % (b"f%d.zip" % n, b"UEsDBA==") for n in range(200 * size)) + b"--x--",
        "a file that unpacks without end": mixed + named % (b"bomb.zip", b"UEsDBBQAAAAIAAAA" + b"AAAA" * (12000 * size)) + b"--x--",
        "a name of a file": mixed + named % (b'"' + b"../" * (6000 * size) + b'\x00.exe"', b"TVqQ") + b"--x--",
        "parameters": b"Content-Type: text/plain; " + b"; ".join(b"a*%d*=utf-8''%%ff" % n for n in range(1000 * size)) + b"\r\n\r\nHello",
        "a tree of tags": b"Content-Type: text/html\r\n\r\n" + b"<div>" * (12000 * size) + b"Hello",
        "open tags": b"Content-Type: text/html\r\n\r\n" + b"<a " * (12000 * size) + b"Hello",
        "quoted lines": b"\r\n" + b">" * (20000 * size) + b"\r\n" + b"> \r\n" * (6000 * size),
        "On … wrote": b"\r\n" + b"On x\r\n" * (6000 * size),
        "utf-7": b"Content-Type: text/plain; charset=utf-7\r\n\r\n+AAA-+////-Hello",
        "utf-16": b"Content-Type: text/plain; charset=utf-16\r\n\r\n\xff\xfeH\x00\x00\xd8",
        "a codec that is none": b"Content-Type: text/plain; charset=zlib\r\nContent-Transfer-Encoding: base64\r\n\r\neJzLSM3JyQcABiwCFQ==",
        "surrogates": b"Subject: \xed\xa0\x80\xed\xb0\x80\r\n\r\n\xed\xa0\x80 Hello",
        "a report of ten thousand": b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        + b"".join(b"Final-Recipient: rfc822; p%d@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n" % n for n in range(600 * size))
        + b"\r\n--x--",
        "an empty report": b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n\r\n--x--",
        "a complaint about nothing": b"Content-Type: message/feedback-report\r\n\r\n\x00",
        "nothing": b"",
    }  # fmt: skip
    for number, (what, rest) in enumerate(found.items()):
        yield what, head % number + rest
