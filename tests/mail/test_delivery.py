"""Due rows reach SMTP once, and the ledger, the timeline and the to-do tell it."""

import datetime as dt
from threading import Thread

import pytest
import requests
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError
from django.db import connections, transaction

from partners.models import Contact, TimelineEntry
from wbl.mail import aftermath, deliver, planner
from wbl.mail.models import Message, OptOut, Suppression
from wbl.mail.tasks import who_is_due
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db
WED = dt.date(2026, 10, 7)
WED_8 = dt.datetime(2026, 10, 7, 13, 0, tzinfo=dt.UTC)


@pytest.fixture
def planned(rule, follow_up, clock, ray):
    """A follow-up with Ray due on Wednesday; it is Wednesday, a minute past eight."""
    todo = follow_up(WED, person=ray)
    planner.plan()
    clock.move_to(WED_8 + dt.timedelta(minutes=1))
    return todo


def test_a_due_mail_goes_out_once_with_everything_a_mail_needs(planned, smtp, cedar):
    assert deliver.deliver().sent == 1
    assert deliver.deliver().sent == 0
    [mail] = smtp.messages
    message = Message.objects.get()
    assert mail["Subject"] == "Following up: the job shadows"
    assert mail["To"] == "Ray Halvorsen <ray@acme.example>"
    assert mail["From"].startswith("Cedar Valley Public Schools <")
    assert mail["Reply-To"] == "Marisol Tate <coordinator@example.org>"
    assert mail["Message-ID"] == message.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for part in (text, html):
        assert "Hello Ray," in part and cedar.postal_address in part and "/cedar/mail/stop/" in part
    assert "unsubscribe link]" not in text + html


def test_what_went_out_is_on_the_timeline_and_the_to_do_stays_marked(planned, smtp, acme):
    deliver.deliver()
    message, todo = Message.objects.get(), Todo.objects.get()
    assert message.state == "sent"
    assert (todo.done_at, todo.mail_sent_at) == (None, message.sent_at)
    entry = TimelineEntry.objects.get(organization=acme)
    assert (entry.kind, entry.contact.name, entry.summary) == (
        "mail_out",
        "Ray Halvorsen",
        "Following up: the job shadows",
    )


def test_a_sent_mail_is_never_planned_again_even_when_the_to_do_is_changed(planned, smtp, follow_up):
    deliver.deliver()
    Todo.objects.update(mail_sent_at=None)
    planner.plan()
    deliver.deliver()
    assert len(smtp.messages) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"prefers": "phone"}, "Ray prefers the phone. The follow-up stays on Marisol’s list."),
        ({"email": ""}, "No email address is on file. The follow-up stays on Marisol’s list."),
        ({"do_not_contact": True}, "Ray Halvorsen does not want to be contacted."),
        ({"left_on": dt.date(2026, 10, 6)}, "Ray Halvorsen left on Oct 6."),
    ],
)
def test_who_wants_no_mail_gets_none_and_the_ledger_says_why(planned, smtp, ray, change, reason):
    type(ray).objects.update(**change)
    deliver.deliver()
    assert smtp.messages == []
    assert (Message.objects.get().state, Message.objects.get().reason) == ("withheld", reason)


def test_opting_out_after_queueing_stops_it_but_not_what_is_required(planned, smtp, ray, cedar):
    OptOut.stop(email="RAY@acme.example", category="reminders")
    Message.write(kind="test.safety", record=planned, recipient=ray, subject="Safety", body="x", category="required")
    deliver.deliver()
    assert [m["Subject"] for m in smtp.messages] == ["Safety"]
    withheld = Message.objects.get(state="withheld")
    assert withheld.reason == "Opted out of reminders and follow-ups on Oct 7."


def test_an_invitation_to_a_council_one_sits_on_comes_though_council_mail_was_stopped(planned, smtp, ray):
    OptOut.stop(email=ray.email, category="council")
    OptOut.stop(email=ray.email, category="required")
    assert OptOut.objects.get().category == "council", "what is required cannot be stopped"
    more = {"record": planned, "recipient": ray, "body": "x", "category": "council"}
    Message.write(kind="test.invitation", subject="Invitation", required=True, **more)
    Message.write(kind="test.news", subject="News of the council", **more)
    deliver.deliver()
    assert "Invitation" in [m["Subject"] for m in smtp.messages]
    assert Message.objects.get(subject="News of the council").reason == "Opted out of advisory council on Oct 7."


def test_an_address_that_does_not_exist_gets_nothing_more_and_somebody_has_to_look(planned, smtp, ray):
    smtp.answer = "550 5.1.1 no such user"
    deliver.deliver()
    message = Message.objects.get()
    assert message.state == "bounced" and "no such user" in message.reason
    assert Suppression.objects.get().email == "ray@acme.example"
    assert Todo.objects.get(kind="task").title == "Find another email address of Ray Halvorsen"
    smtp.answer = ""
    Message.write(kind="partners.letter", record=None, recipient=ray, subject="Again", body="x", step="1")
    deliver.deliver()
    assert Message.objects.get(subject="Again").reason.startswith("The address bounced on Oct 7")
    assert smtp.messages == []


