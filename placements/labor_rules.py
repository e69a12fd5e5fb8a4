"""The federal youth-employment floor as data: ages, hours, times of day, hazardous orders.

Typed by hand from public law and read against it in `AS_OF`; the stricter of federal and state law wins, so the screen
says "check with your state office" beside every verdict. Help, not legal advice. What follows from the data is worked
out in placements.labor; nothing there names a number.
"""

import datetime as dt
from dataclasses import dataclass

JURISDICTION = "US federal (FLSA)"
AS_OF = dt.date(2026, 11, 1)
CHECK = "Check with your state office: a state may ask for more, and the stricter rule wins."


@dataclass(frozen=True)
class Limits:
    """Hours and times of day for an age; None where the law sets no limit. `ages` is from, up to and including."""

    ages: tuple[int, int]
    source: str
    in_short: str
    work_experience_program: bool = False
    school_day: int | None = None
    non_school_day: int | None = None
    school_week: int | None = None
    non_school_week: int | None = None
    earliest: dt.time | None = None
    latest: dt.time | None = None
    latest_summer: dt.time | None = None
    outside_school_hours: bool = False
    may_work: bool = True
    hazards: str = "barred"  # "barred", "by exemption" or "free"


LIMITS: tuple[Limits, ...] = (
    Limits(
        ages=(0, 13),
        source="29 CFR 570.119",
        in_short="Under 14: no covered non-agricultural employment.",
        may_work=False,
    ),
    Limits(
        ages=(14, 15),
        source="29 CFR 570.35",
        in_short=(
            "14 and 15: outside school hours; 3 hours on a school day, Fridays too, 18 in a school week; "
            "8 on another day, 40 in a week without school; 7 am to 7 pm, to 9 pm from June 1 to Labor Day."
        ),
        school_day=3,
        non_school_day=8,
        school_week=18,
        non_school_week=40,
        earliest=dt.time(7),
        latest=dt.time(19),
        latest_summer=dt.time(21),
        outside_school_hours=True,
    ),
    Limits(
        ages=(14, 15),
        source="29 CFR 570.36",
        in_short=(
            "14 and 15 in a state-approved work-experience program: 23 hours in a school week, 3 on a school day, "
            "school hours allowed; 7 am to 7 pm, to 9 pm from June 1 to Labor Day."
        ),
        work_experience_program=True,
        school_day=3,
        non_school_day=8,
        school_week=23,
        non_school_week=40,
        earliest=dt.time(7),
        latest=dt.time(19),
        latest_summer=dt.time(21),
    ),
    Limits(
        ages=(16, 17),
        source="29 CFR 570.2",
        in_short="16 and 17: no federal limit of hours; the 17 hazardous orders apply.",
        hazards="by exemption",
    ),
    Limits(ages=(18, 200), source="29 CFR 570.2", in_short="18 and over: no federal limit.", hazards="free"),
)
# Summer evenings: June 1 through Labor Day, the first Monday of September (29 CFR 570.35(a)(6))
SUMMER_BEGINS = (6, 1)
_BELOW_16 = "manufacturing, construction, power-driven machinery, baking, most cooking, freezers, loading of trucks"
UNDER_16_BARRED = (f"Below 16 also barred: {_BELOW_16}.", "29 CFR 570.33")


@dataclass(frozen=True)
class Order:
    """A hazardous occupation order; `exempt`: student-learners and apprentices of 16 and 17 may, on conditions."""

    key: str
    source: str
    title: str
    exempt: bool


ORDERS: dict[str, Order] = {
    key: Order(key, f"29 CFR {section}", title, exempt)
    for key, section, title, exempt in (
        ("HO 1", "570.51", "Manufacturing and storing of explosives", False),
        ("HO 2", "570.52", "Driving a motor vehicle and being an outside helper on one", False),
        ("HO 3", "570.53", "Coal mining", False),
        ("HO 4", "570.54", "Forest fire fighting, forestry, timber tracts, logging and sawmilling", False),
        ("HO 5", "570.55", "Power-driven woodworking machines", True),
        ("HO 6", "570.57", "Radioactive substances and ionizing radiation", False),
        ("HO 7", "570.58", "Power-driven hoisting apparatus, forklifts", False),
        ("HO 8", "570.59", "Power-driven metal-forming, punching and shearing machines", True),
        ("HO 9", "570.60", "Mining other than coal", False),
        ("HO 10", "570.61", "Meat and poultry packing or processing, power-driven meat slicers", True),
        ("HO 11", "570.62", "Power-driven bakery machines", False),
        ("HO 12", "570.63", "Balers, compactors and power-driven paper-products machines", True),
        ("HO 13", "570.64", "Manufacturing brick, tile and related products", False),
        (
            "HO 14",
            "570.65",
            "Power-driven circular, band and chain saws, guillotine shears, wood chippers, abrasive cutting discs",
            True,
        ),
        ("HO 15", "570.66", "Wrecking, demolition and shipbreaking", False),
        ("HO 16", "570.67", "Roofing and all work on or about a roof", True),
        ("HO 17", "570.68", "Excavation", True),
    )
}
STUDENT_LEARNER_SOURCE = "29 CFR 570.50(c)"
STUDENT_LEARNER_NEEDS = (
    "the hazardous work is incidental to training",
    "it is intermittent, for short periods, under direct and close supervision of a qualified person",
    "safety instruction is given by the school and correlated by the employer with on-the-job training",
    "a schedule of organized, progressive work processes exists",
    "the written agreement names the student and is signed by the employer and the school’s coordinator or principal",
)
