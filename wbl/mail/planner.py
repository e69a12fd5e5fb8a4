"""The planner: which mails are due when, and what becomes of each. The same code writes the ledger and simulates it.

`survey` compares what the rules want with what the ledger holds and says what would change; `plan` writes that,
`simulate` only tells it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from wbl.mail.audience import in_words, outside
from wbl.mail.hindrances import Hindrances, is_quiet, out_of_quiet, plan_day
from wbl.mail.models import Message, Rule, State
from wbl.mail.models.messages import STOPPED, WAITING
from wbl.mail.people import Recipient, recipients_of
from wbl.mail.triggers import Occasion, Verdict, Window, cancel, find_records, kind_and_id
from wbl.tenancy.calendar import SchoolCalendar
from wbl.tenancy.scope import current_district

AHEAD = 14  # days that the ledger is written in advance
BACK = 31  # days that are looked back for what an outage left unplanned
SHIFT = 14  # days by which school holidays may move a mail
Key = tuple[str, str, str, int | None, dt.date | None, str]


@dataclass
class Wanted:
    """One mail that a rule wants."""

    rule: Rule
    step: str
    occasion: Occasion
    due_at: dt.datetime
    verdict: Verdict | None = None

    @property
    def key(self) -> Key:
        kind, pk = kind_and_id(self.occasion.record)
        return (self.rule.key, self.step, kind, pk, self.occasion.date, self.occasion.to.key)

    def message(self) -> Message:
        """The row that the ledger lacks."""
        message = Message.addressed(self.occasion.to, self.occasion.record, self.occasion.owner)
        message.rule, message.rule_key, message.step = self.rule, self.rule.key, self.step
        message.reference_date, message.because = self.occasion.date, self.occasion.because[:300]
        kind = self.rule.trigger
        message.category, message.required = kind.category, kind.required
        message.subject = str(kind.describe(self.occasion.record))[:300]
        message.due_at = message.next_try_at = self.due_at
        message.reason = self.verdict.reason[:300] if self.verdict else ""
        return message


@dataclass
class Line:
    """What becomes of one mail: an action on the ledger, and the outcome as things stand."""

    action: str  # create, update, keep, revive, stop
    due_at: dt.datetime
    message: Message
    to: Recipient
    verdict: Verdict | None = None
    why: str = ""
    moved: str = ""  # why it is not the day that the rule names; told where people read it (wbl.mail.ledger)

    @property
    def decision(self) -> str:
        return self.verdict.state if self.verdict else "send"

    def as_json(self) -> dict[str, str]:
        return {
            "recipient": self.to.email or self.to.name,
            "due": self.due_at.isoformat(),
            "decision": self.decision,
            "reason": self.verdict.reason if self.verdict else "",
            "rule": self.message.rule_key,
            "about": self.message.subject,
        }


@dataclass
class Survey:
    """What the rules want until a moment, beside what the ledger holds."""

    until: dt.datetime
    now: dt.datetime
    lines: list[Line] = field(default_factory=list)


def survey(rules: Iterable[Rule], *, until: dt.datetime, as_if_on: bool = False) -> Survey:
    """`as_if_on`: rules that are off count as switched on now."""
    now = timezone.now()
    found = Survey(until, now)
    rules = list(rules)
    calendar = SchoolCalendar.load()
    wanted = {w.key: w for rule in rules for w in _wanted(rule, calendar, now, until, as_if_on)}
    rows = {_key(m): m for m in _rows(rules, wanted)}
    waiting = [m for key, m in rows.items() if key not in wanted and m.state in WAITING]
    people = [w.occasion.to for w in wanted.values()]
    people_now, verdicts = recipients_of(waiting), verdicts_of(waiting)
    stand = Hindrances.load(to.email for to in [*people, *people_now.values()])
    for key, want in wanted.items():
        _settle(want, stand)
        found.lines.append(_compare(want, rows.get(key), now))
    found.lines.extend(_left_over(m, people_now[m.pk], verdicts[m.pk], stand, as_if_on) for m in waiting)
    found.lines.sort(key=lambda line: (line.due_at, line.to.name))
    return found


def plan(*, until: dt.datetime | None = None) -> int:
    """Make the open district's ledger say what its rules want; returns how many rows changed."""
    until = until or timezone.now() + dt.timedelta(AHEAD)
    rules = list(Rule.objects.all())
    for trigger in {rule.trigger_key: rule.trigger for rule in rules if rule.is_on}.values():
        trigger.prepare()
    lines = survey(rules, until=until).lines
    with transaction.atomic():
        Message.objects.bulk_create(
            [line.message for line in lines if line.action == "create"], ignore_conflicts=True, batch_size=500
        )
        for line in lines:
            _write(line)
    return sum(line.action != "keep" for line in lines)


