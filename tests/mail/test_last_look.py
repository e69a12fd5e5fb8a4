"""What is looked at once more when a mail is in a worker's hands, and what becomes of one that can't be made."""

import datetime as dt

import pytest

from wbl.mail import deliver, planner
from wbl.mail.letter import Letter
from wbl.mail.models import Message, Rule, Suppression
from wbl.mail.post import Post, Stale
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db
WED = dt.date(2026, 10, 7)
WED_8 = dt.datetime(2026, 10, 7, 13, 0, tzinfo=dt.UTC)


@pytest.fixture
def planned(rule, follow_up, clock, ray, smtp):
    todo = follow_up(WED, person=ray)
    planner.plan()
    clock.move_to(WED_8 + dt.timedelta(minutes=1))
    return todo


def held() -> tuple[str, str]:
    message = Message.objects.get()
    return message.state, message.reason


def test_what_was_closed_since_it_was_queued_does_not_go_out(planned, smtp, people):
    planned.close(by=people.coordinator)
    deliver.deliver()
    assert held() == ("withheld", "Marisol closed the to-do on Oct 7.") and smtp.messages == []


def test_what_moved_since_it_was_queued_does_not_go_out_and_moved_back_it_does_once(planned, smtp):
    planned.postpone(due=dt.date(2026, 10, 8))
    deliver.deliver()
    assert held() == ("cancelled", "The date moved to Oct 8.") and smtp.messages == []
    planned.postpone(due=WED)
    for _ in range(2):
        planner.plan()
        deliver.deliver()
    assert len(smtp.messages) == 1


def test_what_a_worker_holds_no_other_takes_up_before_its_lease_ends(planned, clock):
    assert len(deliver.claim()) == 1
    clock.shift(deliver.LEASE - dt.timedelta(seconds=1))
    assert deliver.recover() == 0


def test_a_rule_without_quiet_hours_writes_at_night(planned, smtp, clock):
    Rule.objects.update(quiet_hours=False)
    clock.move_to(dt.datetime(2026, 10, 8, 2, 0, tzinfo=dt.UTC))  # 9 pm in Chicago
    assert deliver.deliver().sent == 1


def test_no_mail_goes_out_with_an_empty_link(planned, smtp):
    Rule.objects.update(body="Answer here: {{ link }}", subject="Answer", template_key="")
    deliver.deliver()
    state, reason = held()
    assert state == "withheld" and reason and smtp.messages == []


def test_an_address_that_no_header_can_hold_is_for_a_person_to_look_at(planned, monkeypatch):
    def fail(*args: object) -> None:
        raise ValueError("a line break")

    monkeypatch.setattr(deliver, "handed_over", fail)
    deliver.deliver()
    assert held() == ("failed", "The mail could not be addressed: a line break")
    assert Todo.objects.get(kind="task").title == "A mail to Ray Halvorsen could not be sent"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("550 5.1.1 no such user", "bounced"),
        ("550 no such user", "bounced"),
        ("550 5.7.1 your server is blocked", "failed"),
        ("552 5.2.2 mailbox full", "failed"),
    ],
)
def test_only_an_address_that_is_not_there_is_closed(planned, smtp, said, state):
    smtp.answer = said
    deliver.deliver()
    assert (held()[0], Suppression.objects.exists()) == (state, state == "bounced")


def test_another_attempt_sends_the_words_of_the_first(planned, smtp):
    smtp.answer = "451 4.3.0 try later"
    deliver.deliver()
    words = Message.objects.get().text
    Rule.objects.update(subject="Other", body="Other words", template_key="")
    smtp.answer = ""
    Message.objects.update(next_try_at=WED_8)
    deliver.deliver()
    assert words and "Other words" not in smtp.messages[0].get_body(("plain",)).get_content()


def test_a_mail_that_waited_until_another_worker_may_take_it_up_is_left_to_that_one(planned, smtp):
    [message] = deliver.claim()
    with Post(expected=1, limit=1, fresh=-1) as post:
        post.send(message, Letter())
        [handed] = post.collect()
    assert isinstance(handed.error, Stale) and smtp.messages == []
    assert deliver._went_wrong(message, handed.error) == "put_off" and held()[0] == "sending"


def test_a_mistake_of_our_own_is_tried_again_later(planned, monkeypatch, clock):
    def fail(*args: object) -> None:
        raise RuntimeError("a slip")

    monkeypatch.setattr(deliver, "render", fail)
    deliver.deliver()
    assert held() == ("due", "The mail could not be made: a slip")
    assert Message.objects.get().next_try_at > WED_8 + dt.timedelta(minutes=1)


def test_attempts_wait_longer_each_time_and_scatter(planned, smtp, clock):
    smtp.answer = "451 4.3.0 try later"
    waits = []
    for attempt in (1, 3, 5, 9):
        Message.objects.update(attempts=attempt - 1, next_try_at=WED_8, state="due")
        clock.move_to(WED_8 + dt.timedelta(minutes=attempt))
        deliver.deliver()
        message = Message.objects.get()
        waits.append((message.next_try_at - (WED_8 + dt.timedelta(minutes=attempt))) / dt.timedelta(minutes=1))
    for wait, minutes in zip(waits, (1, 15, 240, 240), strict=True):
        assert 0.74 * minutes <= wait <= 1.26 * minutes and wait != minutes
    assert waits[2] != waits[3]
