"""Sequences: mails and calls one after the other, over when somebody answers."""

import datetime as dt
import re
from email.message import EmailMessage

import pytest

from partners.models import Contact, Enrolment, Organization, Sequence, TimelineEntry
from partners.sequences import ready
from wbl.mail import deliver, planner
from wbl.mail.inbound import receive
from wbl.mail.models import Message, OptOut, Suppression
from wbl.tenancy.calendar import SchoolCalendar
from wbl.todo.models import Todo
from wbl.web.dates import day_in_words

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
    return [f"{m.subject if m.state == 'planned' else m.state}: {m.due_at:%b %d}" for m in rows]


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
    assert states() == [
        "First letter to a prospect: Oct 05",
        "Second letter: something small: Oct 14",
        "Last letter: the door stays open: Oct 26",
    ]
    clock.move_to(MONDAY + dt.timedelta(hours=3))
    assert deliver.deliver().sent == 1
    planner.plan()
    assert deliver.deliver().sent == 0
    [mail] = smtp.messages
    assert mail["Subject"] == "Students who want to see Acme Manufacturing, Inc."
    assert TimelineEntry.objects.filter(kind="mail_out").count() == 1


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


def test_a_canceled_mail_of_a_step_is_not_shown_as_coming(cold, clock, people, sign_in):
    planner.plan(until=MONDAY + dt.timedelta(30))
    marisol, page = sign_in(people.coordinator), Enrolment.objects.get().sequence.get_absolute_url()
    assert "This mail was canceled" not in marisol.get(f"/cedar{page.removeprefix('/cedar')}").content.decode()
    marisol.post(f"/cedar/mail/messages/{Message.objects.order_by('due_at').first().pk}/cancellation/")
    assert "This mail was canceled" in marisol.get(f"/cedar{page.removeprefix('/cedar')}").content.decode()


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


def test_a_mail_that_is_due_before_anybody_planned_again_stays_in_after_a_move(cold, clock, smtp, ray):
    planner.plan()
    clock.move_to(MONDAY + dt.timedelta(hours=3))
    ray.organization.move_to(stage="meeting", by=None)
    assert [line.decision for line in planner.simulate(14)] == ["cancelled"] * 2, "the simulation knows it as well"
    assert deliver.deliver().sent == 0 and not smtp.messages
    assert Message.objects.get(state="cancelled", due_at__lte=MONDAY + dt.timedelta(hours=3)).reason == (
        "Acme Manufacturing, Inc. moved to Meeting."
    )


def test_the_partners_timeline_tells_who_was_put_in_and_what_ended_it(cold, ray, sign_in, people):
    ray.organization.move_to(stage="meeting", by=None)
    planner.plan()
    told = [e.summary for e in TimelineEntry.objects.filter(kind="note").order_by("pk")]
    assert told == [
        "Ray Halvorsen was put into “Recruit a cold prospect”.",
        "“Recruit a cold prospect” is over for Ray Halvorsen: Acme Manufacturing, Inc. moved to Meeting.",
    ]
    marisol = sign_in(people.coordinator)
    assert told[1] in marisol.get(f"/cedar/partners/{ray.organization_id}/").content.decode()
    page = " ".join(marisol.get(f"/cedar/partners/sequences/{cold.pk}/").content.decode().split())
    assert "Moved on: Acme Manufacturing, Inc. moved to Meeting." in page
    assert "<b>1</b> put in · <b>0</b> on the way · <b>1</b> moved on" in page


def test_what_came_of_each_step_is_counted_where_it_came_from(cold, clock, smtp, ray, sign_in, people):
    planner.plan()
    clock.move_to(MONDAY + dt.timedelta(hours=3))
    deliver.deliver()
    clock.move_to(MONDAY + dt.timedelta(4, hours=1))  # the call is due today, nobody has called
    receive(bytes(answer(Message.objects.get(state="sent"), "ray@acme.example")))
    page = " ".join(sign_in(people.coordinator).get(f"/cedar/partners/sequences/{cold.pk}/").content.decode().split())
    first, call = page.split("flow__when")[1], page.split("flow__when")[3]
    assert "<b>1</b> sent" in first and "<b>1</b> answered" in first and "answered" not in call


