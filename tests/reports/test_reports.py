"""Participation and partner activity: numbers that open their lists, small ones hidden."""

import datetime as dt
import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from partners.models import Organization
from placements.models import Event, HoursEntry, Placement, Student
from wbl.home.participation import Line, hide_small
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

SignIn = Callable[[Any], Client]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def year(cedar: District, people: Any, acme: Organization) -> SimpleNamespace:
    """Twelve students of North and three of South came to a talk; Student 0 is an intern with 7 approved hours."""
    today = cedar.today()
    with district(cedar):
        students = [
            Student.objects.create(
                name=f"Student {n}",
                birth_date=dt.date(today.year - 17, 1, 1),
                school=people.north if n < 12 else people.south,
                concentrator=n % 2 == 0,
            )
            for n in range(15)
        ]
        talk = Event.objects.create(type="speaker", organization=acme, day=today, begins=dt.time(9))
        talk.add(students=students)
        talk.call_roll(attended=set(talk.roster.values_list("pk", flat=True)), among=talk.roster.all(), by=people.admin)
        placement = Placement.objects.create(student=students[0], organization=acme, starts=today - dt.timedelta(3))
        placement.activate(by=people.admin)
        now = dt.datetime.now(dt.UTC)
        HoursEntry.objects.create(placement=placement, date=today, hours=7, approved_at=now, approved_by=people.admin)
        acme.record(kind="call", summary="Asked for an intern", asked_for="internship", answer="yes", by=people.admin)
    return SimpleNamespace(students=students, placement=placement, talk=talk, today=today)


def test_small_schools_are_hidden_and_the_reason_stands_there(
    people: Any, year: SimpleNamespace, sign_in: SignIn
) -> None:
    page = words(sign_in(people.viewer).get("/cedar/reports/participation/"))
    assert "&lt;10" in page
    assert "Fewer than 10 students are shown as &lt;10" in page
    assert "15 students had" in page
    assert "reports/students/" not in page, "a viewer reads how many, never who"
    # the one hidden school would be 15 less the other, so that one is hidden with it
    assert ">12</a>" not in page


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((40, 12, 3), (12, 3)),  # 3 would be the total less the others
        ((40, 30, 9, 9), (9, 9)),
        ((40, 4, 3), (40, 4, 3)),  # the total less 40 would tell of seven
        ((60, 40, 1, 1), (40, 1, 1)),  # the total less the others would tell of two, so of one and one
        ((40, 12, 0), ()),
        ((15,), ()),
        ((4, 3, 0), (4, 3)),  # the total is hidden itself
    ],
)
def test_what_is_hidden_does_not_follow_from_what_is_shown(sizes: Any, hidden: Any) -> None:
    lines = [Line(n, str(n), students=set(range(100)), placements=set(range(size))) for n, size in enumerate(sizes)]
    hide_small(lines)
    assert tuple(len(line.placements) for line in lines if line.placements_hidden) == hidden
    assert not any(line.hidden for line in lines)
    for line in lines:
        line.students = line.concentrators = line.placements
    hide_small([line for line in lines if line.students])
    assert tuple(len(line.students) for line in lines if line.hidden) == hidden


def test_who_is_no_concentrator_is_hidden_too_where_few_are_not() -> None:
    lines = [Line(n, str(n), students=set(range(40)), concentrators=set(range(c))) for n, c in enumerate((38, 20, 15))]
    hide_small(lines)
    assert [line.concentrators_hidden for line in lines] == [True, False, True]
    assert [line.concentrators_shown for line in lines] == ["hidden", 20, "hidden"]


def test_each_number_opens_its_list(people: Any, year: SimpleNamespace, sign_in: SignIn) -> None:
    browser = sign_in(people.coordinator)
    south = words(browser.get(f"/cedar/reports/participation/students/?school={people.south.pk}"))
    assert "3 students" in south
    assert "Student 14" in south
    interns = words(browser.get("/cedar/reports/participation/students/?type=internship"))
    assert "1 student" in interns
    assert browser.get("/cedar/reports/participation/students/?type=nonsense").status_code == 404
    assert browser.get("/cedar/reports/participation/students/?school=999999").status_code == 404


def test_the_school_of_the_day_counts(cedar: District, people: Any, year: SimpleNamespace, sign_in: SignIn) -> None:
    with district(cedar):
        Student.objects.filter(school=people.south).update(school=people.north)
    page = words(sign_in(people.coordinator).get(f"/cedar/reports/participation/students/?school={people.south.pk}"))
    assert "3 students" in page


