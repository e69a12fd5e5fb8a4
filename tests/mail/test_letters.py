"""A letter's bytes are what Python's own parser reads back, and what servers that pipeline and servers that don't take."""

import email
import email.policy
import smtplib

import pytest

from wbl.mail.addresses import header
from wbl.mail.letter import Letter, bare
from wbl.mail.post import pipelined


def letter(**more) -> Letter:
    values = {"subject": "Tour?", "body": "Hello\n.dot\nFrom here", "to": ["Ray <ray@acme.example>"], **more}
    made = Letter(from_email="Cedar <wbl@cedar.example>", headers={"Message-ID": "<wbl.1.abc@cedar.example>"}, **values)
    made.attach_alternative("<p>Hello</p>", "text/html")
    return made


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ray Halvorsen", "Ray Halvorsen"),
        ("O’Neil, José", "O’Neil, José"),
        ('Say "hi" \\ now', 'Say "hi" \\ now'),
        ("田中 太郎", "田中 太郎"),
        ("=?utf-8?q?x?=", "=?utf-8?q?x?="),
    ],
)
def test_any_name_arrives_as_itself(name, shown):
    for made in (letter(to=[header(name, "ray@acme.example")]), letter(reply_to=[header(name, "ray@acme.example")])):
        raw = made.as_bytes()
        head = email.message_from_bytes(raw, policy=email.policy.default)["Reply-To" if made.reply_to else "To"]
        assert [(a.display_name, a.addr_spec) for a in head.addresses] == [(shown, "ray@acme.example")]
        assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) < 998


@pytest.mark.parametrize(
    "body", ["plain\n\nlines", "Zürich — ½ " * 200, "x" * 3000, "tab\tand trailing blank \n.", "\f\v"]
)
def test_any_text_arrives_as_itself(body):
    got = email.message_from_bytes(letter(body=body).as_bytes(), policy=email.policy.default)
    plain, html = (got.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert (plain.rstrip("\n"), html.strip()) == (body.rstrip("\n"), "<p>Hello</p>")
    assert not got.defects


def test_an_address_that_no_server_could_be_told_is_refused_and_a_foreign_domain_is_spelled_out():
    assert bare("ray@münchen.example") == "ray@xn--mnchen-3ya.example"
    for wrong in ("ray", "ray@acme.example\r\nRCPT TO:<x@y.example>", "räy@acme.example", "a b@acme.example", "ray@"):
        with pytest.raises(ValueError, match="no address"):
            bare(wrong)


class Server:
    """What a server that takes commands in one go answers, and what it was told."""

    def __init__(self, *answers):
        self.answers, self.told = list(answers), b""

    def send(self, data):
        self.told += data.encode() if isinstance(data, str) else data

    def getreply(self):
        return self.answers.pop(0), b"5.1.1 said"

    def rset(self):
        self.told += b"RSET\r\n"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ((250, 250, 354, 250), None),
        ((250, 550, 503), smtplib.SMTPRecipientsRefused),
        ((250, 550, 354, 554), smtplib.SMTPRecipientsRefused),
        ((451, 503, 503), smtplib.SMTPSenderRefused),
        ((250, 250, 354, 552), smtplib.SMTPDataError),
        ((250, 250, 421), smtplib.SMTPDataError),
    ],
)
def test_commands_in_one_go_mean_what_they_mean_one_by_one(answers, error):
    server = Server(*answers)
    if error is None:
        pipelined(server, "a@x.example", "b@y.example", b"Subject: x\r\n\r\n.dot\r\n")
        assert server.told.endswith(b"Subject: x\r\n\r\n..dot\r\n.\r\n")
    else:
        with pytest.raises(error):
            pipelined(server, "a@x.example", "b@y.example", b"Subject: x\r\n\r\nhello\r\n")
        assert (b"hello" in server.told) == (answers[:3] == (250, 250, 354))
    assert server.answers == []
