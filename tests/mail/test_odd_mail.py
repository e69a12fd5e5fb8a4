"""A mail that breaks its own form is filed like any other: no provider calls again for ever, and no answer is lost."""

from typing import Any

import pytest

from tests.mail.test_incoming import inbound, sent  # noqa: F401
from wbl.files.pictures import NoPicture, thumbnail
from wbl.mail import addresses
from wbl.mail.inbound import receive
from wbl.mail.models import IncomingMail

ODD = [
    b'From: "',
    b"From: :;;",
    b"From: \xc3\xa9name@[ ",
    b'Cc: "',
    b"Subject: \x00 \xff",
    b"Message-ID: <filename@[\xc3\xa9base64",
    b"Message-ID: <a\x00b@\xff>",
    b'Content-Type: text/plain; charset="utf-8\x00"',
    b"Content-Type: text/plain; charset=zip",
    b"Content-Transfer-Encoding: \xff",
    b"Content-Disposition: attachment; filename*0*=utf-8''%ff%00",
    b"X-Other: \xff\xfe",
]


@pytest.mark.parametrize("header", ODD)
def test_an_odd_header_keeps_no_answer_back(header: bytes, sent: Any) -> None:  # noqa: F811
    address = addresses.reply_address(sent.district_id, sent.token)
    raw = header + b"\r\nTo: " + address.encode() + b"\r\n\r\nYes, gladly.\r\n"
    for _ in range(2):
        assert receive(raw, to=address) is not None
    filed = IncomingMail.objects.get()
    assert "\x00" not in f"{filed.external_id}{filed.subject}{filed.from_name}{filed.from_email}"


@pytest.mark.parametrize(
    "body", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01IHDR\x00", b"GIF89a", b"", b"\xff\xd8\xff\xe1\x00\x08Exif"]
)
def test_a_broken_picture_is_refused_with_a_sentence(body: bytes) -> None:
    for size in ((480, 240), (440, 96)):
        with pytest.raises(NoPicture):
            thumbnail(body, size)