def simulate(days: int, *, rule: Rule | None = None, off_too: bool = False) -> list[Line]:
    """The mails of the coming days and what would become of each, as things stand. Writes nothing.

    With `rule`, this one alone, as if it were switched on; with `off_too`, all that the district could switch on.
    """
    now = timezone.now()
    until = now + dt.timedelta(days)
    rules = [rule] if rule else list(Rule.objects.all())
    if off_too:
        rules += [each for each in Rule.offered() if each.pk is None]
    lines = survey(rules, until=until, as_if_on=off_too or rule is not None).lines
    return [line for line in lines if line.due_at <= until and not _is_past(line)]


def _is_past(line: Line) -> bool:
    """Decided already: out, or held back and not coming again."""
    return line.action == "keep" and line.message.state not in WAITING


def older(rule: Rule) -> list[Line]:
    """Occasions from before the rule was switched on (for one that is off: before today) that the ledger does not hold."""
    now = timezone.now()
    start = _start(rule, now, as_if_on=True)
    window = Window(start - dt.timedelta(365), start + dt.timedelta(max([0, *map(abs, rule.days)])))
    made = [w for w in _on_dates(rule, SchoolCalendar.load(), window, now) if _day(w) < start]
    wanted = {w.key: w for w in made}
    rows = {_key(m): m for m in _rows([rule], wanted)}
    stand = Hindrances.load(w.occasion.to.email for w in made)
    lines: dict[tuple[int | None, str], Line] = {}
    for key, want in sorted(wanted.items(), key=lambda item: int(item[1].step)):
        if key not in rows:
            _settle(want, stand)  # of several days of one date the last: nobody gets two mails at once
            lines[key[3], key[5]] = _compare(want, None, now)
    return sorted(lines.values(), key=lambda line: (line.message.reference_date or start, line.message.record_id or 0))


def add_older(rule: Rule, records: Iterable[int], *, by: Any) -> int:
    """Send what was ticked among the older ones; a rule that is off sends nothing. Returns their number."""
    chosen, now = set(records), timezone.now()
    picked = [line.message for line in older(rule) if line.message.record_id in chosen] if rule.is_on else []
    district = current_district()
    for message in picked:
        due = out_of_quiet(district, now) if rule.quiet_hours else now
        message.due_at = message.next_try_at = due
        message.by = by
    Message.objects.bulk_create(picked, ignore_conflicts=True)
    return len(picked)


# --- what the rules want --------------------------------------------------------------------------


def _start(rule: Rule, now: dt.datetime, as_if_on: bool) -> dt.date:
    since = rule.active_since or (now if as_if_on else None)
    assert since is not None
    return current_district().local(since).date()


def _wanted(
    rule: Rule, calendar: SchoolCalendar, now: dt.datetime, until: dt.datetime, as_if_on: bool
) -> Iterator[Wanted]:
    """Mails of one rule whose day is neither before it was switched on nor after `until`."""
    if not (rule.is_on or as_if_on) or not rule.days:
        return
    district = current_district()
    start = max(_start(rule, now, as_if_on), district.local(now).date() - dt.timedelta(BACK))
    last = district.local(until).date() + dt.timedelta(SHIFT if min(rule.days) < 0 else 0)
    window = Window(start - dt.timedelta(max(rule.days)), last - dt.timedelta(min(rule.days)))
    for want in _on_dates(rule, calendar, window, now):
        if _day(want) >= start and want.due_at <= until:
            yield want


def _on_dates(rule: Rule, calendar: SchoolCalendar, window: Window, now: dt.datetime) -> Iterator[Wanted]:
    for occasion in rule.trigger.due_for(rule, window):
        if outside(rule, occasion.to, occasion.school):
            continue
        for offset in rule.days:
            at = due_at(rule, calendar, occasion.date, offset)
            if occasion.until is None or max(at, now) < occasion.until:
                yield Wanted(rule, str(offset), occasion, at)


def _day(want: Wanted) -> dt.date:
    """The day that the rule names: before holidays move it."""
    return want.occasion.date + dt.timedelta(int(want.step))


def due_at(rule: Rule, calendar: Any, date: dt.date, offset: int) -> dt.datetime:
    """When a rule writes about a date: local wall time, the same hour on both sides of a clock change."""
    district, day, hour = current_district(), date + dt.timedelta(offset), rule.hour
    if rule.school_days:
        day = plan_day(calendar, day, backward=offset < 0)
    if rule.quiet_hours and is_quiet(district, hour):
        return out_of_quiet(district, district.at(day, hour))
    return district.at(day, hour)


def _settle(want: Wanted, stand: Hindrances) -> None:
    kind = want.rule.trigger
    want.verdict = stand.against(
        want.occasion.to, category=kind.category, required=kind.required, by_hand=kind.by_hand, automatic=True
    )


# --- beside what the ledger holds -------------------------------------------------------------------


def _key(message: Message) -> Key:
    return (
        message.rule_key,
        message.step,
        message.record_kind,
        message.record_id,
        message.reference_date,
        message.recipient,
    )