def test_before_one_puts_somebody_in_one_sees_each_step_with_its_day(sign_in, people, clock, in_cedar, ray, acme):
    marisol = sign_in(people.coordinator)
    made = Sequence.make(name=ready.COLD.name, steps=ready.COLD.steps)
    acme.record(kind="call", summary="Spoke", by=people.coordinator, contact=ray, at=MONDAY - dt.timedelta(3))
    address = f"/cedar/partners/sequences/enrolment/?contact={ray.pk}"
    page = " ".join(marisol.get(address).content.decode().split())
    steps = [part.split("</ol>")[0].split("</li>")[0] for part in page.split("Step ")[1:]]
    shown = [" ".join(part.replace("<", " <").replace(">", "> ").split()) for part in steps]
    assert "First letter to a prospect" in shown[0] and "Today 9:00 am" in shown[0]
    assert "Call, on the list of calls" in shown[1] and "Oct 9" in shown[1]
    assert "Second letter: something small" in shown[3] and "Oct 14, 9:00 am" in shown[3]
    assert "It is off: nothing happens until somebody switches it on." in page
    assert [part.split("<")[0] for part in page.split("Step ")[1:]] == ["1", "2", "3", "4", "5"], "waiting is no step"
    assert page.count("then ") >= 2 and "days</li>" in page
    assert "In touch lately: Call with Ray Halvorsen on Oct 2, Marisol." in page and "Prospect" in page
    assert "It is for partners nobody has spoken with" in page and "required >" in page, "nothing is chosen for them"
    made.switch_on(by=people.coordinator)
    Enrolment.begin(made, ray, by=people.coordinator)
    planner.plan(until=MONDAY + dt.timedelta(30))
    assert states() == [
        "First letter to a prospect: Oct 05",
        "Second letter: something small: Oct 14",
        "Last letter: the door stays open: Oct 26",
    ], "the ledger says the same days"


def test_putting_in_and_taking_out_are_undone(sign_in, people, cold, clock, ray):
    marisol, url = sign_in(people.coordinator), "/cedar/partners/sequences/enrolment/"
    planner.plan()
    first = Enrolment.objects.get()
    marisol.post(f"{url}{first.pk}/end/")
    assert not Enrolment.objects.running().exists() and not Message.objects.waiting().exists()
    marisol.post(f"{url}{first.pk}/return/")
    assert Enrolment.objects.running().get() == first and Message.objects.waiting().exists()
    others = [Organization.objects.create(name=f"Partner {n}") for n in range(2)]
    for other in others:
        Contact.objects.create(organization=other, name=f"At {other}", email=f"p{other.pk}@x.example")
    marisol.post(url, {"rows": [o.pk for o in others], "sequence": cold.pk})
    page = marisol.get(f"/cedar/partners/sequences/{cold.pk}/").content.decode()
    undo = page.split('action="/cedar/partners/sequences/')[1:]
    undo = next(u.split('"')[0] for u in undo if "/undo/" in u)
    marisol.post(f"/cedar/partners/sequences/{undo}")
    assert Enrolment.objects.running().get() == first, "who was in it before stays"


def test_the_words_of_a_step_change_while_somebody_is_in_it_but_not_its_days(sign_in, people, cold):
    marisol = sign_in(people.coordinator)
    call, wait = cold.steps.filter(kind="call").get(), cold.steps.filter(kind="wait").first()
    url = "/cedar/partners/sequences/steps/{}/"
    assert "There is no field" in marisol.post(url.format(call.pk), {"script": "Hi {{ nobody }}"}).content.decode()
    marisol.post(url.format(call.pk), {"script": "Hello {{ contact.called }}, it is me."})
    marisol.post(url.format(wait.pk), {"days": "9"})
    call.refresh_from_db(), wait.refresh_from_db()
    assert (call.script, wait.days) == ("Hello {{ contact.called }}, it is me.", 4)


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
    assert [s for s in states() if "letter" in s.lower()] == [
        "First letter to a prospect: Nov 02",
        "Second letter: something small: Nov 11",
        "Last letter: the door stays open: Nov 23",
    ]


