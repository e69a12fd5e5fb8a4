"""Students, placements with hours, and events of the demonstration district."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from partners.models import Contact, Organization, TimelineEntry
from pathways.models import Pathway
from placements.models import Event, HoursEntry, Placement, Student
from wbl.tenancy.models import School

# name; goes by; age; grade; school; CTE concentrator
STUDENTS = (
    ("Hattie Brandvold", "", 17, 12, 0, True),
    ("Jaylen Mott", "", 17, 12, 0, True),
    ("Noor Haddad", "", 17, 11, 0, True),
    ("Wren Castellano", "", 16, 11, 1, True),
    ("Eli Tsosie", "", 15, 10, 0, False),
    ("Caleb Strickland", "", 16, 11, 0, True),
    ("Lucía Benavides", "Lucy", 16, 11, 1, True),
    ("Marcus Odom", "", 18, 12, 0, True),
    ("Tamsin Ok", "", 17, 12, 1, True),
    ("Devon Pryce", "", 16, 11, 0, False),
    ("Ana Whitehorse", "", 17, 12, 0, True),
    ("Isaac Romero", "", 15, 10, 1, False),
    ("Peyton Gale", "", 16, 11, 1, False),
    ("Mina Farrow", "", 15, 10, 0, False),
    ("Theo Lindgren", "", 14, 9, 1, False),
    ("Rosa Quintero", "", 17, 12, 0, True),
    ("Jonah Birch", "", 16, 10, 0, False),
    ("Skye Marlow", "", 17, 12, 1, True),
    ("Cora Blackfox", "", 16, 11, 1, True),
    ("Emmett Rusk", "", 15, 10, 0, False),
    ("Thuy Tran", "", 17, 12, 1, True),
    ("Gus Waller", "", 16, 11, 0, True),
    ("Paloma Reyna", "", 15, 10, 1, False),
    ("Otis Freeman", "", 16, 11, 0, False),
    ("June Kettering", "", 17, 12, 1, True),
    ("Milo Sandoval", "", 15, 10, 0, False),
    ("Sadie Longwalker", "", 16, 11, 1, True),
    ("Ruben Ochoa", "", 17, 12, 0, True),
    ("Bree Hollis", "", 15, 10, 1, False),
    ("Walt Jennings", "", 16, 11, 0, True),
    ("Nia Coleman", "", 16, 11, 1, False),
    ("Felix Dunning", "", 17, 12, 0, True),
)
HEALTH = "Noor Wren Lucía Rosa Skye Cora Thuy Paloma June Sadie Bree Nia".split()
UNDECIDED = "Theo Mina Isaac Otis".split()

# student; partner; supervisor; type; what they do; started days ago; weeks; wage; goal; steps done; hours a day entered
PLACEMENTS: tuple[tuple[Any, ...], ...] = (
    (
        "Hattie Brandvold",
        "Brightwater Logistics",
        "Deb Yost",
        "internship",
        "Inventory assistant",
        60,
        26,
        "14.00",
        180,
        5,
        "3.5",
    ),
    (
        "Jaylen Mott",
        "Ironwood Welding & Fabrication",
        "Lou Ferrante",
        "internship",
        "Shop helper",
        -9,
        20,
        "15.50",
        160,
        3,
        None,
    ),
    (
        "Wren Castellano",
        "Bluestem Veterinary Clinic",
        "Hana Brandt",
        "internship",
        "Kennel assistant",
        70,
        22,
        "13.00",
        120,
        5,
        "4",
    ),
    (
        "Noor Haddad",
        "Redbud Regional Medical Center",
        "Ellen Haddad",
        "clinical",
        "Clinical rotation",
        62,
        24,
        None,
        75,
        5,
        "2.5",
    ),
    (
        "Lucía Benavides",
        "Okafor Family Dental",
        "Chidi Okafor",
        "job_shadow",
        "Shadow of a hygienist",
        -20,
        1,
        None,
        8,
        2,
        None,
    ),
    (
        "Ana Whitehorse",
        "Lindqvist Electric",
        "Vern Lindqvist",
        "pre_apprenticeship",
        "Helper",
        -45,
        12,
        "15.00",
        200,
        1,
        None,
    ),
    (
        "Caleb Strickland",
        "Halvorsen Machine & Tool",
        "Ingrid Sole",
        "internship",
        "Machining intern",
        -50,
        18,
        "16.00",
        180,
        1,
        None,
    ),
    (
        "Gus Waller",
        "Halvorsen Machine & Tool",
        "Ingrid Sole",
        "internship",
        "Deburring and inspection",
        38,
        18,
        "16.00",
        150,
        5,
        "3",
    ),
    (
        "Marcus Odom",
        "Halvorsen Machine & Tool",
        "Ingrid Sole",
        "internship",
        "Machine operator",
        330,
        18,
        "16.00",
        120,
        6,
        "4",
    ),
    (
        "Tamsin Ok",
        "Kiowa Street Print & Sign",
        "Amos Reed",
        "project",
        "Design of the spring catalog",
        40,
        12,
        None,
        40,
        5,
        "2",
    ),
)
ASKED_AGO = 36  # days that a partner has had for a yes
STEPS = ("eligible", "matched", "consented", "agreed", "active", "evaluated")

# type; title; partner; contact; days from today; from; to; place; seats; how many on the roster
EVENTS: tuple[tuple[Any, ...], ...] = (
    (
        "speaker",
        "What a machinist does all day",
        "Halvorsen Machine & Tool",
        "Ray Halvorsen",
        -78,
        (9, 0),
        (9, 50),
        "Room 114",
        None,
        28,
    ),
    (
        "tour",
        "Imaging wing and laboratory",
        "Redbud Regional Medical Center",
        "Joel Pike",
        -23,
        (9, 0),
        (11, 30),
        "Main entrance",
        24,
        22,
    ),
    (
        "mock_interview",
        "Mock interviews with the credit union",
        "Tallgrass Credit Union",
        "Irene Stoddard",
        6,
        (13, 0),
        (15, 0),
        "Library",
        12,
        8,
    ),
    (
        "speaker",
        "Wind turbines from the inside",
        "Prairie Wind Energy Services",
        "Miles Quist",
        17,
        (10, 0),
        (10, 50),
        "Auditorium",
        None,
        0,
    ),
)


def seed(partners: dict[str, Organization], users: dict[str, Any], paths: dict[str, Pathway], today: dt.date) -> None:
    """Students at two schools, ten placements at every step, four events."""
    schools = list(School.objects.order_by("id"))
    people = {c.name: c for c in Contact.objects.all()}
    students = {row[0]: _student(row, schools, paths, today) for row in STUDENTS}
    for row in PLACEMENTS:
        _placement(row, students, partners, people, users, today)
    for row in EVENTS:
        _event(row, list(students.values()), partners, people, users, today, schools[0])


def _student(row: tuple[Any, ...], schools: list[School], paths: dict[str, Pathway], today: dt.date) -> Student:
    name, goes_by, age, grade, school, concentrator = row
    born = dt.date(today.year - age, 1 + len(name) % 6, 1 + len(name))
    year = (today.year if today.month < 7 else today.year + 1) + 12 - grade
    return Student.objects.create(
        name=name,
        goes_by=goes_by,
        birth_date=born,
        grade=grade,
        school=schools[school],
        pathway=_pathway(name.split()[0], paths),
        graduation_year=year,
        concentrator=concentrator,
        guardian_name=f"Guardian of {name.split()[0]}",
    )


def _pathway(called: str, paths: dict[str, Pathway]) -> Pathway | None:
    if called in UNDECIDED:
        return None
    return paths["Health Sciences" if called in HEALTH else "Precision Manufacturing"]


def _placement(
    row: tuple[Any, ...],
    students: dict[str, Student],
    partners: dict[str, Organization],
    people: dict[str, Contact],
    users: dict[str, Any],
    today: dt.date,
) -> None:
    student, partner, supervisor, kind, job, ago, weeks, wage, goal, steps, hours = row
    by = users["marisol"]
    starts = today - dt.timedelta(ago)
    made = Placement.objects.create(
        student=students[student],
        organization=partners[partner],
        site=partners[partner].sites.first(),
        supervisor=people[supervisor],
        type=kind,
        job_title=job,
        starts=starts,
        ends=starts + dt.timedelta(weeks=weeks),
        schedule="Monday, Tuesday, Thursday, 1:00 to 4:30 pm",
        paid=wage is not None,
        wage=Decimal(wage) if wage else None,
        hours_goal=goal,
        owner=by,
    )
    for step in STEPS[:steps]:
        made.activate(by=by) if step == "active" else made.tick(step=step, by=by)
    _back_date(made, min(starts, today))
    if steps == 1:
        _ask(made)
    if hours:
        _hours(made, Decimal(hours), starts, min(today, made.ends or today), people[supervisor])
    if steps == 6:
        made.end(by=by, completed=True, reason="Final evaluation 4.6 of 5. Hired for the summer.", on=made.ends)
        ended = made.district.at(made.ends or today, dt.time(15, 0))
        TimelineEntry.objects.filter(about_id=made.pk, summary__contains="completed").update(at=ended)


def _back_date(made: Placement, starts: dt.date) -> None:
    """Each step was done on some day before the start, the last ones on it; the partner's timeline says so too."""
    began = made.district.at(starts, dt.time(8, 0))
    steps = list(made.steps.order_by("id"))
    for place, step in enumerate(steps):
        step.at = began - dt.timedelta(days=3 * (len(steps) - 1 - place))
        step.save(update_fields=["at"])
    Placement.objects.filter(pk=made.pk).update(status_since=began)
    TimelineEntry.objects.filter(about_kind="placements.placement", about_id=made.pk).update(at=began)