def _rows(rules: list[Rule], wanted: dict[Key, Wanted]) -> list[Message]:
    """Rows of these rules that wait or are wanted; of one-off mails those that wait."""
    keys = [rule.key for rule in rules]
    ids = {key[3] for key in wanted}
    rows = Message.objects.filter(rule_key__in=keys).select_related("rule", "owner")
    found = {m.pk: m for m in rows.filter(record_id__in=ids)} if ids else {}
    found |= {m.pk: m for m in rows.waiting()}
    if len(keys) != 1:
        found |= {m.pk: m for m in Message.objects.filter(rule=None).waiting()}
    return list(found.values())


def _compare(want: Wanted, row: Message | None, now: dt.datetime) -> Line:
    to, verdict = want.occasion.to, want.verdict
    if row is None:
        return Line("create", want.due_at, want.message(), to, verdict)
    if row.state in WAITING:
        if row.by_hand or row.by_id:  # somebody wants it now, or ticked it among the older ones
            return Line("keep", row.due_at, row, to, verdict)
        return Line(_changed(want, row), want.due_at, row, to, verdict)
    comes_again = row.state in STOPPED and not row.stopped_by_id and want.due_at >= _today(now)
    if comes_again and (verdict is None or row.state == State.CANCELLED or want.due_at > now):
        return Line("revive", want.due_at, row, to, verdict, why="It is due after all.")
    return Line("keep", want.due_at, row, to, verdict)


def _today(now: dt.datetime) -> dt.datetime:
    return current_district().local(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _changed(want: Wanted, row: Message) -> str:
    reason = want.verdict.reason[:300] if want.verdict else ""
    moved = row.attempts == 0 and row.due_at != want.due_at
    readdressed = row.readdress(want.occasion.to)
    owner = want.occasion.owner.pk if want.occasion.owner else None
    if not (moved or readdressed or row.reason != reason or row.owner_id != owner):
        return "keep"
    row.reason, row.owner_id = reason, owner
    if moved:
        row.due_at = row.next_try_at = want.due_at
    return "update"


def verdicts_of(messages: Sequence[Message]) -> dict[int, Verdict | None]:
    """Does each still want to go out? By message id. What a person chose to send is not asked."""
    found: dict[int, Verdict | None] = {m.pk: None for m in messages if m.by_hand}
    for group in _by_kind(messages):
        found |= group[0].kind.verdicts(group)
    return found | _left_out([m for m in messages if m.rule_id and m.rule.audience and found[m.pk] is None])


def not_yet_of(messages: Sequence[Message]) -> dict[int, str]:
    """Which wait for something else, and for what. Asked before `verdicts_of`: what is settled in between, that one sees."""
    found: dict[int, str] = {}
    for group in _by_kind(messages):
        found |= group[0].kind.not_yet(group)
    return found


def _by_kind(messages: Sequence[Message]) -> list[list[Message]]:
    kinds: dict[str, list[Message]] = {}
    for message in messages:
        if not message.by_hand:
            kinds.setdefault(message.kind.key, []).append(message)
    return list(kinds.values())


def _left_out(messages: Sequence[Message]) -> dict[int, Verdict | None]:
    """Those whose rule writes only to some, and not to this person (any more)."""
    if not messages:
        return {}
    people, records = recipients_of(messages), find_records(messages)
    found: dict[int, Verdict | None] = {}
    for message in messages:
        school = message.kind.school_of(records.get((message.record_kind, message.record_id)))
        if not message.by_id and outside(message.rule, people[message.pk], school):
            found[message.pk] = cancel(f"The rule writes only to some ({in_words(message.rule)}).")
    return found


def _left_over(message: Message, to: Recipient, verdict: Verdict | None, stand: Hindrances, as_if_on: bool) -> Line:
    """A row that waits and that no rule wants now: one-off, ticked among the older ones, or overtaken by events."""
    if message.rule_id and not (message.rule.is_on or as_if_on) and not message.by_hand:
        verdict = cancel("The rule was switched off.")
    elif message.rule_id and not (message.by_hand or message.by_id) and message.step not in map(str, message.rule.days):
        verdict = verdict or cancel("The rule has other days now.")
    if verdict is not None:
        return Line("stop", message.due_at, message, to, verdict)
    stands = stand.against(
        to,
        category=message.category,
        required=message.required,
        by_hand=message.by_hand,
        automatic=message.rule_id is not None,
    )
    return Line("keep", message.due_at, message, to, stands)


def _write(line: Line) -> None:
    if line.action == "update":
        new = (
            "due_at",
            "next_try_at",
            "reason",
            "owner_id",
            "to_name",
            "to_email",
            "language",
            "about_kind",
            "about_id",
        )
        Message.objects.filter(pk=line.message.pk, state__in=WAITING).update(
            **{name: getattr(line.message, name) for name in new}, about_label=line.message.about_label
        )
    elif line.action == "revive":
        reason = line.verdict.reason[:300] if line.verdict else ""
        line.message.revive(why=line.why, due_at=line.due_at, reason=reason)
    elif line.action == "stop" and line.verdict:
        line.message.stop(line.verdict)
