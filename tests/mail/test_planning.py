"""What the planner puts into the ledger, moves, cancels and revives."""

import datetime as dt

import pytest

from wbl.mail import planner
from wbl.mail.models import Message
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db
WED, THU = dt.date(2026, 10, 7), dt.date(2026, 10, 8)


def test_a_follow_up_is_planned_for_its_day_at_the_rules_hour(rule, follow_up, ray, cedar):
    follow_up(WED)
    planner.plan()
    message = Message.objects.get()
    assert (message.state, message.to_email, message.reference_date) == ("planned", "ray@acme.example", WED)
    assert cedar.local(message.due_at).replace(tzinfo=None) == dt.datetime(2026, 10, 7, 8, 0)


def test_planning_twice_changes_nothing(rule, follow_up):
    follow_up(WED)
    assert planner.plan() == 1
    assert planner.plan() == 0
    assert Message.objects.count() == 1


def test_a_date_that_moves_cancels_the_mail_and_plans_another_and_moved_back_revives_it(rule, follow_up):
    todo = follow_up(WED)
    planner.plan()
    todo.postpone(due=THU)
    planner.plan()
    states = {m.reference_date: (m.state, m.reason) for m in Message.objects.all()}
    assert states == {WED: ("cancelled", "The date moved to Oct 8."), THU: ("planned", "")}
    todo.postpone(due=WED)
    planner.plan()
    states = {m.reference_date: (m.state, m.reason) for m in Message.objects.all()}
    assert states == {WED: ("planned", ""), THU: ("cancelled", "The date moved to Oct 7.")}
    assert [e.what for e in Message.objects.get(reference_date=WED).trail()] == ["planned", "cancelled", "planned"]


def test_a_call_logged_before_the_day_cancels_it(rule, follow_up, acme, people):
    follow_up(WED)
    planner.plan()
    acme.record(kind="call", summary="Spoke to Ray", by=people.staff)
    planner.plan()
    message = Message.objects.get()
    assert message.state == "cancelled"
    assert message.reason.startswith("Ben logged a call on ")


def test_a_closed_follow_up_is_withheld_and_says_who_closed_it(rule, follow_up, people):
    todo = follow_up(WED)
    planner.plan()
    todo.close(by=people.coordinator)
    planner.plan()
    message = Message.objects.get()
    assert (message.state, message.reason) == ("withheld", "Marisol closed the to-do on Oct 5.")
    todo.reopen()
    planner.plan()
    message.refresh_from_db()
    assert message.state == "planned"


def test_days_before_the_rule_was_switched_on_are_listed_and_sent_only_when_ticked(rule, follow_up, people):
    old, older = follow_up(dt.date(2026, 10, 1)), follow_up(dt.date(2026, 9, 1))
    planner.plan()
    assert not Message.objects.exists()
    assert [line.message.record_id for line in planner.older(rule)] == [older.pk, old.pk]
    assert planner.add_older(rule, [old.pk], by=people.coordinator) == 1
    planner.plan()
    message = Message.objects.get()
    assert (message.record_id, message.state) == (old.pk, "planned")
    assert [line.message.record_id for line in planner.older(rule)] == [older.pk]


def test_a_mail_due_on_a_saturday_waits_for_monday(rule, follow_up, cedar):
    follow_up(dt.date(2026, 10, 10))
    planner.plan()
    assert cedar.local(Message.objects.get().due_at).date() == dt.date(2026, 10, 12)


def test_a_rule_switched_off_cancels_what_waits(rule, follow_up):
    follow_up(WED)
    planner.plan()
    rule.switch_off()
    planner.plan()
    assert (Message.objects.get().state, Message.objects.get().reason) == ("cancelled", "The rule was switched off.")


def test_a_mail_canceled_by_a_person_stays_canceled(rule, follow_up, people):
    from wbl.mail.triggers import cancel

    follow_up(WED)
    planner.plan()
    Message.objects.get().stop(cancel("Canceled by hand."), by=people.coordinator)
    planner.plan()
    assert Message.objects.get().state == "cancelled"


def test_the_planner_asks_as_often_for_one_follow_up_as_for_three(rule, follow_up, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    follow_up(WED)
    with CaptureQueriesContext(connection) as one:
        planner.simulate(14)
    follow_up(WED, title="Another")
    follow_up(THU, title="A third")
    with django_assert_num_queries(len(one)):
        assert len(planner.simulate(14)) == 3


def test_simulating_writes_nothing(rule, follow_up):
    follow_up(WED)
    lines = planner.simulate(14)
    assert [(line.decision, line.to.email) for line in lines] == [("send", "ray@acme.example")]
    assert not Message.objects.exists()
    assert Todo.objects.get().mail_sent_at is None


def test_the_calendar_is_read_as_often_for_all_rules_as_for_one(rule, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as asked:
        planner.simulate(14, off_too=True)
    assert (
        sum('FROM "tenancy_term"' in query["sql"] for query in asked) == 2
    )  # when they are due, what stands against them
