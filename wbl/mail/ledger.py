"""The ledger as a page: its filters, its rows, what the coming days hold."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone

from wbl.mail import planner
from wbl.mail.hindrances import moved_by_calendar
from wbl.mail.models import Message, Rule, State
from wbl.mail.models.messages import GONE_OUT, WAITING
from wbl.mail.people import person_kind
from wbl.mail.triggers import mail_kind, trigger
from wbl.tenancy.calendar import SchoolCalendar
from wbl.tenancy.models import District
from wbl.web.charts import Chart, Day, day_bars
from wbl.web.lists import Filter, Listing, Rows
from wbl.web.urls import address

SHOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "planned": ("Planned", WAITING),
    "sent": ("Sent", (*GONE_OUT, State.SENDING)),
    "delivered": ("Delivered", (State.DELIVERED,)),
    "answered": ("Answered", ()),  # not a state: somebody wrote back
    "withheld": ("Withheld", (State.WITHHELD,)),
    "canceled": ("Canceled", (State.CANCELLED,)),
    "bounced": ("Bounced or failed", (State.BOUNCED, State.FAILED)),
    "spam": ("Marked as spam", (State.COMPLAINED,)),
}
ALWAYS = ("planned", "sent", "withheld")
SPANS = {"month": ("A month back", 30), "year": ("A year back", 366), "all": ("All time", 0)}
DAYS, SOON = 7, 10
TONES = {State.WITHHELD: "warn", State.BOUNCED: "bad", State.FAILED: "bad", State.COMPLAINED: "bad"}


def _rule_choices() -> list[tuple[str, str]]:
    return [(rule.key, rule.name) for rule in Rule.objects.all()]


def _by_rule(rows: Rows, value: str) -> Rows:
    return rows.filter(rule_key=value)


class Ledger(Listing):
    """`show` is the state, `about` a record ("partners.organization:5"), `off` counts rules that are off; all are links."""

    key, url_name = "ledger", "mail:ledger"
    passing = frozenset({"show", "about", "off"})
    filters = (
        Filter("rule", "Any rule", _rule_choices, _by_rule),
        Filter(
            "time",
            "A week back",
            [(k, label) for k, (label, _days) in SPANS.items()],
            lambda rows, _v: rows,
        ),
    )

    def __init__(self, params: QueryDict) -> None:
        super().__init__(params)
        self.show = params.get("show", "") if params.get("show") in SHOWN else ""
        kind, _, number = params.get("about", "").partition(":")
        self.off_too = params.get("off") == "1"  # the next 14 days as if all rules were on
        self.about = (kind, int(number)) if number.isascii() and number.isdigit() and len(number) < 18 else None

    def search(self, rows: Rows, text: str) -> Rows:
        """Name, address, organization, subject or rule: every word must be in one of them."""
        keys = [rule.key for rule in Rule.objects.filter(name__icontains=text)]
        found = Q(rule_key__in=keys)
        words = Q()
        for word in text.split()[:6]:
            words &= (
                Q(to_name__icontains=word)
                | Q(to_email__icontains=word)
                | Q(about_label__icontains=word)
                | Q(subject__icontains=word)
            )
        return rows.filter(found | words) if words else rows.filter(found)

    def in_span(self) -> Rows:
        """All rows of the chosen time; a search or a single partner looks at all of it."""
        chosen = self.params.get("time", "")
        rows = Message.objects.all()
        if self.about:
            rows = rows.filter(**dict(zip(self._columns, self.about, strict=True)))
        if chosen == "all" or (not chosen and (self.q or self.about)):
            return rows
        days = SPANS[chosen][1] if chosen in SPANS else DAYS
        return rows.filter(due_at__gte=timezone.now() - dt.timedelta(days))

    @property
    def _columns(self) -> tuple[str, str]:
        """A person's own mails, those of an announcement, or those to all people of a record."""
        kind = self.about[0] if self.about else ""
        if person_kind(kind):
            return "person_kind", "person_id"
        return ("record_kind", "record_id") if kind == "partners.mailing" else ("about_kind", "about_id")

    def whose(self, message: Message) -> str:
        """Whom or what the address names, as one of its mails has it."""
        named = {"person_kind": message.to_name, "about_kind": message.about_label}
        return named.get(self._columns[0]) or message.subject

    def is_shown(self, message: Message) -> bool:
        """Is it one of the partner's, or the person's, that the address names?"""
        return not self.about or tuple(getattr(message, name) for name in self._columns) == self.about

    def rows(self) -> Rows:
        rows = self.in_span().select_related("rule").with_answers()
        if self.show == "answered":
            rows = rows.answered()
        elif self.show:
            rows = rows.filter(state__in=SHOWN[self.show][1])
        return rows.order_by("due_at", "id") if self.show == "planned" else rows.order_by("-due_at", "-id")

    def counts(self) -> Counter[str]:
        """How many rows of the chosen time are in each state, and how many were answered: two queries."""
        chosen = self.select(self.in_span())
        found = Counter(dict(chosen.values_list("state").annotate(n=Count("pk")).order_by()))
        found["answered"] = chosen.answered().count()
        return found

    def choices(self) -> list[dict[str, Any]]:
        counts = self.counts()
        made = [{"label": "All", "href": self.query(show=None), "current": not self.show, "count": None}]
        for key, (label, states) in SHOWN.items():
            count = sum(counts[str(s)] for s in states) if states else counts[key]
            if count or key == self.show or key in ALWAYS:
                made.append({"label": label, "href": self.query(show=key), "current": key == self.show, "count": count})
        return made


