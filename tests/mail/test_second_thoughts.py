"""A mail that was canceled, or sent at once, is taken back while it is not out."""

import datetime as dt

import pytest

from wbl.mail import deliver, planner
from wbl.mail.models import Message, OptOut, Suppression
from wbl.todo.models import Todo

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
    type(ray).objects.update(prefers="phone")
    clock.move_to(AT_EIGHT)
    deliver.deliver()
    message.refresh_from_db()
    reason = message.reason
    assert message.state == "withheld" and reason
    press(marisol, message, "dispatch")
    assert message.state == "planned"
    press(marisol, message, "return")
    assert (message.state, message.reason) == ("withheld", reason)


@pytest.mark.parametrize(
    ("stop", "why"),
    [
        (lambda ray: OptOut.stop(email=ray.email, category="reminders"), "Opted out of reminders and follow-ups"),
        (lambda ray: Suppression.add(email=ray.email, detail="550 5.1.1"), "The address bounced on Oct 5"),
        (lambda ray: type(ray).objects.update(do_not_contact=True), "does not want to be contacted"),
    ],
)
def test_send_now_is_refused_with_the_reason_where_nobody_may_override_it(marisol, message, ray, stop, why):
    stop(ray)
    said = press(marisol, message, "dispatch")
    assert "Not sent." in said and why in said and "within a minute" not in said
    assert (message.state, message.by_hand) == ("planned", False)


def test_what_would_not_go_by_itself_is_asked_about_before_it_is_sent_now(marisol, message, follow_up, clock):
    Todo.objects.get().close(by=message.owner)
    url = f"/cedar/mail/messages/{message.pk}/dispatch/"
    asked = marisol.post(url)
    assert asked.status_code == 422 and "Send it all the same?" in asked.content.decode()
    message.refresh_from_db()
    assert not message.by_hand
    marisol.post(url, {"anyway": "1"})
    clock.shift(dt.timedelta(minutes=1))
    assert deliver.deliver().sent == 1


def test_a_canceled_mail_is_planned_again_from_its_page_while_its_hour_is_to_come(marisol, message, clock):
    page = f"/cedar/mail/messages/{message.pk}/"
    assert "Plan again" not in marisol.get(page).content.decode()
    press(marisol, message, "cancellation")
    marisol.get("/cedar/")  # the toast is gone
    assert "Plan again" in marisol.get(page).content.decode()
    clock.move_to(AT_EIGHT + SECOND)
    assert "Plan again" not in marisol.get(page).content.decode()


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