def test_another_year_is_empty_and_says_what_counts(people: Any, year: SimpleNamespace, sign_in: SignIn) -> None:
    browser = sign_in(people.coordinator)
    page = words(browser.get(f"/cedar/reports/participation/?year={year.today.year - 2}"))
    assert "Nobody took part in this period" in page
    assert "Student 14" in words(
        browser.get(f"/cedar/reports/participation/students/?since={year.today}&until={year.today}")
    )


def test_partner_activity_counts_and_opens(
    people: Any, acme: Organization, year: SimpleNamespace, sign_in: SignIn
) -> None:
    browser = sign_in(people.coordinator)
    text = browser.get("/cedar/reports/partners.csv").getvalue().decode("utf-8-sig").splitlines()
    assert text[0] == "Partner,Contacts,Asked,Said yes,Placements,Students at events,Hours approved"
    # two contacts: the call and the event
    assert text[1].replace('"', "") == "Acme Manufacturing, Inc.,2,1,1,1,15,7.00"
    behind = words(browser.get(f"/cedar/reports/partners/{acme.pk}/"))
    assert "Asked for an intern" in behind
    assert "Student 0" in behind


def test_files_hide_what_the_page_hides(people: Any, year: SimpleNamespace, sign_in: SignIn) -> None:
    browser = sign_in(people.viewer)
    text = browser.get("/cedar/reports/participation.csv").getvalue().decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "Divided by,Group,Students,CTE concentrators,Placements,Hours approved"
    assert lines[1].startswith("All,All students,15,")
    assert "School,North High,<10,hidden,hidden,hidden" in text
    assert lines[1].endswith(",hidden,hidden")  # one placement and its hours
    assert "Pathway,No pathway,15,hidden,hidden,hidden" in text
    sheet = load_workbook(io.BytesIO(browser.get("/cedar/reports/participation.xlsx").getvalue())).worksheets[0]
    assert [cell.value for cell in sheet[2]][2:] == [15, "hidden", "hidden", "hidden"]
    assert browser.get("/cedar/reports/participation.xlsx").getvalue()[:2] == b"PK"
    assert browser.get("/cedar/reports/participation.exe").status_code == 404


def test_a_file_says_its_days_in_its_name_and_on_a_second_sheet(
    people: Any, year: SimpleNamespace, sign_in: SignIn
) -> None:
    answer = sign_in(people.viewer).get("/cedar/reports/participation.xlsx?since=2026-08-01&until=2026-12-31")
    assert 'filename="participation-2026-08-01-to-2026-12-31.xlsx"' in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.getvalue()))
    assert [cell.value for cell in book.worksheets[0][1]][:2] == ["Divided by", "Group"]
    about = {row[0].value: row[1].value for row in book["About"]}
    assert about["District"] == "Cedar Valley Public Schools"
    assert (about["From"].date(), about["To"].date()) == (dt.date(2026, 8, 1), dt.date(2026, 12, 31))
    assert "34 CFR 99.31(b)" in about["Hidden numbers"]


def test_partners_without_activity_are_counted_shown_on_demand_and_in_the_file(
    cedar: District, people: Any, acme: Organization, year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        bolt = Organization.objects.create(name="Bolt Electric")
        bolt.record(kind="import", summary="Imported from list.csv, row 2")
        Organization.objects.create(name="Zeta")
    browser = sign_in(people.coordinator)
    page = words(browser.get("/cedar/reports/partners/"))
    assert "Bolt Electric" not in page
    assert "2 more partners without activity in this period." in page
    whole = words(browser.get("/cedar/reports/partners/?all=1"))
    assert whole.index("Acme Manufacturing") < whole.index("Bolt Electric")
    text = browser.get("/cedar/reports/partners.csv").getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in text[2:]] == ["Bolt Electric", "Zeta"]


def test_staff_report_on_their_own_schools_alone(people: Any, year: SimpleNamespace, sign_in: SignIn) -> None:
    page = words(sign_in(people.other_staff).get("/cedar/reports/participation/students/"))
    assert "3 students" in page
    assert "Student 0<" not in page


def test_queries_do_not_grow_with_students(
    cedar: District, people: Any, year: SimpleNamespace, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(people.coordinator)
    for path, most in (
        ("reports/participation/", 18),
        ("reports/partners/", 16),
        ("reports/participation/students/", 16),
    ):
        browser.get(f"/cedar/{path}")
        with django_assert_max_num_queries(most):
            browser.get(f"/cedar/{path}")
