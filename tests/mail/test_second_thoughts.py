"""A mail that was canceled, or sent at once, is taken back while it is not out."""

import datetime as dt

import pytest

from wbl.mail import deliver, planner
from wbl.mail.models import Message

WED = dt.date(2026, 10, 7)
AT_EIGHT = dt.datetime(2026, 10, 7, 13, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def marisol(sign_in, people):
    return sign_in(people.coordinator)


@pytest.fixture
def message(rule, follow_up, ray, smtp):
    follow_up(WED)
    planner.plan()
    return Message.objects.get()


def press(user, message, what):
    """A button of the mail's page; what the page then says at its bottom."""
    page = user.post(f"/cedar/mail/messages/{message.pk}/{what}/", follow=True).content.decode()
    message.refresh_from_db()
    return page[page.index('id="toasts"') :]


def test_a_canceled_mail_is_planned_again_by_undo_and_goes_out_at_its_hour(marisol, message, clock):
    said = press(marisol, message, "cancellation")
    assert "Canceled." in said and f"/cedar/mail/messages/{message.pk}/return/" in said
    assert message.state == "cancelled"
    planner.plan()
    press(marisol, message, "return")
    assert (message.state, message.reason, message.stopped_by) == ("planned", "", None)
    assert message.due_at == message.next_try_at == AT_EIGHT
    clock.move_to(AT_EIGHT)
    assert deliver.deliver().sent == 1


def test_sent_now_waits_half_a_minute_and_undo_brings_its_hour_back(marisol, message, clock, smtp):
    due = message.due_at
    assert "Undo" in press(marisol, message, "dispatch")
    assert deliver.deliver().sent == 0
    press(marisol, message, "return")
    assert (message.due_at, message.by_hand, message.state) == (due, False, "planned")
    press(marisol, message, "dispatch")
    clock.move_to(message.due_at + SECOND)
    assert deliver.deliver().sent == 1
    assert "Too late: it is sent." in press(marisol, message, "return")


def test_what_was_withheld_is_withheld_again_with_its_reason(marisol, message, ray, clock):
    type(ray).objects.update(do_not_contact=True)
    clock.move_to(AT_EIGHT)
    deliver.deliver()
    message.refresh_from_db()
    reason = message.reason
    assert message.state == "withheld" and reason
    press(marisol, message, "dispatch")
    press(marisol, message, "return")
    assert (message.state, message.reason) == ("withheld", reason)


def test_what_is_withheld_offers_no_cancel_and_says_how_it_stands(marisol, message, ray, clock):
    type(ray).objects.update(do_not_contact=True)
    clock.move_to(AT_EIGHT)
    deliver.deliver()
    page = marisol.get(f"/cedar/mail/messages/{message.pk}/").content.decode()
    assert "Cancel it" not in page and "Send now" in page
    assert "Nothing was done: it is withheld by now." in press(marisol, message, "cancellation")


def test_undo_takes_back_one_decision_and_not_the_one_before(marisol, message):
    press(marisol, message, "cancellation")
    press(marisol, message, "return")
    assert "Too late" in press(marisol, message, "return")
    assert message.state == "planned"