def test_people_are_put_in_one_by_one_or_from_the_list_and_taken_out(sign_in, people, clock, in_cedar, ray, acme):
    marisol = sign_in(people.coordinator)
    empty = Organization.objects.create(name="Nobody There LLC")
    marisol.post("/cedar/partners/sequences/ready/cold/")
    made = Sequence.objects.get()
    ticked = {"rows": [acme.pk, empty.pk]}
    page = marisol.post("/cedar/partners/sequences/enrolment/", ticked).content.decode()
    assert "Ray Halvorsen" in page and "Left out: Nobody there is known." in page
    assert not Enrolment.objects.exists(), "first one sees who it would be"
    assert "This address is" not in page
    Contact.objects.create(organization=empty, name="Rae", email=ray.email.upper(), left_on=None)
    page = marisol.get(f"/cedar/partners/sequences/enrolment/?contact={ray.pk}").content.decode()
    assert "This address is Rae’s, of Nobody There LLC." in page
    Contact.objects.get(name="Rae").delete()
    for _ in range(2):
        marisol.post("/cedar/partners/sequences/enrolment/", {**ticked, "sequence": made.pk})
    found = Enrolment.objects.get()
    line = marisol.get(f"/cedar/partners/sequences/{made.pk}/").content.decode()
    assert "is in “" in line and "left out: " in line, "the reason is named"
    assert "{{" not in line.split('name="script"')[0].split("Change")[0]
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
    next_day = SchoolCalendar.load().next_school_day(today + dt.timedelta(1))
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
    refused = marisol.post(url, {"outcome": "reached"}).content.decode()
    assert "Say in a line what was said." in refused
    top, form = refused.split("What came of it", 1)[0], refused.split("What came of it", 1)[1]
    assert 'role="alert" tabindex="-1" autofocus' in top and 'href="#id_summary"' in top, "seen on a phone, too"
    assert "Please check" not in form
    form = {"outcome": "reached", "summary": "Gladly", "contact": ray.pk, "next_step": "Send the form Friday"}
    assert marisol.post(url, form).url == f"/cedar/partners/calls/{calls[1].pk}/"
    assert TimelineEntry.objects.get(kind="call").summary == "Gladly"
    assert Todo.objects.open().filter(title="Send the form", kind="task").exists()
    marisol.post(f"/cedar/partners/calls/{calls[1].pk}/", {"outcome": "no_answer"})
    calls[1].refresh_from_db()
    assert (calls[1].done_at, calls[1].due) == (None, next_day), "the next school day again"
    assert (
        marisol.post(f"/cedar/partners/calls/{calls[2].pk}/", {"outcome": "voicemail"}).url == "/cedar/partners/calls/"
    )
    page = marisol.get("/cedar/partners/calls/").content.decode()
    assert "No call is due" in page
    assert f"Left a message. And again: {day_in_words(next_day)}. That was the last call." in page
    calls[2].refresh_from_db()
    assert (calls[2].done_at, calls[2].due) == (None, next_day), "nobody was reached: it comes back"


def test_what_a_call_left_to_do_is_said_beforehand_and_taken_back(sign_in, people, clock, in_cedar, ray, acme):
    marisol, today = sign_in(people.coordinator), in_cedar.today()
    call = Todo.open(title="Call Ray", due=today - dt.timedelta(3), owner=people.coordinator, about=acme, kind="call")
    url, friday = f"/cedar/partners/calls/{call.pk}/", today - dt.timedelta(3)
    assert "the call comes back on Tuesday, Oct 6" in marisol.get(url).content.decode()
    assert "placeholder" not in marisol.get(url).content.decode().split('name="next_step"')[1].split(">")[0]
    for form in ({"outcome": "voicemail"}, {"outcome": "voicemail", "next_step": "Write to her Saturday"}):
        page = marisol.post(url, form, follow=True).content.decode()
        undo = re.search(r'action="(/cedar/partners/entries/[^"]+)"', page)[1].replace("&amp;", "&")
        marisol.post(undo)
        call.refresh_from_db()
        assert (call.done_at, call.due, Todo.objects.count()) == (None, friday, 1)
    assert "Write to her: Oct 10 (no school: Saturday)." in page


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
