"""Who asked a partner for what, and what stands between two asks."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from partners.models import Contact, MailedAsk, Organization, TimelineEntry
from wbl.mail.models import Message
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


@pytest.fixture
def asked(cedar: District, acme: Organization, people: SimpleNamespace) -> TimelineEntry:
    """Ben of North asked Acme for a tour ten days ago; they have not answered."""
    with district(cedar):
        return acme.record(
            kind="call", summary="A tour in spring?", by=people.staff, asked_for="tour", school=people.north,
            at=timezone.now() - dt.timedelta(days=10),
        )  # fmt: skip


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


LINE = {"kind": "call", "summary": "Two interns?", "asked_for": "internship"}


def test_the_log_says_who_asked_before_and_lets_one_go_on_with_a_reason(
    browser: Client, cedar: District, acme: Organization, asked: TimelineEntry, people: SimpleNamespace
) -> None:
    path = f"/cedar/partners/{acme.pk}/log/"
    assert "Ben Oakes asked for a workplace tour" in words(browser.get(path))
    refused = words(browser.post(path, LINE))
    assert "Ben Oakes asked for a workplace tour" in refused
    assert "for North High: no answer yet." in refused
    assert "Say in a few words why" in words(browser.post(path, {**LINE, "ask_anyway": "on"}))
    with district(cedar):
        assert TimelineEntry.objects.count() == 1
    assert browser.post(path, {**LINE, "ask_anyway": "on", "ask_reason": "They called us"}).status_code == 303
    with district(cedar):
        entry = TimelineEntry.objects.get(asked_for="internship")
        assert (entry.asked_anyway, entry.by) == ("They called us", people.coordinator)
    assert "Asked all the same: They called us" in words(browser.get(f"/cedar/partners/{acme.pk}/"))


def test_the_log_on_the_page_asks_too(browser: Client, cedar: District, acme: Organization) -> None:
    page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert 'name="asked_for"' in page
    assert '<option value="tour">Workplace tour</option>' in page


def test_a_line_without_an_ask_and_an_old_ask_meet_no_guard(
    browser: Client, cedar: District, acme: Organization, asked: TimelineEntry
) -> None:
    path = f"/cedar/partners/{acme.pk}/log/"
    assert browser.post(path, {"kind": "call", "summary": "Thanked them"}).status_code == 303
    with district(cedar):
        District.objects.filter(pk=cedar.pk).update(ask_guard_days=9)
    assert browser.post(path, LINE).status_code == 303


@pytest.mark.parametrize("moment", ["23:59", "00:01", "05:59", "06:01"])  # UTC's midnight, and the district's
def test_the_same_person_asks_on_for_the_same_on_one_day(
    sign_in: Any, people: SimpleNamespace, cedar: District, acme: Organization, moment: str
) -> None:
    with time_machine.travel(f"2026-11-23T{moment}:00+00:00", tick=False):
        asks_three_times(sign_in(people.coordinator), acme)


def asks_three_times(browser: Client, acme: Organization) -> None:
    path = f"/cedar/partners/{acme.pk}/log/"
    assert browser.post(path, LINE).status_code == 303
    assert browser.post(path, {**LINE, "summary": "And a third?"}).status_code == 303
    assert browser.post(path, {**LINE, "asked_for": "tour"}).status_code == 200


def test_the_answer_to_an_open_ask_is_no_second_ask(
    browser: Client, cedar: District, acme: Organization, asked: TimelineEntry
) -> None:
    said = {"kind": "call", "summary": "Gladly, in April", "asked_for": "tour", "answer": "yes"}
    assert browser.post(f"/cedar/partners/{acme.pk}/log/", said).status_code == 303
    with district(cedar):
        asked.refresh_from_db()
        assert asked.answer == "yes"
        line = TimelineEntry.objects.get(summary="Gladly, in April")
        assert (line.asked_for, line.about) == ("", asked)
    browser.post(f"/cedar/partners/entries/{line.pk}/removal/")
    with district(cedar):
        asked.refresh_from_db()
        assert asked.answer == ""


def test_an_answer_is_written_down_and_taken_back(
    browser: Client, cedar: District, acme: Organization, asked: TimelineEntry
) -> None:
    path = f"/cedar/partners/{acme.pk}/asks/{asked.pk}/answer/"
    assert browser.post(path, {"answer": "later", "note": "After the move"}).status_code == 303
    page = words(browser.get(f"/cedar/partners/{acme.pk}/asks/"))
    assert "Ben Oakes" in page
    assert "North High" in page
    assert "Later" in page
    assert "Workplace tour: later. After the move" in words(browser.get(f"/cedar/partners/{acme.pk}/"))
    browser.post(f"{path}removal/")
    with district(cedar):
        asked.refresh_from_db()
        assert asked.answer == ""


def test_a_letter_that_asks_is_guarded_and_stands_on_the_timeline_once_it_is_out(
    browser: Client, cedar: District, acme: Organization, asked: TimelineEntry
) -> None:
    with district(cedar):
        ray = Contact.objects.get()
    letter = {
        "contact": ray.pk, "subject": "An intern?", "body": "Would you?", "category": "requests", "once": "a",
        "asked_for": "internship",
    }  # fmt: skip
    refused = words(browser.post("/cedar/mail/write/", letter))
    assert "Ben Oakes asked for a workplace tour" in refused
    with district(cedar):
        assert not Message.objects.exists()
    assert browser.post("/cedar/mail/write/", {**letter, "category": "council", "asked_for": ""}).status_code == 303
    anyway = {"once": "b", "ask_anyway": "on", "ask_reason": "Ray offered it"}
    assert browser.post("/cedar/mail/write/", {**letter, **anyway}).status_code == 303
    with district(cedar):
        message = MailedAsk.objects.get().message
        assert not TimelineEntry.objects.filter(asked_for="internship").exists()
        message.sent_at = timezone.now()
        Organization.record_mails([(ray, message)])
        entry = TimelineEntry.objects.get(kind="mail_out")
        assert (entry.asked_for, entry.asked_anyway) == ("internship", "Ray offered it")


def test_planning_with_a_partner_asks_them_unless_they_said_yes(
    browser: Client, cedar: District, acme: Organization, asked: TimelineEntry
) -> None:
    tomorrow = (cedar.today() + dt.timedelta(1)).isoformat()
    event = {"partner": acme.name, "type": "speaker", "day": tomorrow, "begins": "10:00"}
    assert "Ben Oakes asked for a workplace tour" in words(browser.post("/cedar/placements/events/new/", event))
    browser.post("/cedar/placements/events/new/", {**event, "agreed": "on"})
    with district(cedar):
        assert TimelineEntry.objects.get(asked_for="speaker").answer == "yes"
    browser.post("/cedar/placements/events/new/", {**event, "day": cedar.today().isoformat()})
    with district(cedar):
        assert acme.events.count() == 2
        assert TimelineEntry.objects.filter(asked_for="speaker").count() == 1


def test_the_district_sees_all_asks_and_takes_them_along(
    browser: Client, cedar: District, acme: Organization, asked: TimelineEntry
) -> None:
    assert "Acme Manufacturing" in words(browser.get("/cedar/reports/asks/"))
    assert "Acme Manufacturing" not in words(browser.get("/cedar/reports/asks/?answer=yes"))
    assert "left out" not in words(browser.get("/cedar/reports/asks/?year=2026"))
    file = b"".join(browser.get("/cedar/reports/asks.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, line = file.splitlines()
    assert head == "When,Partner,Who asked,For which school,For what,Answer,Whom,How"
    assert "Ben Oakes,North High,Workplace tour,No answer yet" in line


@pytest.mark.parametrize("rows", [1, 60])
def test_the_table_of_asks_asks_a_constant_number_of_queries(
    browser: Client, cedar: District, acme: Organization, people: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    with district(cedar):
        for n in range(rows):
            acme.record(kind="call", summary=f"Ask {n}", by=people.staff, asked_for="tour", school=people.north)
    with django_assert_max_num_queries(14):  # with set_config, to and fro
        browser.get(f"/cedar/partners/{acme.pk}/asks/")