def _ask(made: Placement) -> None:
    """The partner was asked for this student, and has not answered."""
    made.organization.record(
        kind="placement",
        summary=f"{made.get_type_display()} planned: a student of {made.school}",  # type: ignore[attr-defined]
        by=made.owner,
        contact=made.supervisor,
        at=timezone.now() - dt.timedelta(days=ASKED_AGO),
        about=made,
        asked_for=made.type,
        school=made.school,
    )


def _hours(placement: Placement, hours: Decimal, first: dt.date, last: dt.date, supervisor: Contact) -> None:
    """Three days a week; all but the last two weeks confirmed and approved."""
    days = [first + dt.timedelta(n) for n in range((last - first).days)]
    worked = [day for day in days if day.weekday() in (0, 1, 3)]
    HoursEntry.objects.bulk_create(HoursEntry(placement=placement, date=day, hours=hours) for day in worked)
    entries = HoursEntry.objects.filter(placement=placement)
    over = dt.timedelta(0) if last == placement.ends else dt.timedelta(7)
    entries.filter(date__lt=last - over).confirm(contact=supervisor, name=supervisor.name)
    entries.filter(date__lt=last - 2 * over).approve(by=placement.owner)
    later = models.F("date") + models.Value(dt.timedelta(days=2, hours=15))
    entries.exclude(confirmed_at=None).update(confirmed_at=later)
    entries.exclude(approved_at=None).update(approved_at=later)


def _event(
    row: tuple[Any, ...],
    students: list[Student],
    partners: dict[str, Organization],
    people: dict[str, Contact],
    users: dict[str, Any],
    today: dt.date,
    school: School,
) -> None:
    kind, title, partner, contact, days, begins, ends, place, seats, count = row
    day = today + dt.timedelta(days)
    day += dt.timedelta(max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    event = Event.objects.create(
        type=kind,
        title=title,
        organization=partners[partner],
        contact=people[contact],
        day=day,
        begins=dt.time(*begins),
        ends=dt.time(*ends),
        place=place,
        school=school,
        seats=seats,
    )
    event.add(students=students[:count])
    if day < today:
        roster = list(event.roster.all())
        event.call_roll(attended={row.pk for row in roster[1:]}, among=roster, by=users["tom"])
