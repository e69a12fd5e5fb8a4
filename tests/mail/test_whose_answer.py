"""Which mail of ours an incoming one answers, whose it is, what of it is kept: the odd ways too."""

from email.message import EmailMessage
from typing import Any

import pytest

from partners.models import TimelineEntry
from tests.mail.test_incoming import answer, inbound, report, sent  # noqa: F401
from wbl.mail import addresses, bounces
from wbl.mail import inbound as incoming
from wbl.mail.inbound import receive
from wbl.mail.models import DropBox, IncomingFile, IncomingMail, Message, OptOut, Suppression
from wbl.todo.models import Todo


@pytest.fixture
def second(sent, ray, acme, people) -> Message:  # noqa: F811
    return Message.write(
        kind="partners.letter", record=acme, recipient=ray, subject="And?", body="x", by=people.coordinator, step="2"
    )


def mail(text: str = "Friday.", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = headers.pop("From", "Ray <ray@acme.example>"), "Re: Tour?"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


@pytest.mark.parametrize(
    "header", ["To", "Cc", "Delivered_To", "X_Original_To", "X_Forwarded_To", "Envelope_To"]
)  # fmt: skip
def test_the_reply_address_may_stand_in_any_header_of_recipients(sent, header):  # noqa: F811
    address = addresses.reply_address(sent.district_id, sent.token).upper()
    assert receive(bytes(mail(**{header: f"Cedar <{address}>"}))).message == sent


def test_the_newest_mail_that_it_refers_to_is_the_answered_one(sent, second):  # noqa: F811
    references = f"{sent.message_id} <other@acme.example> {second.message_id} <last@acme.example>"
    assert receive(bytes(mail(References=references))).message == second


def test_the_reply_address_is_surer_than_what_it_refers_to(sent, second):  # noqa: F811
    made = mail(To=addresses.reply_address(sent.district_id, sent.token), In_Reply_To=second.message_id)
    assert receive(bytes(made)).message == sent


def test_a_mail_that_only_speaks_of_ours_answers_nothing(sent):  # noqa: F811
    assert receive(bytes(mail(text=f"Your {sent.message_id} came."))) is None


@pytest.mark.parametrize(("sender", "kind"), [("x@elsewhere.example", "other"), ("RAY@acme.example", "reply")])
def test_where_the_person_is_gone_the_address_that_was_written_to_decides(sent, sender, kind):  # noqa: F811
    Message.objects.update(person_id=10**9)
    assert receive(bytes(answer(sent, sender=sender))).kind == kind


def test_a_report_of_spam_stops_what_may_be_stopped_and_closes_nothing(sent):  # noqa: F811
    raw = report(sent, "x", "5.0.0").replace(b"message/delivery-status", b"message/feedback-report")
    assert receive(raw.replace(b"delivery-status", b"feedback-report")).kind == "complaint"
    sent.refresh_from_db()
    assert (sent.state, OptOut.objects.standing().count(), Suppression.objects.exists()) == ("complained", 4, False)
    assert Todo.objects.get().title.startswith("Ray Halvorsen marked a mail as spam")


def test_of_a_report_about_two_addresses_ours_counts(sent):  # noqa: F811
    raw = report(sent, "550 5.1.1 user unknown", "5.1.1", address="other@acme.example").replace(
        b"\r\n--x--",
        b"\r\nFinal-Recipient: rfc822; ray@acme.example\r\nAction: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full\r\n\r\n--x--",
    )
    receive(raw)
    sent.refresh_from_db()
    assert (sent.state, Suppression.objects.exists()) == ("due", False)


def test_mails_without_an_id_are_told_apart_by_what_they_are(sent):  # noqa: F811
    to = addresses.reply_address(sent.district_id, sent.token)
    for text in ("Friday.", "Monday.", "Friday."):
        receive(bytes(mail(text=text, To=to)))
    assert sorted(IncomingMail.objects.values_list("text", flat=True)) == ["Friday.", "Monday."]


@pytest.mark.parametrize(("headers", "kept"), [({}, 1), ({"Auto_Submitted": "auto-replied"}, 0)])
def test_files_of_people_are_kept_and_those_of_machines_not(sent, headers, kept):  # noqa: F811
    made = answer(sent, **headers)
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="map.pdf")
    receive(bytes(made))
    assert IncomingFile.objects.count() == kept


def test_files_of_a_logged_mail_are_kept(sent, people):  # noqa: F811
    made = mail(From=people.coordinator.email, To="ray@acme.example")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="map.pdf")
    receive(bytes(made), to=DropBox.renew(user=people.coordinator).address)
    assert IncomingFile.objects.get().mail.kind == "logged"


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 2), ("LARGEST_ALL", 9)])
def test_too_many_files_or_too_much_of_them_are_named_and_not_kept(sent, monkeypatch, limit, value):  # noqa: F811
    monkeypatch.setattr(incoming, limit, value)
    made = answer(sent)
    for n in range(3):
        made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=f"map{n}.pdf")
    assert "map2.pdf (0.0 MB)" in receive(bytes(made)).text
    assert IncomingFile.objects.count() == 2


def test_of_a_mail_without_end_the_beginning_is_kept(sent):  # noqa: F811
    assert len(receive(bytes(answer(sent, "word " * 30_000))).text) == incoming.LONGEST


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "yes"},
        {"Subject": "Automatic reply: Tour?"},
        {"Subject": "Out of Office"},
        {"Subject": "Respuesta automática: Tour?"},
    ],
)
def test_an_automatic_answer_is_filed_and_tells_nobody(sent, headers):  # noqa: F811
    made = answer(sent, "I am away until Monday.")
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    assert receive(bytes(made)).kind == "automatic"
    assert not Todo.objects.exists() and not TimelineEntry.objects.filter(kind="mail_in").exists()


def test_no_auto_submitted_is_a_person(sent):  # noqa: F811
    assert receive(bytes(answer(sent, Auto_Submitted="no"))).kind == "reply"


def test_a_report_that_breaks_its_readers_is_filed(sent, monkeypatch):  # noqa: F811
    def fail(_mail: Any) -> None:
        raise ValueError("no such form")

    monkeypatch.setattr(bounces, "all_failures", fail)
    assert receive(report(sent, "550 5.1.1 user unknown", "5.1.1")).kind == "bounce"
