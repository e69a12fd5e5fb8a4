"""Onboarding: begun by itself when a partner commits, ticked by itself where the system can see it done."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from partners.models import EntryKind, Kind, OnboardingStep, OnboardingTask, Organization, TimelineEntry
from partners.models.onboarding import Doer
from partners.onboarding_checks import check
from wbl.accounts.models import Membership, Role
from wbl.tenancy.scope import current_district

LOOKED_AT_ONCE = 50
# title; what it means; kinds (none: all); who; days; check
DEFAULTS: tuple[tuple[str, str, tuple[str, ...], str, int, str], ...] = (
    ("A contact we can write to", "Name, role and email of the person who answers us.", (), Doer.OWNER, 7, "contact_email"),
    ("A first meeting", "At their place, at school or by video: listen first.", (), Doer.OWNER, 14, "met"),
    ("Where students come", "Street and city, so that buses and parents find it.", (Kind.EMPLOYER, Kind.COMMUNITY, Kind.EDUCATION), Doer.OWNER, 14, "site"),
    ("What you would like to offer first", "A talk takes an hour, a tour a morning. You can change it any time.", (), Doer.CONTACT, 21, "offer"),
    ("Sign the agreement", "Your coordinator sends it; a signed copy by mail is enough.", (), Doer.CONTACT, 30, "mou"),
    ("Send your insurance certificate", "A copy of the current one, as a picture or PDF.", (Kind.EMPLOYER,), Doer.CONTACT, 30, "insurance"),
    ("A look at the portal", "They sign in once with an emailed code and see what they find there.", (), Doer.OWNER, 30, "portal"),
    ("Introduce them to the schools", "Tell teachers and counselors who they are and what they offer.", (), Doer.OWNER, 45, ""),
)  # fmt: skip


def unsaved_defaults() -> list[OnboardingStep]:
    """What a district begins with, before it has steps of its own."""
    return [
        OnboardingStep(
            title=title, means=means, kinds=list(kinds), doer=doer, due_days=days, check_key=key, order=place * 10
        )
        for place, (title, means, kinds, doer, days, key) in enumerate(DEFAULTS, start=1)
    ]


def own_steps() -> None:
    """Give the district steps of its own, to be changed; once."""
    if not OnboardingStep.objects.exists():
        OnboardingStep.objects.bulk_create(unsaved_defaults())


def start(organization: Organization, *, by: Any) -> int:
    """Begin the steps that fit this kind of partner, those not begun yet; how many. What is done already is ticked."""
    return start_many([organization], by=by)


@transaction.atomic
def start_many(organizations: Sequence[Organization], *, by: Any) -> int:
    """The same for many at once, in a handful of statements; of more than `LOOKED_AT_ONCE` the sweep ticks what is
    done already. How many steps began in all."""
    own_steps()
    steps, today, admin = list(OnboardingStep.objects.standing()), current_district().today(), _an_admin()
    rows = OnboardingTask.objects.filter(organization__in=organizations)
    begun = set(rows.values_list("organization", "step"))
    tasks = [
        OnboardingTask.of(step, organization, today=today, admin=admin)
        for organization in organizations
        for step in steps
        if step.fits(organization) and (organization.pk, step.pk) not in begun
    ]
    OnboardingTask.objects.bulk_create(tasks)
    _tell(tasks, by=by)
    if len(organizations) <= LOOKED_AT_ONCE:
        for organization in {task.organization_id: task.organization for task in tasks}.values():
            look(organization)
    return len(tasks)


def _tell(tasks: list[OnboardingTask], *, by: Any) -> None:
    """One line on the timeline of each partner; a note moves no last contact."""
    counts = Counter(task.organization_id for task in tasks)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            organization_id=pk, kind=EntryKind.NOTE, summary=f"Onboarding began: {n} steps", by=by, at=timezone.now()
        )
        for pk, n in counts.items()
    )


def look(organization: Organization) -> list[OnboardingTask]:
    """Tick what the system can see done, with what it saw: one query where nothing is open."""
    ticked = []
    for task in OnboardingTask.objects.seen_by_the_system().filter(organization=organization):
        known = check(task.check_key)
        if known and (saw := known.find(organization)) and task.complete(how=saw):
            ticked.append(task)
    return ticked


def stop(organization: Organization) -> int:
    """Take the open steps off; what is done stays."""
    gone, _each = OnboardingTask.objects.open().filter(organization=organization).delete()
    return gone


def _an_admin() -> Any:
    """Whoever manages the district longest."""
    admins = Membership.objects.of_district().filter(role=Role.ADMIN, ended_at=None).order_by("created_at", "pk")
    first = admins.first()
    return first.user if first else None
