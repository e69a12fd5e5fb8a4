"""What a partner's page says, gathered from every app, each part read once."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.models import Invitation
from partners.models import Contact, Offer, Organization
from placements.models import Event, HoursEntry, Placement, RosterRow, Status
from placements.models.hours import hours_in_words
from wbl.home.portal_council import Place, advice, invitations_waiting, places
from wbl.home.portal_documents import SENT, Paper, lapsing, papers
from wbl.home.portal_requests import Proposal, Request, day_words, for_a_student, proposals, requests_of

MORNING, EVENING = 4, 17  # hours of the day: whoever is up after midnight has an evening still


@dataclass(frozen=True)
class Ask:
    """One thing we ask of them now: a headline, its reason, one button, a few links."""

    title: str
    text: str
    do: str
    href: str
    send: tuple[tuple[str, Any], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = field(default=())  # a day and its hours


def student_called(placement: Placement) -> str:
    """The first name, where the family has agreed that the partner knows it; nothing else ever."""
    return placement.student.called if placement.consented else ""


class PortalPage:
    """Lazy parts of a partner's page."""

    def __init__(self, request: HttpRequest) -> None:
        self.organization: Organization = request.organization  # type: ignore[attr-defined]
        self.contact: Contact | None = request.contact  # type: ignore[attr-defined]
        self.user: Any = request.user
        self.today: dt.date = request.district.today()  # type: ignore[attr-defined]

    # --- the letter's head ------------------------------------------------------------------

    @property
    def called(self) -> str:
        return self.contact.called if self.contact else self.user.short_name

    @property
    def greeting(self) -> str:
        hour = timezone.localtime().hour
        words = _("Good morning, %(name)s.") if hour < 12 else _("Good afternoon, %(name)s.")
        by_day = MORNING <= hour < EVENING
        return (words if by_day else _("Good evening, %(name)s.")) % {"name": self.called}

    @property
    def summary(self) -> str:
        """We ask three things of you."""
        count = len(self.asks)
        if not count:
            return _("Nothing waits for you.")
        words = {1: _("one"), 2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six")}
        return ngettext("We ask %(count)s thing of you.", "We ask %(count)s things of you.", count) % {
            "count": words.get(count, count)
        }

    # --- what we ask ------------------------------------------------------------------------

    @cached_property
    def asks(self) -> list[Ask]:
        return [
            *self._invitations(),
            *self._proposals(),
            *self._requests(),
            *self._hours(),
            *self._onboarding(),
            *self._papers(),
        ]

    def _invitations(self) -> list[Ask]:
        return [self._invitation(each) for each in invitations_waiting(self.contact)]

    def _onboarding(self) -> list[Ask]:
        """Steps of onboarding that are theirs, and of which they have not said that they are done."""
        open_ones = self.organization.onboarding.open().filter(doer="contact", told_at=None)  # type: ignore[attr-defined]
        return [self._step(task) for task in open_ones.order_by("due", "order", "pk")[:3]]

    def _papers(self) -> list[Ask]:
        """Papers of theirs that end soon: the next one is sent here."""
        return [
            Ask(
                title=_("%(document)s: please send the next one") % {"document": paper.get_kind_display()},  # type: ignore[attr-defined]
                text=_("The one we have holds until %(day)s.") % {"day": day_words(paper.expires)},
                do=_("Send the document"),
                href=reverse("portal:document", args=[self.organization.pk, paper.kind]),
            )
            for paper in lapsing(self.organization, self.today)
        ]

    def _step(self, task: Any) -> Ask:
        here = reverse("portal:onboarding", args=[self.organization.pk, task.pk])
        text = f"{task.means} {_('By %(day)s.') % {'day': day_words(task.due)}}".strip()
        if task.check_key == "offer":
            offer = reverse("portal:offer_new", args=[self.organization.pk])
            return Ask(title=task.title, text=text, do=_("Offer something"), href=offer)
        if task.check_key in SENT:
            send = reverse("portal:document", args=[self.organization.pk, task.check_key])
            return Ask(title=task.title, text=text, do=_("Send the document"), href=send)
        return Ask(title=task.title, text=text, do=_("We have done this"), href=here, send=(("done", "1"),))

    def _invitation(self, each: Invitation) -> Ask:
        here, meeting = reverse("portal:invitation", args=[self.organization.pk, each.pk]), each.meeting
        # Translators: a date format, as in “Thursday, October 15”
        day = date_format(meeting.day, _("l, F j"))
        return Ask(
            title=_("%(council)s meets. Will you be there?") % {"council": meeting.council},
            text=", ".join(part for part in (day, date_format(meeting.starts, "g:i a"), meeting.place) if part),
            do=_("I’ll be there"),
            href=here,
            send=(("status", "accepted"),),
            links=(
                (_("I can’t come"), f"{here}?answer=declined"),
                (_("Somebody else comes for me"), f"{here}?answer=deputy"),
            ),
        )

    @cached_property
    def proposals(self) -> list[Proposal]:
        return proposals(self.organization)

    def _proposals(self) -> list[Ask]:
        """Students meant for them, while we wait for their yes."""
        entries = [(each.entry, each.placement) for each in self.proposals if each.waits_for_them]
        return [self._request(for_a_student(entry, placement)) for entry, placement in entries if entry]

    def _requests(self) -> list[Ask]:
        return [self._request(each) for each in requests_of(self.organization)]

    def _request(self, each: Request) -> Ask:
        here = reverse("portal:ask", args=[self.organization.pk, each.entry.pk])
        asked = _("We asked on %(day)s. One press tells us your answer.") % {"day": day_words(each.entry.at)}
        (first, word), *others = each.answers
        return Ask(
            title=each.title,
            text=f"{each.facts} {asked}".strip(),
            do=word,
            href=here,
            send=(("answer", first),),
            links=tuple((label, f"{here}?answer={answer}") for answer, label in others),
        )

    def _hours(self) -> list[Ask]:
        waiting = (
            HoursEntry.objects.awaiting_partner()
            .filter(placement__organization=self.organization)
            .select_related("placement__student")
            .prefetch_related("placement__steps")
            .order_by("date", "pk")
        )
        by_placement: dict[int, list[HoursEntry]] = {}
        for entry in waiting:
            by_placement.setdefault(entry.placement_id, []).append(entry)
        return [self._confirmation(entries) for entries in by_placement.values()]

    def _confirmation(self, entries: list[HoursEntry]) -> Ask:
        placement, total = entries[0].placement, hours_in_words(sum((e.hours for e in entries), Decimal(0)))
        who = student_called(placement) or _("your student")
        args = [self.organization.pk, placement.pk]
        return Ask(
            title=_("%(hours)s hours for %(student)s") % {"hours": total, "student": who},
            text="",
            do=_("Confirm %(hours)s hours") % {"hours": total},
            href=reverse("portal:hours_confirm", args=args),
            send=tuple(("entries", entry.pk) for entry in entries),
            links=((_("Something is wrong"), reverse("portal:hours_problem", args=args)),),
            parts=tuple((day_words(e.date), _hours(e.hours)) for e in entries),
        )

    # --- students, offers -------------------------------------------------------------------

    @cached_property
    def placements(self) -> list[Placement]:
        """Those that go on and to which everybody has said yes, or that have begun; the others are `proposals`."""
        going = self.organization.placements.going_on().with_any_step(Status.MATCHED, Status.ACTIVE)  # type: ignore[attr-defined]
        return self._named(going.order_by("starts", "pk"))

    def _named(self, placements: Any) -> list[Placement]:
        found = list(placements.select_related("student", "school", "supervisor").prefetch_related("steps"))
        for placement in found:
            placement.called = student_called(placement)
        return found

    @property
    def names_shown(self) -> bool:
        return any(placement.called for placement in self.placements)  # type: ignore[attr-defined]

    @cached_property
    def events(self) -> list[Event]:
        return list(Event.objects.coming(self.today).filter(organization=self.organization).with_counts()[:6])

    @cached_property
    def offers(self) -> list[Offer]:
        offers = list(self.organization.offers.all())  # type: ignore[attr-defined]
        return sorted(offers, key=lambda offer: (offer.closed_at is not None, offer.pk))

    @cached_property
    def papers(self) -> list[Paper]:
        return papers(self.organization, self.today)

    @cached_property
    def councils(self) -> list[Place]:
        return places(self.contact)

    @cached_property
    def advice(self) -> list[Any]:
        return list(advice(self.contact))

    # --- what came of it --------------------------------------------------------------------

    @cached_property
    def impact(self) -> dict[str, Any]:
        """Students met, hours on site, visits and talks; each number is a list on the page of impact."""
        placed = set(self._past_placements().values_list("student_id", flat=True))
        came = RosterRow.objects.filter(event__organization=self.organization, attended=True)
        met = set(came.filter(event__cancelled_at=None).values_list("student_id", flat=True))
        hours = HoursEntry.objects.approved().filter(placement__organization=self.organization).total()
        return {"students": len(placed | met), "hours": hours, "events": len(self.past_events)}

    def _past_placements(self) -> Any:
        return self.organization.placements.with_step(Status.ACTIVE)  # type: ignore[attr-defined]

    @cached_property
    def all_placements(self) -> list[Placement]:
        return self._named(self._past_placements().with_hours().order_by("-starts", "-pk")[:200])

    @cached_property
    def past_events(self) -> list[Event]:
        """Held and rolled: with the number of students who came."""
        came = Count("roster", filter=Q(roster__attended=True))
        held = Event.objects.held().filter(organization=self.organization).exclude(rolled_at=None)
        return list(held.annotate(came=came).order_by("-day"))


def _hours(hours: Decimal) -> str:
    """1 hour; 3.5 hours."""
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": hours_in_words(hours)}
