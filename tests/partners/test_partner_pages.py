"""What a coordinator does with partners in a day."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partners.models import BulkChange, Contact, Offer, Organization, Stage, TimelineEntry
from partners.search import find_ids
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo
from wbl.todo.phrases import NoSuchDay, read

SUNDAY = dt.date(2026, 11, 22)


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def test_a_call_is_logged_with_a_follow_up_in_seven_days(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        ray = Contact.objects.get()
    answer = browser.post(
        f"/cedar/partners/{acme.pk}/log/",
        {"kind": "call", "contact": ray.pk, "summary": "Wants an intern", "next_step": "follow up in 7 days"},
    )
    assert answer.status_code == 303
    with district(cedar):
        entry, todo = TimelineEntry.objects.get(kind="call"), Todo.objects.get()
        acme.refresh_from_db()
        assert (entry.kind, entry.contact, entry.summary) == ("call", ray, "Wants an intern")
        assert (todo.title, todo.kind, todo.due, todo.person) == (
            "Follow up",
            "follow_up",
            cedar.today() + dt.timedelta(7),
            ray,
        )
        assert acme.last_contact_at == entry.at
    page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert "Wants an intern" in page
    assert "Follow up" in page


def test_logging_anywhere_finds_the_partner_by_a_misspelt_name(
    browser: Client, cedar: District, acme: Organization
) -> None:
    browser.post(
        "/cedar/partners/log/", {"partner": "acme manufactring", "kind": "call", "summary": "Hello", "next_step": ""}
    )
    with district(cedar):
        assert TimelineEntry.objects.get(kind="call").organization == acme


def test_a_day_the_calendar_does_not_have_is_said_where_it_stands(
    browser: Client, cedar: District, acme: Organization
) -> None:
    answer = browser.post(
        f"/cedar/partners/{acme.pk}/log/", {"kind": "call", "summary": "x", "next_step": "send it by Feb 31"}
    )
    assert answer.status_code == 200
    assert "is no day of the calendar" in answer.content.decode()
    with district(cedar):
        assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "day", "rest"),
    [
        ("1 December", "2026-12-01", ""),
        ("the 1st of December", "2026-12-01", ""),
        ("Tuesday, Dec 1", "2026-12-01", ""),
        ("Call on Tuesday December 1, 2026 about the tour", "2026-12-01", "Call about the tour"),
        ("Call Friday about the 50/50 split", "2026-11-27", "Call about the 50/50 split"),
        ("Follow up in 7 days", "2026-11-29", "Follow up"),
        ("29 Feb 2028", "2028-02-29", ""),
        ("Ask whether 2 may come, decide 12 things", None, "Ask whether 2 may come, decide 12 things"),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: str | None, rest: str) -> None:
    found = read(typed, SUNDAY)
    assert (found.day and found.day.isoformat(), found.rest) == (day, rest)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("asdf 31 Feb maybe", "“31 Feb” is no day of the calendar."),
        ("31st of February", "“31st of February” is no day"),
        ("Call Friday, not Feb 30", "“Feb 30” is no day"),
        ("Monday, Dec 1", "December 1, 2026 is a Tuesday."),
    ],
)
def test_a_day_that_cannot_be_is_named(typed: str, said: str) -> None:
    with pytest.raises(NoSuchDay, match=re.escape(said)):
        read(typed, SUNDAY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("asdf Friday", "“asdf” is no part of a day."),
        ("someday", "“someday” is no day we can read."),
        ("31 Feb", "“31 Feb” is no day of the calendar."),
        ("by next Friday", ""),
    ],
)
def test_a_field_for_a_day_drops_no_word_of_what_was_typed(
    browser: Client, cedar: District, typed: str, said: str
) -> None:
    answer = browser.post(
        "/cedar/to-dos/new/", {"title": "Send it", "due": typed, "owner": browser.session["_auth_user_id"]}
    )
    assert said in answer.content.decode()
    with district(cedar):
        assert Todo.objects.exists() is not bool(said)


def test_what_was_logged_can_be_taken_back(browser: Client, cedar: District, acme: Organization) -> None:
    browser.post(
        f"/cedar/partners/{acme.pk}/log/", {"kind": "visit", "summary": "Saw the shop", "next_step": "tomorrow"}
    )
    with district(cedar):
        entry = TimelineEntry.objects.get(kind="visit")
    browser.post(f"/cedar/partners/entries/{entry.pk}/removal/")
    with district(cedar):
        acme.refresh_from_db()
        assert not TimelineEntry.objects.exists()
        assert not Todo.objects.exists()
        assert acme.last_contact_at is None


def test_a_call_task_is_no_mail(browser: Client, cedar: District, acme: Organization) -> None:
    browser.post(f"/cedar/partners/{acme.pk}/log/", {"kind": "call", "summary": "x", "next_step": "call Ray on Friday"})
    with district(cedar):
        todo = Todo.objects.get()
        assert todo.kind == Todo.Kind.CALL
        assert todo.due is not None
        assert todo.due.weekday() == 4


@pytest.mark.parametrize(
    "typed",
    [
        "retrogade comics",
        "RETROGRADE",
        "retrograde comic",
        "5015550142",
        "(501) 555-0142",
        "www.retrograde.example",
        "lee bond",
    ],
)
def test_a_partner_is_found_by_any_spelling_phone_domain_or_person(
    browser: Client, cedar: District, typed: str
) -> None:
    with district(cedar):
        comics = Organization.objects.create(
            name="RETROGRADE COMICS LLC", phone="+15015550142", website="https://www.retrograde.example/shop"
        )
        Contact.objects.create(organization=comics, name="Leigh Bond")
        for n in range(30):
            Organization.objects.create(name=f"Other Business {n}")
    found = browser.get("/cedar/search/", {"q": typed}).content.decode()
    assert "RETROGRADE COMICS LLC" in found
    assert "Other Business 7" not in found


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "%", "'; drop table x; --", "ñ" * 300, "\x00", "🦊"])
def test_any_text_may_be_searched_for(browser: Client, typed: str) -> None:
    assert browser.get("/cedar/search/", {"q": typed}).status_code == 200
    assert browser.get("/cedar/partners/", {"q": typed}).status_code == 200


def test_the_last_ask_stands_beside_the_hit(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    with district(cedar):
        acme.record(
            kind="call", summary="Asked for two interns", by=people.staff, asked_for="internship", answer="later"
        )
    found = browser.get("/cedar/search/", {"q": "acme"}).content.decode()
    assert "by Ben Oakes: internship, later" in " ".join(found.split())


def test_the_stage_of_many_changes_at_once_and_comes_back(browser: Client, cedar: District) -> None:
    with district(cedar):
        made = [
            Organization.objects.create(name=f"P{n}", stage=Stage.ACTIVE if n else Stage.PROSPECT) for n in range(3)
        ]
    browser.post("/cedar/partners/bulk/", {"do": "stage", "stage": "meeting", "rows": [o.pk for o in made]})
    with district(cedar):
        assert set(Organization.objects.values_list("stage", flat=True)) == {"meeting"}
        Organization.objects.filter(pk=made[1].pk).update(stage="champion")
        change = BulkChange.objects.get()
    browser.post(f"/cedar/partners/bulk/{change.pk}/undo/")
    with district(cedar):
        assert [Organization.objects.get(pk=o.pk).stage for o in made] == ["prospect", "champion", "active"]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_same_queries_for_one_row_and_fifty(
    browser: Client, cedar: District, rows: int, django_assert_max_num_queries: Any
) -> None:
    with district(cedar):
        for n in range(rows):
            partner = Organization.objects.create(name=f"Partner {n}")
            Offer.objects.create(organization=partner, type="tour")
            Todo.open(title="Call", due=cedar.today(), owner=None, about=partner)
    browser.get("/cedar/partners/")
    with django_assert_max_num_queries(16):  # 12 and set_config, to and fro
        assert browser.get("/cedar/partners/").status_code == 200


@pytest.mark.parametrize("somebody_left", [False, True])
def test_the_page_of_a_partner_asks_a_constant_number_of_queries(
    browser: Client, cedar: District, acme: Organization, somebody_left: bool, django_assert_max_num_queries: Any
) -> None:
    with district(cedar):
        TimelineEntry.objects.bulk_create(
            TimelineEntry(organization=acme, kind="call", summary=f"Call {n}", at=timezone.now() - dt.timedelta(days=n))
            for n in range(500)
        )
        if somebody_left:
            there = Organization.objects.create(name="Bluestem Vet")
            Contact.objects.get().move(organization=there, on=cedar.today())
            Contact.objects.create(organization=acme, name="Lou Rest").leave()
    browser.get(f"/cedar/partners/{acme.pk}/")
    with django_assert_max_num_queries(18):  # 14 and set_config, to and fro
        page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert page.count('class="timeline__item"') == 25
    assert "Call 0" in page
    assert "Call 25" not in page
    assert ("now at" in page and "Bluestem Vet" in page) == somebody_left


def test_the_export_is_the_list_as_shown(browser: Client, cedar: District, acme: Organization) -> None:
    answer = browser.get("/cedar/partners/export.csv", {"cols": "name,stage"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines() == ["Partner,Stage,wbl ID", f'"Acme Manufacturing, Inc.",Prospect,{acme.pk}']


def test_an_unreadable_phone_is_kept_as_typed(browser: Client, cedar: District) -> None:
    browser.post(
        "/cedar/partners/new/",
        {"name": "Odd", "kind": "employer", "stage": "prospect", "phone": "ask for Bob", "employees": ""},
    )
    browser.post(
        "/cedar/partners/new/",
        {"name": "Even", "kind": "employer", "stage": "prospect", "phone": "501.555.0142 ext 12", "employees": ""},
    )
    with district(cedar):
        assert Organization.objects.get(name="Odd").phone == "ask for Bob"
        assert (Organization.objects.get(name="Even").phone, Organization.objects.get(name="Even").phone_ext) == (
            "+15015550142",
            "12",
        )


def test_every_change_is_in_the_history_with_its_author(browser: Client, cedar: District, acme: Organization) -> None:
    browser.post(
        f"/cedar/partners/{acme.pk}/edit/",
        {"name": "Acme Works", "kind": "employer", "stage": "active", "website": "acme.example"},
    )
    page = browser.get(f"/cedar/partners/{acme.pk}/changes/").content.decode()
    assert "Marisol Tate" in page
    assert "Acme Works" in page
    assert "Prospect → Active" in browser.get(f"/cedar/partners/{acme.pk}/").content.decode()


def test_the_log_ticks_only_the_to_do_it_was_opened_from(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    with district(cedar):
        mine = Todo.open(title="Call Ray", due=cedar.today(), owner=people.coordinator, about=acme, kind="task")
        hers = Todo.open(title="Call Ida", due=cedar.today(), owner=None, about=acme)
    log = f"/cedar/partners/{acme.pk}/log/"
    assert f'href="{log}?closes={mine.pk}&amp;next=%2Fcedar%2F"' in browser.get("/cedar/").content.decode()
    done = browser.post(
        f"{log}?closes={mine.pk}&next=%2Fcedar%2F", {"kind": "visit", "summary": "Saw Ray", "closes": mine.pk}
    )
    assert done.url == "/cedar/", "who began on Today goes on there, without the script, too"
    with district(cedar):
        mine.reopen()
    for address, wanted in (
        (f"/cedar/partners/{acme.pk}/", set()),
        (log, set()),
        (f"{log}?closes={mine.pk}", {mine.pk}),
    ):
        page = browser.get(address).content.decode()
        ticks = [tag for tag in re.findall(r"<input[^>]*>", page) if 'name="closes"' in tag]
        assert len(ticks) == 2
        assert {
            pk for pk in (mine.pk, hers.pk) for tag in ticks if f'value="{pk}"' in tag and "checked" in tag
        } == wanted
    assert browser.get(f"{log}?contact=abc&closes=x").status_code == 200


def test_to_ask_one_says_what_for(browser: Client, cedar: District, acme: Organization) -> None:
    page = browser.get(f"/cedar/partners/{acme.pk}/asks/").content.decode()
    assert f"/cedar/partners/{acme.pk}/log/?asking=1" in page
    line = {"kind": "call", "summary": "Would they?", "asking": "1"}
    answer = browser.post(f"/cedar/partners/{acme.pk}/log/", line)
    assert "Choose what they were asked for." in answer.content.decode()
    browser.post(f"/cedar/partners/{acme.pk}/log/", {**line, "asked_for": "tour"})
    with district(cedar):
        assert TimelineEntry.objects.asks().get().asked_for == "tour"
    assert "Acme Manufacturing, Inc.</a>: workplace tour" in browser.get("/cedar/").content.decode()


def test_the_timeline_is_filtered_searched_and_leafed_through_by_its_address(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    now = timezone.now()  # once: midnight may pass meanwhile
    with district(cedar):
        ray = Contact.objects.get()
        TimelineEntry.objects.bulk_create(
            TimelineEntry(
                organization=acme,
                kind="call" if n % 2 else "visit",
                summary=f"Entry {n}.",
                contact=ray if n == 3 else None,
                by=people.staff if n == 5 else None,
                school=people.north if n == 7 else None,
                body="the five-axis mill" if n == 9 else "",
                at=now - dt.timedelta(days=n // 30),
            )
            for n in range(110)
        )
    here = f"/cedar/partners/{acme.pk}/"

    def found(query: str) -> list[int]:
        page = browser.get(here + query, headers={"HX-Request": "true"}).content.decode()
        return list(dict.fromkeys(int(n) for n in re.findall(r"Entry (\d+)\.</p>", page)))

    assert found("?q=five-axis") == [9]
    assert found(f"?who=c{ray.pk}") == [3]
    assert found(f"?who=u{people.staff.pk}") == [5]
    assert found(f"?school={people.north.pk}") == [7]
    assert all(n % 2 for n in found("?show=calls"))
    day = (cedar.local(now).date() - dt.timedelta(3)).isoformat()
    assert set(found(f"?until={day}")) == set(range(90, 110))
    assert found("?q=nothing+of+the+kind") == found(f"?q=a&who=c{ray.pk}&since=2099-01-01") == []
    seen, query = [], "?show=visits-of-mars&since=never&who=x"  # what is not understood narrows nothing
    while query:
        page = browser.get(here + query).content.decode()
        seen += [int(n) for n in re.findall(r"Entry (\d+)\.</p>", page)]
        older = re.search(r'href="(\?[^"#]*before=[^"#]*)#timeline"', page)
        query = older[1].replace("&amp;", "&") if older else ""
    assert sorted(seen) == list(range(110))
    with django_assert_max_num_queries(25):  # five more than without the fields that narrow it
        browser.get(here + "?q=Entry&find=1")


@pytest.mark.parametrize("typed", ["halverson", "Halverson Machine", "halvorsen machin"])
def test_a_name_as_one_hears_it_finds_the_partner(in_cedar: District, typed: str) -> None:
    halvorsen = Organization.objects.create(name="Halvorsen Machine & Tool")
    Organization.objects.create(name="Harbor Machine Supply")
    assert find_ids(typed)[0][0] == halvorsen.pk


def test_nobody_is_found_for_a_name_that_is_not_there(in_cedar: District) -> None:
    Organization.objects.create(name="Halvorsen Machine & Tool")
    assert not find_ids("Quickbrown")


def test_a_number_is_edited_as_it_is_read(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        Organization.objects.filter(pk=acme.pk).update(phone="+15805550142", phone_ext="12")
        Contact.objects.update(mobile="+15805550143", other_phones="+15805550144 x7, +442079460000")
        ray = Contact.objects.get()
    assert 'value="(580) 555-0142 x12"' in browser.get(f"/cedar/partners/{acme.pk}/edit/").content.decode()
    page = browser.get(f"/cedar/partners/contacts/{ray.pk}/").content.decode()
    assert 'value="(580) 555-0143"' in page
    assert 'value="(580) 555-0144 x7, +442079460000"' in page
    typed = {"name": "Ray", "prefers": "email", "language": "en-us", "mobile": "(580) 555-0143"}
    browser.post(f"/cedar/partners/contacts/{ray.pk}/", typed | {"other_phones": "(580) 555-0144 x7, +442079460000"})
    with district(cedar):
        ray.refresh_from_db()
        assert (ray.mobile, ray.other_phones) == ("+15805550143", "+15805550144 x7, +442079460000")
