"""Who asks, and the small world they ask about."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from partners import onboarding
from partners.handover import hand_over, held_by
from partners.models import (
    BulkChange,
    Contact,
    NotNow,
    Offer,
    OnboardingStep,
    Organization,
    PartnerAccess,
    PartnerDocument,
    PipelineStage,
    Site,
)
from pathways.models import Tie
from tests.access import listed, mailed, placed, saved_rows, seated, sequenced, twins
from wbl.accounts.models import Invitation, Membership, Role, User
from wbl.files.models import StoredFile
from wbl.tenancy.models import Change, District, NonSchoolDay, RegionMember, School, Term
from wbl.tenancy.scope import acting, district
from wbl.todo.models import Todo

# one letter of a row for each, in this order
ACTORS = (
    "anonymous",
    "viewer",
    "staff",
    "other_staff",
    "coordinator",
    "admin",
    "rival_admin",
    "contact",
    "other_contact",
    "region_coordinator",
    "operator",
    "link_holder",
)
FORGED = "forged0token0that0nobody0was0given"


def build_world(cedar: District, rival: District, people: SimpleNamespace, acme: Organization) -> SimpleNamespace:
    """Rows of Cedar for every address that names one; attributes are what the table's `args` and `@…` refer to."""
    world = SimpleNamespace(acme=acme, secrets={}, **vars(people))
    region = District.objects.create(name="Plains Region", slug="plains", state="OK", kind="region")
    world.tie = RegionMember.objects.create(region=region, district=cedar)
    world.region_coordinator = User.objects.create_user("region@example.org", name="Rae Region")
    Membership.objects.create(user=world.region_coordinator, district=region, role=Role.COORDINATOR)
    former = User.objects.create_user("former@example.org", name="Former Member")
    world.ended = Membership.objects.create(
        user=former, district=cedar, role=Role.VIEWER, ended_at=timezone.now(), ended_by=people.admin
    )
    with district(cedar), acting(people.admin.pk):
        world.member = Membership.objects.of_district().get(user=people.viewer)
        _settings(world)
        _partners(world)
        _portal(world, cedar)
        placed.build(world, cedar)
        mailed.build(world, cedar)
        seated.build(world, cedar)
        sequenced.build(world, cedar)
        Tie.objects.create(pathway=world.public_pathway, organization=acme, agreed_on="2026-10-01")
        listed.build(world, cedar)
        saved_rows.build(world, cedar)
        twins.build(world, cedar)
    return world


def _settings(world: SimpleNamespace) -> None:
    world.invitation, world.secrets["invitation_token"] = Invitation.issue(
        email="nora.new@example.org", role=Role.VIEWER, by=world.admin
    )
    world.school = School.objects.create(name="West High")
    world.term = Term.objects.create(name="Fall", first_day="2026-08-17", last_day="2026-12-18")
    world.day = NonSchoolDay.objects.create(name="Fall break", first_day="2026-10-15", last_day="2026-10-16")
    Term.objects.create(name="Gone", first_day="2025-08-17", last_day="2025-12-18").delete()
    world.removed_term = Change.objects.get(kind="tenancy.term", op="delete")


def _partners(world: SimpleNamespace) -> None:
    acme, coordinator = world.acme, world.coordinator
    world.ray = Contact.objects.get(organization=acme)
    world.site = Site.objects.create(organization=acme, name="Plant 2", city="Cedar Valley")
    world.offer = Offer.objects.create(organization=acme, type="internship", seats=2)
    world.entry = acme.record(kind="call", summary="They may take an intern", by=coordinator, contact=world.ray)
    today = dt.date(2026, 11, 23)
    world.todo = Todo.open(title="Call back", due=today, owner=coordinator, about=acme)
    world.done = Todo.open(title="Done already", due=today, owner=coordinator, about=acme)
    world.done.close(by=coordinator)
    world.session = UserSession.objects.create(user=coordinator, ip="127.0.0.1", session_key="elsewhere", user_agent="")
    world.archived = Organization.objects.create(name="Gone Away, LLC")
    world.archived.archive()
    world.bolt = Organization.objects.create(name="Bolt Electric")
    kept = StoredFile.keep(name="insurance.pdf", content_type="application/pdf", body=b"%PDF-1.7", by=coordinator)
    world.paper = PartnerDocument.objects.create(organization=acme, kind="insurance", expires=today, file=kept)
    pat = Contact.objects.create(organization=world.bolt, name="Pat Mover")
    acme.logo = StoredFile.keep(name="logo.png", content_type="image/png", body=b"png", by=coordinator)
    acme.save(update_fields=["logo"])
    world.moved = pat.move(organization=acme, on=today)
    world.trouble = acme.record(kind="visit", summary="Nobody was there", by=coordinator)
    world.trouble.went_badly(note="They had forgotten", by=coordinator)
    onboarding.start(acme, by=coordinator)
    world.steps_own = OnboardingStep.objects.get(check_key="")
    world.open_step = acme.onboarding.get(check_key="mou")
    world.done_step = acme.onboarding.get(check_key="portal")
    world.done_step.complete(how="Ticked by hand", by=coordinator)
    world.put_off = NotNow.objects.create(organization=acme, type="clinical", until="2099-01-01", by=coordinator)
    world.handed_over = hand_over(held_by(coordinator), to=world.staff, by=coordinator)
    acme.refresh_from_db()
    Organization.objects.filter(pk=acme.pk).update(owner=coordinator)
    Todo.objects.filter(owner=world.staff).update(owner=coordinator)
    world.kept_by_staff = Organization.objects.create(name="Handed Over, Inc.", owner=world.staff)
    world.handed_over.before["partners"][str(world.kept_by_staff.pk)] = coordinator.pk
    world.handed_over.save()
    PipelineStage.own()
    PipelineStage.objects.get(key="paused").retire()
    world.stage_change = acme.move_to(stage="meeting", by=coordinator)
    world.bulk = BulkChange.apply(field="stage", value="active", organizations=[world.bolt], by=coordinator)


def _portal(world: SimpleNamespace, cedar: District) -> None:
    for key, organization in (("contact", world.acme), ("other_contact", world.bolt)):
        user = User.objects.create_user(f"{key}@example.org", name=f"Portal {key}")
        PartnerAccess.objects.create(
            user=user,
            district=cedar,
            organization_id=organization.pk,
            organization_name=organization.name,
            contact_id=world.ray.pk if key == "contact" else None,
        )
        setattr(world, key, user)


def browsers(world: SimpleNamespace) -> dict[str, Client]:
    """A signed-in client for each actor; strangers and holders of a link have none."""
    made: dict[str, Client] = {}
    for actor in ACTORS:
        made[actor] = Client(raise_request_exception=False)  # an error is a 500 in the table's answer
        user: Any = getattr(world, actor, None)
        if user is not None:
            made[actor].force_login(user, backend="wbl.accounts.backends.MembershipBackend")
    return made
