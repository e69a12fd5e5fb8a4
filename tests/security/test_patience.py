"""Whoever may send us a text can't make a worker think about it for ever."""

import time

import pytest

from wbl.logs import without_secrets
from wbl.mail import bounces, dropbox, gate, markup, texts
from wbl.mail.inbound import receive
from wbl.mail.quotes import parted, text_of_html

SECONDS = 3  # each takes a tenth of one; before, each took more than a minute or for ever


def _report(text: str) -> list[bounces.Returned]:
    return bounces.read(bounces.parsed(b"From: mailer-daemon@x.example\nContent-Type: text/plain\n\n" + text.encode()))


@pytest.mark.parametrize(
    ("reads", "text"),
    [
        (parted, "Yes.\n" + "\n" * 5_000 + "Ben"),
        (parted, "Yes.\n" + "> a\n" * 5_000 + "Ben"),
        (parted, "12:34<" + "a@" * 50_000),
        (text_of_html, "<!--" * 60_000),
        (text_of_html, "<a href=" * 30_000),
        (text_of_html, "</" * 100_000),
        (dropbox._ADDRESS.findall, "a" * 100_000),
        (dropbox._FORWARDED.findall, "\n" * 100_000),
        (_report, "-" * 100_000),
        (without_secrets, "a" * 100_000),
        (texts.names, "{{ " + " " * 20_000),
        (markup.to_html, "**a" * 7_000),
    ],
    ids=lambda each: getattr(each, "__name__", repr(each)[:12]),
)
def test_a_text_that_is_made_to_cost_time_costs_none(reads, text):
    begun = time.monotonic()
    reads(text)
    assert time.monotonic() - begun < SECONDS


def test_parts_within_parts_without_end_are_no_mail_and_no_error():
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000))
    assert receive(b"From: a@b.example\nTo: c@d.example\n" + head.encode() + b"\nhello") is None


@pytest.mark.parametrize("name", ["%EE%80%80999%EE%80%81", "%EE%80%800%EE%80%81", "\ue0009\ue001"])
def test_a_name_that_looks_like_our_own_mark_is_a_name(name):
    html, plain = markup.filled("Hello {{ name }}", {"name": name})
    assert name in html
    assert plain == f"Hello {name}"
    assert markup.filled(f"Hello {name} {{{{ name }}}}", {"name": "Ray"})[1].endswith(" Ray")


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_hook_takes_no_body_without_end(rf, settings, kind):
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "x"}
    asked = rf.generic("POST", "/hooks/mailgun/inbound/", b"x", content_type=kind, CONTENT_LENGTH=str(10**9))
    answer = gate.refusal(asked, "mailgun", "inbound")
    assert answer is not None
    assert answer.status_code == 413
