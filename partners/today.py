"""What Today says of partners."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from partners.models import (
    Contact,
    DuplicatePair,
    NotNow,
    OnboardingTask,
    Organization,
    PartnerDocument,
    TimelineEntry,
)
from partners.models.stages import warm_stages
from wbl.accounts.models import Membership
from wbl.web.rows import DUE, LATE, UNHEALTHY, WAITING, Happened, Row

QUIET_DAYS = 90
LAPSE_DAYS = 30
REPLIES = 20  # told one by one
EXCERPT = 120  # characters of each


def rows(district: Any, user: Any) -> list[Row]:
    """Partners asked and not heard from, asks put off until now, papers that lapse, active ones long not spoken to,
    pairs that may be one: a query each."""
    return (
        _unanswered(district, user)
        + _come_back(district, user)
        + _onboarding(district, user)
        + _lapsing(district, user)
        + _quiet(district, user)
        + _twice()
        + _left_behind()
    )


def _left_behind() -> list[Row]:
    """Partners of people who do not work here any more, a row a person: one query."""
    ended = Membership.objects.of_district().exclude(ended_at=None).order_by().values("user")
    held = Organization.objects.present().filter(owner__in=ended).order_by()
    found = held.values_list("owner", "owner__name", "owner__email").annotate(n=Count("pk"))
    return [
        Row(
            section=UNHEALTHY,
            icon="partners",
            name=f"{n} partner{'s' if n > 1 else ''}",
            href=f"{reverse('partners:list')}?owner={pk}",
            after=f" {'belong' if n > 1 else 'belongs'} to {name or email}, who has left",
            why="Nobody sees to what comes due there.",
            action="Hand over",
            action_href=f"{reverse('partners:hand_over')}?giver={pk}",
        )
        for pk, name, email, n in found
    ]


def _twice() -> list[Row]:
    """One row for all pairs that the night found and nobody has looked at."""
    count = DuplicatePair.objects.waiting().count()
    if not count:
        return []
    return [
        Row(
            section=UNHEALTHY,
            icon="partners",
            name=f"{count} pair{'s' if count > 1 else ''} of partners",
            href=reverse("partners:duplicates"),
            after=" may be one each" if count > 1 else " may be one",
            why="Who is on file twice is asked twice.",
            when="",
            action="Look",
            action_href=reverse("partners:duplicates"),
        )
    ]


def _lapsing(district: Any, user: Any) -> list[Row]:
    """Papers whose last day, or last day to give notice, is near or past."""
    today = district.today()
    papers = PartnerDocument.objects.acting_by(today + dt.timedelta(days=LAPSE_DAYS)).select_related("organization")
    if user is not None:
        papers = papers.filter(organization__owner=user)
    return [
        Row(
            section=UNHEALTHY,
            icon="document",
            name=paper.organization.name,
            href=f"{paper.organization.get_absolute_url()}#documents",
            after=f": {str(paper).lower() if not paper.title else paper}",
            why=f"{said[0].upper()}{said[1:]}.",
            when=_in_days(paper.acts_on, today),
            tone=tone,
            action="Renewed",
            action_href=reverse("partners:document_renewal", args=[paper.organization_id, paper.pk]),
            order=paper.acts_on,
            owner_id=paper.organization.owner_id,
        )
        for paper in papers[:30]
        for said, tone in [paper.standing]
    ]


def _in_days(day: dt.date, today: dt.date) -> str:
    days = (day - today).days
    many = f"{abs(days)} day{'s' if abs(days) != 1 else ''}"
    return f"in {many}" if days > 0 else f"{many} ago" if days else "today"


def _come_back(district: Any, user: Any) -> list[Row]:
    """Asks that somebody put off until now: one query. After a month they stand on the ladder only."""
    today = district.today()
    due = NotNow.objects.filter(until__lte=today, until__gt=today - dt.timedelta(days=30))
    due = due.filter(organization__archived_at=None).select_related("organization")
    if user is not None:
        due = due.filter(by=user)
    return [
        Row(
            section=DUE,
            icon="clock",
            name=row.organization.name,
            href=reverse("partners:ladder", args=[row.organization_id]),
            after=f": ask again, {row.get_type_display().lower()}",
            why=row.note or "It was put off until now.",
            when=_days_ago(row.until, today),
            action="Ask",
            action_href=reverse("partners:log_with", args=[row.organization_id]) + f"?asked_for={row.type}",
            dialog=True,
            order=row.until,
        )
        for row in due[:30]
    ]


def _onboarding(district: Any, user: Any) -> list[Row]:
    """Steps that are due; what the partner is to do waits for them: one query."""
    today = district.today()
    due = OnboardingTask.objects.open().filter(due__lte=today, organization__archived_at=None)
    due = due.select_related("organization").order_by("due", "pk")
    if user is not None:
        due = due.owned_by(user)
    return [
        Row(
            section=WAITING if task.is_theirs else LATE if task.due < today else DUE,
            icon="list",
            name=task.organization.name,
            href=reverse("partners:onboarding", args=[task.organization_id]),
            after=f": {task.title}",
            why="They said that it is done; see to it." if task.told_at else task.means,
            when=f"{_days_ago(task.due, today)} late" if task.due < today else "Today",
            tone="" if task.is_theirs or task.due == today else "bad",
            action="Look",
            action_href=reverse("partners:onboarding", args=[task.organization_id]),
            order=task.due,
        )
        for task in due[:40]
    ]


def _days_ago(day: dt.date, today: dt.date) -> str:
    days = (today - day).days
    return "Today" if not days else f"{days} day{'s' if days != 1 else ''}"


def _unanswered(district: Any, user: Any) -> list[Row]:
    """Asks of the last two months that nobody answered, from the hour they were made: one query."""
    since = timezone.now() - dt.timedelta(days=60)
    asks = (
        TimelineEntry.objects.asks()
        .filter(answer="", at__gt=since, organization__archived_at=None)
        .select_related("organization")
        .order_by("at")
    )
    if user is not None:
        asks = asks.filter(by=user)
    return [
        Row(
            section=WAITING,
            icon="mail-out",
            name=ask.organization.name,
            href=ask.organization.get_absolute_url(),
            after=f": {ask.get_asked_for_display().lower()}",
            why=ask.summary,
            when=_days(ask.at, district),
            action="Log the answer",
            action_href=reverse("partners:ask_answer", args=[ask.organization_id, ask.pk]),
            dialog=True,
            order=district.local(ask.at).date(),
            owner_id=ask.by_id,
        )
        for ask in asks[:30]
    ]


def _quiet(district: Any, user: Any) -> list[Row]:
    quiet = Organization.objects.present().in_stage(*warm_stages())
    quiet = quiet.quiet_since(timezone.now() - dt.timedelta(days=QUIET_DAYS)).order_by("last_contact_at")
    if user is not None:
        quiet = quiet.owned_by(user)
    return [
        Row(
            section=UNHEALTHY,
            icon="partners",
            name=partner.name,
            href=partner.get_absolute_url(),
            after=" has not heard from you",
            why=f"{partner.get_stage_display()}; a call keeps it so.",
            when=_days(partner.last_contact_at, district) if partner.last_contact_at else "never",
            tone="warn",
            action="Log a contact",
            action_href=reverse("partners:log_with", args=[partner.pk]),
            dialog=True,
            order=district.local(partner.last_contact_at).date() if partner.last_contact_at else None,
            owner_id=partner.owner_id,
            person=("partners.organization", partner.pk),
        )
        for partner in quiet[:5]
    ]


def _days(at: dt.datetime, district: Any) -> str:
    days = (district.today() - district.local(at).date()).days
    return f"{days} day{'s' if days != 1 else ''}"


def since(district: Any, begin: dt.datetime) -> list[Happened]:
    """Replies that came in, each with its hour and its place on the timeline; the older ones as one line. One query."""
    replies = TimelineEntry.objects.filter(kind="mail_in", at__gte=begin).select_related("organization", "contact")
    newest = list(replies.order_by("-at")[: REPLIES + 1])
    lines = [
        Happened(
            at=entry.at,
            icon="mail-in",
            text=f"{entry.contact or 'Somebody'} of {entry.organization} replied: {_excerpt(entry)}",
            href=entry.place_to_read,
            link="Read it",
        )
        for entry in newest[:REPLIES]
    ]
    if len(newest) > REPLIES:
        older = reverse("mail:ledger")
        lines.append(Happened(at=newest[-1].at, icon="mail-in", text="Earlier replies came in, too.", href=older))
    return lines


def _excerpt(entry: TimelineEntry) -> str:
    """What they wrote, without what they quoted and in one line; a mail without words is told by its subject."""
    return Truncator(" ".join(entry.body.split()) or entry.summary).chars(EXCERPT)


def phones(people: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], str]:
    """The number to call for each (kind, id) of a person or partner, as it is read: two queries whatever their number."""
    wanted: dict[str, set[int]] = {"partners.contact": set(), "partners.organization": set()}
    for kind, pk in people:
        if kind in wanted and pk:
            wanted[kind].add(pk)
    found: dict[tuple[str, int], str] = {}
    if wanted["partners.contact"]:
        rows = Contact.objects.filter(pk__in=wanted["partners.contact"]).select_related("organization")
        for contact in rows:
            own, firm = (contact.phone or contact.mobile, contact.phone_ext), contact.organization
            number, ext = own if own[0] else (firm.phone, firm.phone_ext)
            found["partners.contact", contact.pk] = _number(number, ext)
    if wanted["partners.organization"]:
        for firm in Organization.objects.filter(pk__in=wanted["partners.organization"]):
            found["partners.organization", firm.pk] = _number(firm.phone, firm.phone_ext)
    return found


def _number(number: str, extension: str) -> str:
    return f"{number}x{extension}" if number and extension else number