def test_a_busy_server_is_tried_again_later_with_the_same_message_id(planned, smtp, clock):
    smtp.answer = "451 4.3.0 try later"
    deliver.deliver()
    message = Message.objects.get()
    assert (message.state, message.attempts, message.sent_at) == ("due", 1, None)
    assert dt.timedelta(seconds=40) < message.next_try_at - message.due_at < dt.timedelta(minutes=3)
    smtp.answer = ""
    assert deliver.deliver().sent == 0
    clock.move_to(message.next_try_at)
    assert deliver.deliver().sent == 1
    assert smtp.messages[0]["Message-ID"] == message.message_id


def test_after_the_last_attempt_a_person_has_to_look(planned, smtp, clock):
    smtp.answer = "451 4.3.0 try later"
    for _ in range(deliver.ATTEMPTS):
        deliver.deliver()
        clock.shift(dt.timedelta(hours=6))
        Message.objects.update(next_try_at=dt.datetime.now(dt.UTC))
        clock.move_to(WED_8 + dt.timedelta(hours=1))
        Message.objects.update(next_try_at=WED_8)
    assert Message.objects.get().state == "failed"
    assert Todo.objects.get(kind="task").title == "A mail to Ray Halvorsen could not be sent"


def test_a_message_of_a_dead_worker_is_taken_up_again_after_its_lease(planned, smtp, clock):
    assert len(deliver.claim()) == 1
    assert deliver.deliver().sent == 0
    clock.shift(deliver.LEASE + dt.timedelta(seconds=1))
    assert deliver.deliver().sent == 1
    assert [e.what for e in Message.objects.get().trail()] == ["planned", "due", "sent"]


def test_a_late_worker_keeps_the_quiet_hours(planned, smtp, clock, cedar):
    clock.move_to(dt.datetime(2026, 10, 8, 2, 0, tzinfo=dt.UTC))  # 9 pm in Chicago
    deliver.deliver()
    message = Message.objects.get()
    assert message.state == "due" and smtp.messages == []
    assert cedar.local(message.next_try_at).replace(tzinfo=None) == dt.datetime(2026, 10, 8, 7, 0)


def test_paused_rules_send_nothing_and_say_so(planned, smtp, cedar):
    cedar.mail_paused_at = WED_8
    cedar.save()
    deliver.deliver()
    assert (Message.objects.get().reason, smtp.messages) == ("All rules are paused since Oct 7.", [])


def test_only_districts_with_something_due_are_called(planned, rival):
    from wbl.mail.models import Rule

    Rule.objects.update(planned_at=dt.datetime.now(dt.UTC))
    assert dict(who_is_due()) == {planned.district_id: 1}
    Message.objects.update(next_try_at=WED_8 + dt.timedelta(days=1))
    assert dict(who_is_due()) == {}


def test_a_mail_that_goes_through_a_provider_keeps_the_providers_own_id(planned, settings):
    settings.MAILERS = {"default": {"BACKEND": "anymail.backends.test.EmailBackend"}}
    assert deliver.deliver().sent == 1
    message = Message.objects.get()
    assert (message.state, message.provider_id) == ("sent", "0")


def answered(code: int) -> AnymailRequestsAPIError:
    response = requests.Response()
    response.status_code, response.reason, response._content = code, "No", b"{}"
    return AnymailRequestsAPIError("The provider said no", response=response)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (AnymailRecipientsRefused(), "bounced"),
        (answered(422), "failed"),
        (answered(429), "due"),
        (answered(503), "due"),
        (answered(401), "due"),
    ],
)
def test_a_providers_refusal_means_what_it_says(planned, settings, monkeypatch, error, state):
    settings.MAILERS = {"default": {"BACKEND": "anymail.backends.test.EmailBackend"}}

    def refuse(self, messages):
        raise error

    monkeypatch.setattr("anymail.backends.test.EmailBackend.send_messages", refuse)
    deliver.deliver()
    assert Message.objects.get().state == state


def test_the_timeline_is_told_of_a_mail_once_whoever_tells_it_again(planned, smtp):
    deliver.deliver()
    for _ in range(2):
        aftermath.tell(list(Message.objects.all()))
    assert TimelineEntry.objects.filter(kind="mail_out").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_moment_never_hold_the_same_mail(cedar, people, acme):
    with district(cedar):
        ray = Contact.objects.get()
        for n in range(3):
            Message.write(
                kind="test.letter", record=acme, recipient=ray, subject="x", body="x", category="required", step=str(n)
            )
    held: list[list[Message]] = []

    def another() -> None:
        with district(cedar):
            held.append(deliver.claim())
        connections.close_all()

    with district(cedar), transaction.atomic():  # its claim is not committed yet
        mine = deliver.claim()
        worker = Thread(target=another)
        worker.start()
        worker.join(5)
        assert (len(mine), held) == (3, [[]])
    worker.join(5)
