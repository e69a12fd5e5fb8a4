"""Two pathways of the demonstration district: one whole and public, one with gaps; and one that the region shares."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from partners.models import Organization
from pathways.models import (
    Credential,
    EntryPoint,
    ExitPoint,
    Experience,
    Pathway,
    PathwayOccupation,
    Step,
    SupportService,
    Tie,
)
from pathways.versions import share

SOURCE = "Invented for this demonstration"
# partners that agreed to be named in public, and how many days ago
NAMED = {
    "Halvorsen Machine & Tool": 60,
    "Ironwood Welding & Fabrication": 41,
    "Redbud Regional Medical Center": 75,
    "Stillhouse Creek College": 90,
}

# name; cluster; description; students; finishers; steps (grade, name, kind, entry, condition, experience, hours, credential, exit)
PATHWAYS: tuple[dict[str, Any], ...] = (
    {
        "name": "Precision Manufacturing",
        "cluster": "advanced_manufacturing",
        "description": "From the first caliper to a degree in mechatronics, with three places to leave for good work and two to come back.",
        "students": 214,
        "finishers": 96,
        "occupations": (
            ("51-4041", "Machine operator", "18.40", 120),
            ("51-9161", "CNC machinist", "23.75", 160),
            ("49-2094", "Automation technician", "32.60", 60),
        ),
        "steps": (
            (
                "Grade 9",
                "Intro to Manufacturing",
                "course",
                "Any 8th grader",
                "no test, no fee",
                "speaker",
                None,
                "",
                "",
            ),
            ("Grade 10", "Blueprint and Measurement", "course", "", "", "tour", None, "OSHA 10", ""),
            (
                "Grade 11",
                "Precision Machining I",
                "course",
                "Transfers",
                "algebra passed",
                "job_shadow",
                None,
                "Measurement",
                "",
            ),
            (
                "Grade 12",
                "Precision Machining II",
                "course",
                "",
                "",
                "internship",
                120,
                "CNC Operator",
                "Machine operator",
            ),
            (
                "Technology center",
                "CNC and Automation",
                "program",
                "Adults",
                "back to school",
                "youth_apprenticeship",
                None,
                "CNC Programmer",
                "CNC machinist",
            ),
            (
                "College",
                "A.A.S. Mechatronics",
                "college",
                "",
                "",
                "registered_apprenticeship",
                None,
                "Mechatronics L2",
                "Automation technician",
            ),
        ),
        "services": (
            ("Transit pass and tool fund", "Second Start", 0, 3),
            ("Tutoring, Tuesdays and Thursdays", "", 2, 4),
            ("Child care", "the workforce board", 4, 5),
        ),
        "ties": (
            ("Halvorsen Machine & Tool", "employer"),
            ("Ironwood Welding & Fabrication", "employer"),
            ("Harvest Table Foods", "employer"),
            ("Stillhouse Creek College", "provider"),
        ),
    },
    {
        "name": "Health Sciences",
        "cluster": "health",
        "description": "From a first look at clinics to nursing and imaging, with a clinical rotation in grade 12.",
        "students": 388,
        "finishers": 140,
        "occupations": (("31-1131", "Nursing assistant", "16.90", 210), ("29-2061", "Practical nurse", "25.10", 75)),
        "steps": (
            ("Grade 9", "Health Careers", "course", "Any 8th grader", "", "speaker", None, "", ""),
            ("Grade 10", "Anatomy", "course", "", "", "tour", None, "First aid", ""),
            ("Grade 11", "Medical Terms and Care", "course", "Transfers", "biology passed", "job_shadow", None, "", ""),
            (
                "Grade 12",
                "Clinical Rotation",
                "program",
                "",
                "",
                "clinical",
                75,
                "Nursing Assistant",
                "Nursing assistant",
            ),
            (
                "Technology center",
                "Practical Nursing",
                "program",
                "Adults",
                "",
                "practicum",
                None,
                "Practical Nurse",
                "Practical nurse",
            ),
        ),
        "services": (("Scrubs and immunization fund", "Redbud Regional", 2, 4),),
        "ties": (
            ("Redbud Regional Medical Center", "employer"),
            ("Meridian Home Health", "employer"),
            ("Okafor Family Dental", "employer"),
            ("Bluestem Veterinary Clinic", "employer"),
            ("Stillhouse Creek College", "provider"),
        ),
    },
)


SHARED: dict[str, Any] = {
    "name": "Wind Energy Technician",
    "cluster": "energy",
    "description": "Shared by the region: two years of high school, one of technology center, and work on the towers.",
    "students": None,
    "finishers": 35,
    "occupations": (("49-9081", "Wind turbine technician", "29.40", 80),),
    "steps": (
        ("Grade 11", "Electricity and Mechanics", "course", "Any 10th grader", "", "tour", None, "OSHA 10", ""),
        ("Grade 12", "Energy Systems", "course", "", "", "job_shadow", None, "", ""),
        (
            "Technology center",
            "Wind Technology",
            "program",
            "Adults",
            "",
            "youth_apprenticeship",
            None,
            "Climb and rescue",
            "Wind turbine technician",
        ),
    ),
    "services": (),
    "ties": (),
}


def seed(partners: dict[str, Organization], users: dict[str, Any]) -> dict[str, Pathway]:
    """Both pathways, published; by name."""
    return {facts["name"]: _pathway(facts, partners, users) for facts in PATHWAYS}


def seed_region(users: dict[str, Any]) -> None:
    """A pathway that the region shares, for its districts to adopt."""
    share(_pathway(SHARED, {}, users, by="rosa"))


def _pathway(
    facts: dict[str, Any], partners: dict[str, Organization], users: dict[str, Any], by: str = "marisol"
) -> Pathway:
    plain = {key: facts[key] for key in ("name", "cluster", "description", "students", "finishers")}
    pathway = Pathway.objects.create(**plain, source=SOURCE)
    occupations = {
        title: PathwayOccupation.objects.create(
            pathway=pathway, soc=soc, title=title, wage=Decimal(wage), openings=openings, source=SOURCE
        )
        for soc, title, wage, openings in facts["occupations"]
    }
    steps = [_step(pathway, row, occupations) for row in facts["steps"]]
    for name, provider, first, last in facts["services"]:
        SupportService.objects.create(
            pathway=pathway, name=name, provider=provider, first_step=steps[first], last_step=steps[last]
        )
    for name, role in facts["ties"]:
        agreed = timezone.localdate() - dt.timedelta(NAMED[name]) if name in NAMED else None
        Tie.objects.create(pathway=pathway, organization=partners[name], role=role, agreed_on=agreed)
    pathway.publish(by=users[by])
    return pathway


def _step(pathway: Pathway, row: tuple[Any, ...], occupations: dict[str, PathwayOccupation]) -> Step:
    grade, name, kind, who, condition, experience, hours, credential, leaves = row
    step: Step = pathway.append_step(grade=grade, name=name, kind=kind)
    if who:
        EntryPoint.objects.create(step=step, who=who, condition=condition)
    if credential:
        Credential.objects.create(step=step, name=credential)
    if leaves:
        ExitPoint.objects.create(step=step, occupation=occupations[leaves])
    Experience.objects.create(step=step, type=experience, hours=hours)
    return step
