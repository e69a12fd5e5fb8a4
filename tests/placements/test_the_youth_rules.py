"""The federal floor, told case by case."""

import csv
import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest

from placements.labor import broken_rules, hazard_findings, is_summer, limits_for
from placements.labor_rules import ORDERS
from placements.models import Student

DATA = Path(os.environ.get("WBL_TEST_DATA", "../shared/data")) / "09-child-labor"
# birth date, day, from, to, school day, school week, hours before in the week, what is said (29 CFR 570.35)
CASES = [
    ("2010-05-04", "2025-10-15", "15:30", "18:30", True, True, "0", ""),
    ("2010-05-04", "2025-10-15", "15:30", "18:45", True, True, "0", "over 3 h on a school day"),
    ("2010-05-04", "2025-10-17", "15:00", "19:00", True, True, "0", "over 3 h on a school day, Fridays too"),
    ("2010-05-04", "2025-10-18", "09:00", "17:00", False, True, "9", ""),
    ("2010-05-04", "2025-10-18", "09:00", "17:00", False, True, "12", "over 18 h in a school week"),
    ("2010-05-04", "2025-07-08", "12:00", "20:30", False, False, "0", "over 8 h"),
    ("2010-05-04", "2025-07-08", "13:00", "21:00", False, False, "0", ""),
    ("2010-05-04", "2025-09-01", "17:00", "21:00", False, False, "0", ""),
    ("2010-05-04", "2025-09-02", "17:00", "20:00", True, True, "0", "after 7 pm"),
    ("2009-10-15", "2025-10-15", "16:00", "22:00", True, True, "20", ""),
    ("2012-01-01", "2025-10-15", "16:00", "18:00", True, True, "0", "Under 14"),
    ("2010-05-04", "2025-10-15", "06:30", "07:30", True, True, "0", "before 7 am"),
]


def said(born: str, day: str, begins: str, ends: str, school_day: bool, school_week: bool, prior: str) -> list[str]:
    on, start, end = dt.date.fromisoformat(day), dt.time.fromisoformat(begins), dt.time.fromisoformat(ends)
    hours = Decimal((end.hour - start.hour) * 60 + end.minute - start.minute) / 60
    found = broken_rules(
        limits_for(Student(district_id=1, birth_date=dt.date.fromisoformat(born)).age_on(on)),
        on,
        hours=hours,
        week_hours=Decimal(prior) + hours,
        begins=start,
        ends=end,
        school_day=school_day,
        school_week=school_week,
    )
    assert all(f.source.startswith("29 CFR 570.") for f in found)
    return [f.text for f in found]


@pytest.mark.parametrize(("born", "day", "begins", "ends", "school_day", "school_week", "prior", "expected"), CASES)
def test_a_day_is_judged_as_the_law_says(born, day, begins, ends, school_day, school_week, prior, expected) -> None:
    told = said(born, day, begins, ends, school_day, school_week, prior)
    assert (len(told) == 1 and told[0].startswith(expected)) if expected else told == []


@pytest.mark.skipif(not DATA.exists(), reason="the folder of WBL_TEST_DATA is not there")
def test_the_cases_of_the_data_folder_come_out_as_they_say() -> None:
    with (DATA / "federal_hours_cases.csv").open() as file:
        for row in csv.DictReader(file):
            told = said(
                row["date_of_birth"],
                row["work_date"],
                row["start"],
                row["end"],
                row["school_day"] == "yes",
                row["school_in_session_week"] == "yes",
                row["prior_hours_this_week"],
            )
            expected = row["expected"].split(" (")[0]
            if expected == "ok":
                assert told == [], row
            else:
                assert len(told) == 1, row
                assert told[0].lower().startswith(expected), row


@pytest.mark.skipif(not DATA.exists(), reason="the folder of WBL_TEST_DATA is not there")
def test_the_hazardous_orders_are_those_of_the_data_folder() -> None:
    with (DATA / "federal_hazardous_orders.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {(r["order"], r["cfr_section"], r["student_learner_or_apprentice_exemption"] == "yes") for r in rows} == {
        (o.key, o.source, o.exempt) for o in ORDERS.values()
    }


def test_a_work_experience_program_may_reach_23_hours() -> None:
    plain, program = limits_for(15), limits_for(15, work_experience_program=True)
    assert (plain.school_week, program.school_week) == (18, 23)
    assert limits_for(16, work_experience_program=True) == limits_for(16)


def test_summer_ends_with_labor_day() -> None:
    assert [is_summer(dt.date(2025, *d)) for d in ((5, 31), (6, 1), (9, 1), (9, 2))] == [False, True, True, False]
    assert is_summer(dt.date(2026, 9, 7))
    assert not is_summer(dt.date(2026, 9, 8))


def test_saws_need_an_agreement_at_sixteen_and_forklifts_wait_for_eighteen() -> None:
    def bad(keys: list[str], age: int, student_learner: bool) -> list[bool]:
        return [f.bad for f in hazard_findings(keys, limits_for(age), student_learner=student_learner)]

    assert bad(["HO 14"], 16, student_learner=False) == [True]
    assert bad(["HO 14"], 16, student_learner=True) == [False]
    assert bad(["HO 7"], 17, student_learner=True) == [True]
    assert bad(["HO 14"], 15, student_learner=True) == [True]
    assert bad(["HO 7", "HO 14"], 18, student_learner=False) == []