@dataclass(frozen=True)
class Row:
    """One line of the ledger."""

    message: Message
    is_now: bool = False  # the line between what was and what will be
    moved: str = ""  # why one that is still to come does not come on the day its rule names

    @property
    def title(self) -> str:
        return self.message.subject or str(self.message.kind.label)

    @property
    def rule(self) -> str:
        return rule_name(self.message)

    @property
    def state(self) -> str:
        if self.message.is_waiting and self.message.reason and not self.message.attempts:
            return "Will withhold"
        return self.message.get_state_display()  # type: ignore[attr-defined]

    @property
    def tone(self) -> str:
        return "warn" if self.state == "Will withhold" else TONES.get(self.message.state, "")  # type: ignore[call-overload]

    @property
    def when(self) -> dt.datetime:
        return self.message.sent_at or self.message.due_at


def rule_name(message: Message) -> str:
    """The rule with its step, or what kind of one-off mail it is."""
    if message.rule:
        from wbl.mail.models.rules import offset_in_words

        step = message.step.lstrip("-")
        return (
            f"{message.rule.name}, {offset_in_words(int(message.step))}"
            if step.isdigit() and message.rule.trigger.is_listed
            else message.rule.name
        )
    return str(mail_kind(message.rule_key).label)


def rows_of(messages: Sequence[Message]) -> list[Row]:
    """Each with why it is moved."""
    waiting = [m for m in messages if m.is_waiting]
    why = dict(zip((m.pk for m in waiting), moved(waiting), strict=True))
    return [Row(m, moved=why.get(m.pk, "")) for m in messages]


def moved(messages: Sequence[Message]) -> list[str]:
    """Of each mail to come: why it does not come on the day its rule names, or nothing."""
    groups: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        if message.rule:
            groups[message.rule.trigger_key].append(message)
    own = {key: trigger(key).days_moved(group) for key, group in groups.items()}
    return [
        moved_by_calendar(m) or (own[m.rule.trigger_key].get(m.record_id, "") if m.rule and not m.by_hand else "")
        for m in messages
    ]


def page_of(ledger: Ledger) -> tuple[Any, list[Row], int]:
    """(page, rows, planned ones not shown). The first page without a state begins with the soonest planned ones."""
    everything = ledger.rows()
    if ledger.show:
        page = ledger.page(everything)
        return page, rows_of(list(page)), 0
    page = ledger.page(everything.exclude(state__in=WAITING))
    soon = list(ledger.select(everything.filter(state__in=WAITING).order_by("due_at", "id"))[: SOON + 1])
    if page.number > 1 or not soon:
        return page, rows_of(list(page)), 0
    rows = rows_of(soon[:SOON])
    rows += [Row(m, is_now=n == 0) for n, m in enumerate(page)]
    return page, rows, len(soon) > SOON


def coming(
    district: District, *, rule: Rule | None = None, ledger: Ledger | None = None, days: int = 14
) -> tuple[Chart, list[planner.Line]]:
    """What the next days would send and withhold, drawn and listed: the planner itself, which writes nothing.

    Of one rule as if it were on, of the partner or person that a ledger's address names, or of the district; of these
    two as if every rule were on, where the address asks for that.
    """
    off_too = ledger is not None and ledger.off_too
    lines = [ln for ln in planner.simulate(days, rule=rule, off_too=off_too) if ln.decision != State.CANCELLED]
    lines = [line for line in lines if ledger is None or ledger.is_shown(line.message)]
    for line, why in zip(lines, moved([line.message for line in lines]), strict=True):
        line.moved = why
    today, calendar = district.today(), SchoolCalendar.load()
    out: Counter[dt.date] = Counter()
    held: Counter[dt.date] = Counter()
    for line in lines:
        day = max(district.local(line.due_at).date(), today)
        (held if line.verdict else out)[day] += 1
    span = [today + dt.timedelta(n) for n in range(days)]
    bars = [Day(d, out[d], held[d], closed=not calendar.is_school_day(d), href="") for d in span]
    last = span[-1]
    says = (
        f"{sum(out.values()) + sum(held.values())} mails planned from {span[0]:%B} {span[0].day} to {last:%B} {last.day}; "
        f"{sum(out.values())} would go out and {sum(held.values())} would be withheld."
    )
    return day_bars(bars, today=today, says=says), lines


def tabs(current: str) -> list[dict[str, Any]]:
    """The places of mail."""
    places = (
        ("ledger", "Ledger", "mail:ledger"),
        ("rules", "Rules", "mail:rules"),
        ("templates", "Templates", "mail:templates"),
        ("sequences", "Sequences", "partners:sequences"),
        ("mailings", "Announcements", "partners:mailings"),
        ("stops", "Opt-outs and bounces", "mail:stops"),
        ("settings", "Sender, signature, logo", "mail:settings"),
    )
    return [
        {"label": label, "href": address(name), "current": key == current, "count": None} for key, label, name in places
    ]
