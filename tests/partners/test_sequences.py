"""Sequences: mails and calls one after the other, over when somebody answers."""

import datetime as dt
from email.message import EmailMessage

import pytest

from partners.models import Contact, Enrolment, Organization, Sequence, TimelineEntry
from partners.sequences import ready
from wbl.mail import deliver, planner
from wbl.mail.inbound import receive
from wbl.mail.models import Message, OptOut, Suppression
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 10, 5, 12, 0, tzinfo=dt.UTC)  # 7 am in Chicago


@pytest.fixture
def clock():
    import time_machine

    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def smtp(live_smtp, settings):
    options = {"host": live_smtp.host, "port": live_smtp.port, "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    return live_smtp


@pytest.fixture
def ray(acme, in_cedar) -> Contact:
    return Contact.objects.select_related("organization__owner").get(email="ray@acme.example")


@pytest.fixture
def cold(clock, in_cedar, people, ray) -> Sequence:
    """ "Recruit a cold prospect", on, with Ray in it since Monday, October 5."""
    made = Sequence.make(name=ready.COLD.name, steps=ready.COLD.steps)
    made.switch_on(by=people.coordinator)
    Enrolment.begin(made, ray, by=people.coordinator)
    return made


def states() -> list[str]:
    rows = Message.objects.filter(rule_key__startswith="partners.sequence").order_by("due_at")
    return [f"{m.subject.rpartition(', ')[2] if m.state == 'planned' else m.state}: {m.due_at:%b %d}" for m in rows]


def answer(to: Message, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "wbl@localhost.localdomain", "Re"
    mail["Message-ID"], mail["In-Reply-To"] = "<a@acme.example>", to.message_id
    mail.set_content("Yes, gladly.")
    return mail


def test_its_mails_are_planned_simulated_and_sent_once_like_a_rules(cold, clock, smtp):
    assert [line.decision for line in planner.simulate(30)] == ["send", "send", "send"]
    for _ in range(2):
        planner.plan(until=MONDAY + dt.timedelta(30))
    assert states() == ["step 1: Oct 05", "step 6: Oct 14", "step 8: Oct 26"]
    clock.move_to(MONDAY + dt.timedelta(hours=3))
    assert deliver.deliver().sent == 1
    planner.plan()
    assert deliver.deliver().sent == 0
    [mail] = smtp.messages
    assert mail["Subject"] == "Students who want to see Acme Manufacturing, Inc."
    assert TimelineEntry.objects.filter(kind="mail_out").count() == 1


def test_the_timeline_says_what_ended_it(cold, people, ray):
    ray.organization.move_to(stage="active", by=people.coordinator)
    planner.plan()
    [line] = TimelineEntry.objects.filter(kind="note").values_list("summary", flat=True)
    assert line == f"The sequence “{cold}” is over for {ray}. {ray.organization} moved to Active."


def test_before_somebody_is_put_in_the_steps_have_their_days(cold, clock, people, ray, sign_in):
    Enrolment.objects.all().delete()
    browser = sign_in(people.coordinator)
    address = f"/cedar/partners/sequences/enrolment/?contact={ray.pk}"
    page = " ".join(browser.get(address).content.decode().split())
    assert "<li>Today: Mail: First letter to a prospect</li><li>Oct 9: Call</li>" in page
    assert "nobody has spoken with. Somebody" not in page
    ray.organization.record(kind="call", summary="Spoke")
    assert "Somebody was in touch with Acme Manufacturing, Inc. today." in browser.get(address).content.decode()


def test_a_call_comes_onto_the_list_with_what_to_say_once(cold, clock, people):
    clock.move_to(MONDAY + dt.timedelta(4, hours=3))
    for _ in range(2):
        planner.plan()
    call = Todo.objects.get(kind="call")
    assert (call.owner, call.due) == (people.coordinator, dt.date(2026, 10, 9))
    assert call.note.startswith("Hello Ray, this is ") and "Acme Manufacturing, Inc." in call.note


def test_an_answer_ends_it_and_cancels_what_waits(cold, clock, smtp, ray):
    planner.plan(until=MONDAY + dt.timedelta(30))
    clock.move_to(MONDAY + dt.timedelta(hours=3))
    deliver.deliver()
    sent = Message.objects.get(state="sent")
    assert receive(bytes(answer(sent, "somebody@else.example"))) and Enrolment.objects.running().exists()
    mail = answer(sent, "ray@acme.example")
    mail.replace_header("Message-ID", "<b@acme.example>")
    receive(bytes(mail))
    assert Enrolment.objects.get().ended_kind == "reply"
    planner.plan(until=MONDAY + dt.timedelta(30))
    assert states() == ["sent: Oct 05", "cancelled: Oct 14", "cancelled: Oct 26"]
    assert Message.objects.filter(state="cancelled").first().reason == "Ray Halvorsen wrote on Oct 5."


@pytest.mark.parametrize(
    ("happens", "kind"),
    [
        (lambda ray: OptOut.stop(email=ray.email, category="requests"), "opted_out"),
        (lambda ray: Suppression.add(email=ray.email, detail="550"), "bounced"),
        (lambda ray: ray.organization.move_to(stage="meeting", by=None), "stage"),
        (lambda ray: ray.leave(), "gone"),
    ],
)
def test_opt_out_bounce_stage_and_leaving_end_it(cold, ray, happens, kind):
    planner.plan()
    happens(ray)
    planner.plan()
    found = Enrolment.objects.get()
    assert found.ended_kind == kind and found.ended_why
    assert not Message.objects.waiting().exists()


def test_a_logged_call_moves_a_prospect_on_and_the_sequence_goes_on(cold, ray):
    ray.organization.move_to(stage="contacted", by=None)
    planner.plan()
    assert Enrolment.objects.running().exists()


def test_a_condition_that_does_not_hold_ends_it(cold, clock, acme, people):
    clock.shift(60)
    acme.record(kind="call", summary="Spoke", by=people.staff)
    clock.move_to(MONDAY + dt.timedelta(9, hours=1))
    planner.plan()
    assert Enrolment.objects.get().ended_kind == "condition"


def test_who_prefers_the_phone_gets_a_call_instead_of_a_mail(cold, clock, smtp, ray):
    Contact.objects.update(prefers="phone")
    planner.plan()
    clock.move_to(MONDAY + dt.timedelta(hours=3))
    deliver.deliver()
    message = Message.objects.get(reference_date=dt.date(2026, 10, 5))
    assert message.state == "withheld" and "It was put on" in message.reason
    assert "I place students of" in Todo.objects.get(kind="call").note


def test_switched_off_nothing_goes_out_and_on_again_it_goes_on_where_it_stood(cold, clock, people):
    planner.plan(until=MONDAY + dt.timedelta(30))
    cold.switch_off()
    planner.plan()
    assert {m.state for m in Message.objects.all()} == {"cancelled"}
    clock.move_to(MONDAY + dt.timedelta(28))
    cold = Sequence.objects.get()
    cold.switch_on(by=people.coordinator)
    planner.plan(until=MONDAY + dt.timedelta(60))
    assert [s for s in states() if "step" in s] == ["step 1: Nov 02", "step 6: Nov 11", "step 8: Nov 23"]


def test_people_are_put_in_one_by_one_or_from_the_list_and_taken_out(sign_in, people, clock, in_cedar, ray, acme):
    marisol = sign_in(people.coordinator)
    empty = Organization.objects.create(name="Nobody There LLC")
    marisol.post("/cedar/partners/sequences/ready/cold/")
    made = Sequence.objects.get()
    ticked = {"rows": [acme.pk, empty.pk]}
    page = marisol.post("/cedar/partners/sequences/enrolment/", ticked).content.decode()
    assert "Ray Halvorsen" in page and "Left out: Nobody there is known." in page
    assert not Enrolment.objects.exists(), "first one sees who it would be"
    for _ in range(2):
        marisol.post("/cedar/partners/sequences/enrolment/", {**ticked, "sequence": made.pk})
    found = Enrolment.objects.get()
    page = marisol.get(f"/cedar/partners/sequences/{made.pk}/").content.decode()
    words = " ".join(page.split())
    assert (
        "Take out" in words and "Ray Halvorsen" in words and "2 mails" in words and "if you switched it on now" in words
    )
    marisol.post(f"/cedar/partners/sequences/{made.pk}/", {"kind": "wait", "days": "3"})
    assert made.steps.count() == len(ready.COLD.steps), "steps are fixed while somebody is in it"
    marisol.post(f"/cedar/partners/sequences/enrolment/{found.pk}/end/")
    assert Enrolment.objects.get().ended_kind == "hand"
    marisol.post(f"/cedar/partners/sequences/{made.pk}/", {"kind": "wait", "days": "3"})
    assert made.steps.count() == len(ready.COLD.steps) + 1


def test_a_call_is_logged_and_the_next_one_follows(sign_in, people, clock, in_cedar, ray, acme):
    marisol, today = sign_in(people.coordinator), in_cedar.today()
    calls = [
        Todo.open(
            title=t, due=today, owner=people.coordinator, about=acme, person=ray, kind="call", note="Ask for two."
        )
        for t in ("Call Ray", "Call again", "And again")
    ]
    Contact.objects.update(phone="+15550143381")
    page = marisol.get(f"/cedar/partners/calls/{calls[0].pk}/").content.decode()
    assert 'href="tel:+15550143381"' in page and "Ask for two." in page and "2 more calls" in page
    url = f"/cedar/partners/calls/{calls[0].pk}/"
    assert "Say in a line what was said." in marisol.post(url, {"outcome": "reached"}).content.decode()
    form = {"outcome": "reached", "summary": "Gladly", "contact": ray.pk, "next_step": "Send the form Friday"}
    assert marisol.post(url, form).url == f"/cedar/partners/calls/{calls[1].pk}/"
    assert TimelineEntry.objects.get(kind="call").summary == "Gladly"
    assert Todo.objects.open().filter(title="Send the form", kind="task").exists()
    marisol.post(f"/cedar/partners/calls/{calls[1].pk}/", {"outcome": "no_answer"})
    calls[1].refresh_from_db()
    assert (calls[1].done_at, calls[1].due) == (None, today + dt.timedelta(1)), "tomorrow again"
    assert (
        marisol.post(f"/cedar/partners/calls/{calls[2].pk}/", {"outcome": "voicemail"}).url == "/cedar/partners/calls/"
    )
    assert "No call is due" in marisol.get("/cedar/partners/calls/").content.decode()


def test_going_on_asks_as_often_for_one_person_as_for_three(cold, clock, people, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from partners.sequences.going_on import go_on

    planner.plan()
    with CaptureQueriesContext(connection) as one:
        go_on()
    for n in range(2):
        partner = Organization.objects.create(name=f"Partner {n}", owner=people.coordinator)
        Enrolment.begin(
            cold, Contact.objects.create(organization=partner, name=f"P{n}", email=f"p{n}@x.example"), by=None
        )
    with django_assert_num_queries(len(one)):
        go_on()
