"""Precision Manufacturing in Cedar: three steps, two ways in, credentials that stack, one way out, one employer."""

from types import SimpleNamespace

import pytest

from partners.models import Offer, Organization
from pathways.models import (
    Credential,
    EntryPoint,
    ExitPoint,
    Experience,
    Pathway,
    PathwayOccupation,
    SupportService,
    Tie,
)
from wbl.tenancy.models import District, RegionMember
from wbl.tenancy.scope import district


def lay(name: str = "Precision Manufacturing") -> Pathway:
    """A small pathway in the open district."""
    made = Pathway.objects.create(name=name, cluster="advanced_manufacturing", students=200, source="Workforce Board")
    steps = [
        made.append_step(grade=grade, name=title)
        for grade, title in (("Grade 9", "Intro"), ("Grade 10", "Blueprint"), ("Grade 11", "Machining I"))
    ]
    EntryPoint.objects.create(step=steps[0], who="Any 8th grader", condition="no test, no fee")
    EntryPoint.objects.create(step=steps[2], who="Transfers")
    Credential.objects.create(step=steps[0], name="OSHA 10")
    Credential.objects.create(step=steps[1], name="First aid card", stacks=False)
    Credential.objects.create(step=steps[2], name="NIMS Measurement")
    Experience.objects.create(step=steps[2], type="internship", hours=120)
    job = PathwayOccupation.objects.create(
        pathway=made, title="Machine operator", soc="51-9162", wage="18.40", openings=190, source="Board, August 2026"
    )
    ExitPoint.objects.create(step=steps[2], occupation=job)
    SupportService.objects.create(pathway=made, name="Tool fund", first_step=steps[0], last_step=steps[2])
    return made


@pytest.fixture
def pathway(cedar: District, acme: Organization) -> Pathway:
    """Acme hires, with a tour of 24 seats and one internship."""
    with district(cedar):
        made = lay()
        Tie.objects.create(pathway=made, organization=acme, role="employer")
        Offer.objects.create(organization=acme, type="tour", seats=24)
        Offer.objects.create(organization=acme, type="internship", seats=None)
    return made


@pytest.fixture
def region(cedar: District, people: SimpleNamespace) -> District:
    """A region that Cedar belongs to, Prairie does not."""
    made = District.objects.create(name="Plains Region", slug="plains", state="OK", kind="region")
    RegionMember.objects.create(region=made, district=cedar)
    return made
