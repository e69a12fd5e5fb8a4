"""Steps that holidays and weekends move say so, and a step's letter is read before anybody is put in."""

import datetime as dt

import pytest
import time_machine

from partners.models import Contact, Enrolment, EnrolmentStep, Sequence
from partners.sequences import ready
from wbl.mail import planner
from wbl.mail.models import Message
from wbl.tenancy.models import NonSchoolDay

MONDAY = dt.datetime(2026, 10, 5, 12, 0, tzinfo=dt.UTC)  # 7 am in Chicago
CALL, SECOND = "Moved from Friday, Oct 9: no school.", "Moved from Saturday, Oct 17: no school."


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def marisol(sign_in, people):
    return sign_in(people.coordinator)


@pytest.fixture
def ray(acme, in_cedar):
    return Contact.objects.select_related("organization__owner").get(email="ray@acme.example")


@pytest.fixture
def cold(clock, ray, people):
    """The call falls on Friday, October 9, which is a holiday; the second letter then on a Saturday."""
    NonSchoolDay.objects.create(name="Fall break", first_day=dt.date(2026, 10, 9), last_day=dt.date(2026, 10, 9))
    made = Sequence.make(name=ready.COLD.name, steps=ready.COLD.steps)
    made.switch_on(by=people.coordinator)
    return made


def words(user, address: str) -> str:
    return " ".join(user.get(address).content.decode().split())


def test_the_dialog_says_which_steps_a_holiday_moves(marisol, cold, ray):
    page = words(marisol, f"/cedar/partners/sequences/enrolment/?contact={ray.pk}")
    steps = page.split("Step ")[1:]
    assert CALL in steps[1] and "Oct 12" in steps[1]
    assert SECOND in steps[3] and "Oct 19, 9:00 am" in steps[3] and "Moved from" not in steps[0]


def test_sequence_and_ledger_say_it_of_who_is_on_the_way(marisol, cold, ray, people, clock):
    Enrolment.begin(cold, ray, by=people.coordinator)
    planner.plan(until=MONDAY + dt.timedelta(30))
    message = Message.objects.get(reference_date=dt.date(2026, 10, 19))
    assert message.subject == "Second letter: something small"
    for address in ("/cedar/mail/", f"/cedar/mail/messages/{message.pk}/"):
        assert words(marisol, address).count(SECOND) == 1, address
    assert "Moved from" not in words(marisol, f"/cedar/mail/messages/{Message.objects.order_by('due_at')[0].pk}/")
    line = f"/cedar/partners/sequences/{cold.pk}/"
    assert CALL not in words(marisol, line), "they still stand at the first letter"
    clock.shift(dt.timedelta(1))
    EnrolmentStep.objects.filter(due=MONDAY.date()).update(done_at=MONDAY)
    assert CALL in words(marisol, line)
    clock.shift(dt.timedelta(6))
    assert SECOND in words(marisol, line), "it lies within the next fourteen days"


def test_before_one_puts_somebody_in_one_reads_each_letter_as_they_would_get_it(marisol, cold, ray):
    page = words(marisol, f"/cedar/partners/sequences/enrolment/?contact={ray.pk}")
    assert page.count("Read it as Ray Halvorsen would get it") == 3
    assert "Students who want to see Acme Manufacturing, Inc." in page and "Hello Ray," in page
    assert "<strong>one hour in a classroom</strong>" in page and "{{" not in page
    assert not Message.objects.exists()


def test_steps_have_one_number_in_the_dialog_and_on_the_line(marisol, cold, ray):
    dialog = words(marisol, f"/cedar/partners/sequences/enrolment/?contact={ray.pk}")
    line = words(marisol, f"/cedar/partners/sequences/{cold.pk}/")
    assert dialog.split("Step 4")[1].index("Second letter") < 200
    assert line.split("Step 4, day 9")[1].index("Second letter") < 200 and "Step 6" not in line
