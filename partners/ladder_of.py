"""Reads what the ladder knows of partners: a fixed number of queries, for one or for hundreds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from partners import hooks
from partners.ladder import REMEMBERED_DAYS, Ask, Facts, Offered, Rung, Suggestion, passed_over, resting, rungs, suggest
from partners.models import NotNow, Offer, Organization, Stage, TimelineEntry
from wbl.continuum.models import levels
from wbl.tenancy.calendar import school_year_start
from wbl.tenancy.scope import current_district

AT_ONCE = 500  # partners whose ladders are read together: memory stays flat in a large district


@dataclass(frozen=True)
class Ladder:
    """One partner's rungs and next asks; `rests` says why there are none."""

    organization: Organization
    facts: Facts
    suggestions: list[Suggestion]

    @property
    def rungs(self) -> list[Rung]:
        return rungs(self.facts)

    @property
    def passed_over(self) -> list[tuple[str, str]]:
        return passed_over(self.facts)

    @property
    def rests(self) -> str:
        return resting(self.facts)

    @property
    def offers(self) -> list[tuple[Offer, int, int | None]]:
        """Open offers with what of them is used, and could be, in this school year: times of a talk, students of an
        internship."""
        year = school_year_start(self.facts.today)
        done = [hooks.Done(self.organization.pk, type, on) for type, on in self.facts.done]
        return [(o, used(done, o.type, year), o.capacity) for o in self.organization.open_offers]  # type: ignore[attr-defined]

    @property
    def put_off(self) -> list[Any]:
        """What waits for its day, as rows of NotNow."""
        return [row for row in self.organization.waiting if row.until > self.facts.today]  # type: ignore[attr-defined]


def used(done: Sequence[hooks.Done], type: str, since: dt.date) -> int:
    return sum(each.type == type and each.on >= since for each in done)


def ladders(organizations: Sequence[Organization]) -> list[Ladder]:
    """The ladder of each: about ten queries, however many."""
    ids = [o.pk for o in organizations]
    today = current_district().today()
    year, since = school_year_start(today), today - dt.timedelta(days=REMEMBERED_DAYS)
    done, short, level_of = hooks.activity(ids, min(since, year)), hooks.needs(ids), levels()
    told, offers, put_off = _told(ids, since), _by_partner(Offer.objects.open(), ids), _by_partner(NotNow.objects, ids)
    made = []
    for organization in organizations:
        pk = organization.pk
        organization.waiting, organization.open_offers = put_off[pk], offers[pk]  # type: ignore[attr-defined]
        facts = Facts(
            today=today,
            level_of=level_of,
            done=[(each.type, each.on) for each in done.get(pk, ())],
            asks=[_ask(entry) for entry in told[pk] if entry.asked_for],
            offers=[_offered(offer, done.get(pk, ()), year) for offer in offers[pk]],
            short=_short(short.get(pk, ())),
            put_off={row.type: row.until for row in put_off[pk]},
            bad=_bad(told[pk]),
            guard_days=current_district().ask_guard_days,
            cooldown_days=current_district().cooldown_days,
            rests=_rests(organization),
        )
        made.append(Ladder(organization, facts, suggest(facts)))
    return made


def next_asks(owner: Any = None) -> list[Ladder]:
    """Partners with something to ask for, the strongest suggestion first; of one owner, or everybody's."""
    rows = Organization.objects.present().exclude(stage__in=(Stage.PROSPECT, Stage.PAUSED, Stage.DECLINED))
    rows = rows.exclude(last_contact_at=None).select_related("owner").order_by("-last_contact_at")
    if owner is not None:
        rows = rows.owned_by(owner)
    partners = list(rows)
    slices = (partners[n : n + AT_ONCE] for n in range(0, len(partners), AT_ONCE))
    found = [ladder for some in slices for ladder in ladders(some) if ladder.suggestions]
    return sorted(found, key=lambda ladder: -ladder.suggestions[0].score)


def _told(ids: Sequence[int], since: dt.date) -> dict[int, list[TimelineEntry]]:
    """Asks and bad experiences by partner, newest first."""
    found: dict[int, list[TimelineEntry]] = defaultdict(list)
    rows = TimelineEntry.objects.filter(organization__in=ids, at__date__gte=since)
    for entry in rows.filter(~Q(asked_for="") | Q(bad_at__isnull=False)).select_related("by").newest():
        found[entry.organization_id].append(entry)
    return found


def _by_partner(rows: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(organization__in=ids):
        found[row.organization_id].append(row)
    return found


def _ask(entry: TimelineEntry) -> Ask:
    return Ask(entry.asked_for, entry.answer, timezone.localdate(entry.at), str(entry.by or ""))


def _offered(offer: Offer, done: Sequence[hooks.Done], year: dt.date) -> Offered:
    capacity = offer.capacity
    left = None if capacity is None else max(0, capacity - used(done, offer.type, year))
    return Offered(offer.type, left, tuple(offer.months))


def _short(needs: Sequence[hooks.Need]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for need in needs:
        found.setdefault(need.level, []).append(need.pathway)
    return found


def _bad(entries: list[TimelineEntry]) -> tuple[dt.date, str] | None:
    bad = [(timezone.localdate(entry.at), entry.bad_note) for entry in entries if entry.bad_at]
    return max(bad) if bad else None


def _rests(organization: Organization) -> str:
    if organization.archived_at:
        return "They are archived."
    if organization.stage in (Stage.PAUSED, Stage.DECLINED):
        return f"Their stage is {organization.get_stage_display().lower()}."  # type: ignore[attr-defined]
    if organization.last_contact_at is None:
        return "Nobody has spoken to them yet: a first talk comes before the first ask."
    return ""
