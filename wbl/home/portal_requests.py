"""What the district asked of a partner and waits to hear: help of a kind, or a yes to one student."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Organization, TimelineEntry
from placements.models import Placement, Status
from wbl.tenancy.record import kind_of

ASKED_WITHIN = 120  # days; an older ask is no longer one
ANSWERS = (
    ("yes", gettext_lazy("Yes, let’s talk")),
    ("later", gettext_lazy("Another time")),
    ("no", gettext_lazy("Not this year")),
)
TO_A_STUDENT = (("yes", gettext_lazy("Yes, gladly")), ("no", gettext_lazy("No, not this time")))
ADULT_ENOUGH = 16  # what an employer may know of an age: 16 or older, yes or no


@dataclass(frozen=True)
class Request:
    """One ask in words. `what` is English: it goes into the timeline and onto the coordinator's list."""

    entry: TimelineEntry
    what: str
    title: str
    facts: str
    answers: tuple[tuple[str, Any], ...]


def request_of(entry: TimelineEntry) -> Request:
    placement = entry.about if entry.about_kind == kind_of(Placement) else None
    if isinstance(placement, Placement):
        return for_a_student(entry, placement)
    what = entry.get_asked_for_display().lower()  # type: ignore[attr-defined]
    title = _("Could you help with this: %(what)s?") % {"what": what}
    return Request(entry, what, title, "", ANSWERS)


def for_a_student(entry: TimelineEntry, placement: Placement) -> Request:
    """An ask that is about one student."""
    what = f"{placement.get_type_display().lower()} for a student of {placement.school}"  # type: ignore[attr-defined]
    title = _("Would you take a student of %(school)s?") % {"school": placement.school}
    return Request(entry, what, title, facts_of(placement), TO_A_STUDENT)


def facts_of(placement: Placement) -> str:
    """What a partner may know before the family has agreed: never who it is."""
    from_day = _("From %(day)s.") % {"day": day_words(placement.starts)}
    until = _("Until %(day)s.") % {"day": day_words(placement.ends)} if placement.ends else ""
    age = _("16 or older.") if placement.student.age_on(placement.starts) >= ADULT_ENOUGH else _("Under 16.")
    what = ": ".join(part for part in (placement.get_type_display(), placement.job_title) if part)  # type: ignore[attr-defined]
    return " ".join(part for part in (f"{what}.", from_day, until, _sentence(placement.schedule), age) if part)


def _sentence(words: str) -> str:
    return f"{words.rstrip('.')}." if words else ""


def day_words(value: dt.date | dt.datetime) -> str:
    """Mon, Oct 12, in the reader's language."""
    local = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    # Translators: a date format: weekday, month and day, as in “Mon, Oct 12”
    return date_format(local, _("D, M j"))


def requests_of(organization: Organization) -> list[Request]:
    """Asks that nobody has answered: two queries. Those for one student are told by `proposals`."""
    since = timezone.now() - dt.timedelta(days=ASKED_WITHIN)
    waiting = organization.timeline.asks().filter(answer="", at__gte=since)  # type: ignore[attr-defined]
    return [request_of(entry) for entry in waiting.exclude(about_kind=kind_of(Placement)).order_by("at")[:5]]


@dataclass(frozen=True)
class Proposal:
    """A student meant for this partner, to whom not everybody has said yes; `entry` asked for it, if anything did."""

    placement: Placement
    entry: TimelineEntry | None

    @property
    def waits_for_them(self) -> bool:
        return self.entry is not None and not self.entry.answer

    @property
    def facts(self) -> str:
        return facts_of(self.placement)

    @property
    def state(self) -> str:
        """How it stands, and what comes next."""
        if self.waits_for_them:
            return _("This waits for your answer, above.")
        if self.entry is None:
            return _("Nothing is settled yet. If it does not suit you, tell your coordinator: see below.")
        if self.entry.answer == "yes":
            return _("You said yes. We tell you once the student and the family have agreed, too.")
        return _("You told us that it does not suit you. Your coordinator gets back to you.")


def proposals(organization: Organization) -> list[Proposal]:
    """Placements that neither began nor have everybody's yes, the next to begin first: two queries."""
    planned = organization.placements.going_on().without_step(Status.MATCHED).without_step(Status.ACTIVE)  # type: ignore[attr-defined]
    found = list(planned.select_related("school", "student").order_by("starts", "pk")[:20])
    asks: Any = organization.timeline.asks().filter(about_kind=kind_of(Placement))  # type: ignore[attr-defined]
    asked = {entry.about_id: entry for entry in asks.filter(about_id__in=[p.pk for p in found]).order_by("at", "pk")}
    return [Proposal(placement, asked.get(placement.pk)) for placement in found]
