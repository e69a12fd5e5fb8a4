"""Hostile mail: whatever comes in is filed or left alone, soon; it closes no address and reaches no other district."""

import base64
import json
import os
import pathlib
import random
import time

import pytest
from django.test import Client

from tests.mail import hostile
from tests.mail.test_bounces import VACATION
from tests.mail.test_hooks import BASIC, SECRET
from tests.mail.test_incoming import inbound, sent  # noqa: F401
from wbl.mail import addresses, headers
from wbl.mail.inbound import receive
from wbl.mail.models import IncomingMail, MessageEvent, Suppression
from wbl.tenancy.scope import district

CORPORA = pathlib.Path(os.environ.get("WBL_TEST_DATA", "../shared/data")) / "07-mail"
SECONDS = (
    3.0  # of processor time, for any mail, where each takes less than one; some took a minute before headers were cut
)
REPORT = b"""From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nNo.\r\n--x\r
Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b.example\r
Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--x--\r\n"""


def of_the_corpora() -> list[bytes]:
    found = [path for path in sorted(CORPORA.glob("*-*/*")) if path.suffix in (".eml", ".txt")]
    return [path.read_bytes() for path in found[::12]] or [REPORT]


def through_a_hook(raw: bytes, to: str, number: int) -> int:
    """As text, or as bytes in base64: the two ways in which providers hand on a mail as it came."""
    if number % 2:
        path, body = "postmark", {"RawEmail": raw.decode("latin-1"), "OriginalRecipient": to, "From": "x@y.example"}
    else:
        content = {"email_rfc822": base64.b64encode(raw).decode(), "email_rfc822_is_base64": True}
        mail = {"content": content, "rcpt_to": to, "friendly_from": "x@y", "msg_from": "x@y", "protocol": "smtp"}
        path, body = "sparkpost", [{"msys": {"relay_message": mail}}]  # type: ignore[assignment]
    answer = Client().post(f"/hooks/{path}/inbound/", json.dumps(body), content_type="application/json", headers=BASIC)
    return answer.status_code


def test_the_worst_mails_are_read_in_time_that_grows_with_their_length(sent, rival, settings):  # noqa: F811
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    to = addresses.reply_address(sent.district_id, sent.token)
    slow = {}
    for number, (what, raw) in enumerate(hostile.worst(to)):
        begun = time.process_time()
        receive(raw, to=to)
        if number % 3 == 0:
            assert through_a_hook(raw, to, number) in (200, 400), what
        if (took := time.process_time() - begun) > SECONDS:
            slow[what] = took
    assert slow == {}
    assert not Suppression.objects.exists(), "it names other addresses than the one written to"
    with district(rival):
        assert not IncomingMail.objects.exists() and not MessageEvent.objects.exists()


def test_real_mails_after_accidents_are_no_error(sent, rival, settings, sign_in, people):  # noqa: F811
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    dice, to = random.Random(7), addresses.reply_address(sent.district_id, sent.token)
    mails = of_the_corpora()
    for number in range(8):
        raw = b"To: %s\r\nMessage-ID: <%d@bent>\r\n" % (to.encode(), number) + hostile.bent(dice.choice(mails), dice)
        receive(raw, to=to)
        assert through_a_hook(raw, to, number) in (200, 400), raw[:300]
    assert IncomingMail.objects.count() > 4
    assert sign_in(people.coordinator).get(f"/cedar/mail/messages/{sent.pk}/").status_code == 200
    with district(rival):
        assert not IncomingMail.objects.exists() and not MessageEvent.objects.exists()


def test_no_vacation_notice_closes_an_address_whatever_happens_to_it(sent):  # noqa: F811
    dice, to = random.Random(11), addresses.reply_address(sent.district_id, sent.token)
    marks = (b"Auto-Submitted: auto-replied\r\n", b"X-Autoreply: yes\r\n", b"Precedence: bulk\r\n", b"")
    for number in range(30):
        notice = VACATION % (b"Out of Office: Tour?", marks[number % 4])
        head, _, body = notice.partition(b"\r\n\r\n")
        body = b"%d " % number + hostile.bent(body, dice)
        receive(head + b"\r\n\r\n" + body, to=to)
    assert IncomingMail.objects.count() == 30
    assert not Suppression.objects.exists()


def test_a_report_whose_words_no_database_takes_moves_the_ledger(sent):  # noqa: F811
    raw = REPORT.replace(b"a@b.example", b"ray@acme.example").replace(b"no such user", b"no such\x00 user \xff")
    assert receive(raw, to=addresses.reply_address(sent.district_id, sent.token)).kind == "bounce"
    assert Suppression.objects.get().email == "ray@acme.example" and "\x00" not in Suppression.objects.get().detail


def test_a_mail_is_written_as_it_was_read():
    raw = (
        b"From: =?utf-8?q?J=C3=B6rg?= <j@x.example>\r\nX-Long: "
        + b"a " * 300
        + b"\r\nSubject: \xc3\xa9\r\n\r\nGr\xfc\xdfe\r\n"
    )
    assert headers.written(headers.read(raw)) == raw


@pytest.mark.parametrize(
    ("raw", "said", "who"),
    [
        (b"Subject: =?utf-8?b?w6k=?=\r\n =?utf-8?b?w6k=?= x\r\nFrom: =?utf-8?q?J=C3=B6rg=2C_M?= <j@x>", "\xe9\xe9 x", ("J\xf6rg, M", "j@x")),
        (b'Subject: =?nobody?q?knows?=\r\nFrom: "Smith, J" <s@x>, b@x', "=?nobody?q?knows?=", ("Smith, J", "s@x")),
        (b"Subject: caf\xc3\xa9\r\nFrom: R\xc3\xa9my <r@x>", "caf\xe9", ("R\xe9my", "r@x")),
    ],
)  # fmt: skip
def test_headers_are_read_as_people_wrote_them(raw, said, who):
    mail = headers.read(raw + b"\r\n\r\n")
    assert (headers.text(mail, "subject"), headers.address(mail, "FROM")) == (said, who)
