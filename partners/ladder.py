"""The engagement ladder: a speaker this year, an intern next year. What to ask a partner next, and why.

Pure: everything it knows stands in `Facts` (partners/ladder_of.py reads them). The weights below are the whole rule;
a suggestion's reasons name each that counted, so a coordinator can see through it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wbl.continuum.types import ExperienceType, Level
from wbl.web.dates import plain_day

LEVELS = tuple(str(level) for level in Level)

OFFERED = 4  # they say themselves that they would do it, and have some left this school year
SAID_YES = 3  # they said yes to it before, or have done it
NEXT_RUNG = 3  # one level above the highest they have done
SHORT = 3  # a pathway they are tied to has no seat at this level
IN_SEASON = 2  # the months they named begin within LEAD_DAYS, or are on
OUT_OF_SEASON = -4  # they named months, and none is near
SAID_LATER = -3  # they asked to be asked another time, within LATER_DAYS
ASKED_LATELY = -3  # somebody asked them for anything within the district's days
SAID_NO = -8  # they said no to it within a year
LEAST = 3  # with less nothing speaks for it
MOST = 3  # so many suggestions at a time

LEAD_DAYS = 60
LATER_DAYS = 180
AGREED_DAYS = 120  # a yes of these days that was not carried out yet is to be carried out, not asked for again
REMEMBERED_DAYS = 730  # what was done longer ago says little of what they would do


@dataclass(frozen=True)
class Ask:
    type: str
    answer: str
    on: dt.date
    who: str = ""


@dataclass(frozen=True)
class Offered:
    """An open offer; `left` in this school year, None where they did not say how often."""

    type: str
    left: int | None
    months: Sequence[int] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of one partner on one day. `done` holds (type, day); `bad` (day, note) of the last bad experience."""

    today: dt.date
    level_of: Mapping[str, str]
    done: Sequence[tuple[str, dt.date]] = ()
    asks: Sequence[Ask] = ()
    offers: Sequence[Offered] = ()
    short: Mapping[str, Sequence[str]] = field(default_factory=dict)  # level: names of pathways
    put_off: Mapping[str, dt.date] = field(default_factory=dict)  # type: not before
    bad: tuple[dt.date, str] | None = None
    guard_days: int = 30
    cooldown_days: int = 90
    rests: str = ""  # a sentence, where the partner's stage speaks against asking at all


@dataclass(frozen=True)
class Suggestion:
    type: str
    level: str
    score: int
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(ExperienceType(self.type).label)

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label)

    @property
    def why(self) -> str:
        return " ".join(self.reasons)


@dataclass(frozen=True)
class Rung:
    """One level: what they did of it, as (activity, how often, when last), and what they offer of it."""

    level: str
    did: tuple[tuple[str, int, dt.date], ...]
    offered: tuple[str, ...]
    short: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(Level(self.level).label)


def resting(facts: Facts) -> str:
    """Why nothing is suggested now, in words; blank when something may be."""
    if facts.bad:
        until = facts.bad[0] + dt.timedelta(days=facts.cooldown_days)
        if facts.today < until:
            note = f": “{facts.bad[1]}”" if facts.bad[1] else ""
            return f"It did not go well on {plain_day(facts.bad[0])}{note}. Nothing is suggested before {plain_day(until)}."
    return facts.rests


def suggest(facts: Facts) -> list[Suggestion]:
    """The best few asks, the best first; one of each level unless they offer more. Nothing while they rest."""
    if resting(facts):
        return []
    scored = [s for type in ExperienceType.values if (s := _suggestion(facts, type))]
    scored.sort(key=lambda s: -s.score)
    offered, kept, levels = {o.type for o in facts.offers}, [], set()
    for each in scored:
        if each.level not in levels or each.type in offered:
            kept.append(each)
            levels.add(each.level)
    return kept[:MOST]


def passed_over(facts: Facts) -> list[tuple[str, str]]:
    """What they offer and is not among the suggestions, as (label, why not), each once; nothing while they rest."""
    if resting(facts):
        return []
    suggested = {each.type for each in suggest(facts)}
    offered = dict.fromkeys(o.type for o in facts.offers if o.type not in suggested)
    return [(_label(type), _why_not(facts, type)) for type in offered]


def _why_not(facts: Facts, type: str) -> str:
    offers = [o for o in facts.offers if o.type == type]
    if facts.put_off.get(type, facts.today) > facts.today:
        return f"put off until {plain_day(facts.put_off[type])}"
    waiting = [a.on for a in facts.asks if a.type == type and not a.answer and _days(facts, a.on) < LATER_DAYS]
    if waiting:
        return f"asked for on {plain_day(max(waiting))}, and not answered yet"
    if _is_agreed(facts, type):
        return "they said yes: it is to be planned, not asked for again"
    if all(o.left is not None and o.left <= 0 for o in offers):
        return "used up this school year"
    found = _suggestion(facts, type)
    if found:
        return f"{MOST} others come first"
    against = [
        reason for points, reason in (_season(facts, offers), _refused(facts, type), _asked_lately(facts)) if points < 0
    ]
    return " ".join(against).rstrip(".") or "too little speaks for it now"


def rungs(facts: Facts) -> list[Rung]:
    """The four levels with what was done on each, the highest last."""
    did: dict[str, list[dt.date]] = {}
    for type, on in facts.done:
        if on <= facts.today:
            did.setdefault(type, []).append(on)
    return [
        Rung(
            level,
            tuple((_label(t), len(days), max(days)) for t, days in did.items() if facts.level_of[t] == level),
            tuple(_label(o.type) for o in facts.offers if facts.level_of[o.type] == level),
            tuple(facts.short.get(level, ())),
        )
        for level in LEVELS
    ]


def highest(facts: Facts) -> int:
    """The place of the highest level they have done or said yes to; -1 for none yet."""
    reached = [t for t, on in facts.done if on <= facts.today] + [a.type for a in facts.asks if a.answer == "yes"]
    return max((LEVELS.index(facts.level_of[t]) for t in reached), default=-1)


def _suggestion(facts: Facts, type: str) -> Suggestion | None:
    level = facts.level_of[type]
    offers = [o for o in facts.offers if o.type == type]
    if _is_out_of_question(facts, type, offers):
        return None
    score, reasons = 0, []
    for points, reason in (
        _offered(offers),
        _said_yes(facts, type),
        _rung(facts, level),
        _needed(facts, level),
        _season(facts, offers),
        _refused(facts, type),
        _asked_lately(facts),
    ):
        score += points
        if points and reason:
            reasons.append(reason)
    return Suggestion(type, level, score, tuple(reasons)) if score >= LEAST else None


def _is_out_of_question(facts: Facts, type: str, offers: list[Offered]) -> bool:
    """Put off, waiting for their answer or to be carried out, used up this year, or more than one rung too high."""
    if facts.put_off.get(type, facts.today) > facts.today:
        return True
    if any(a.type == type and not a.answer and _days(facts, a.on) < LATER_DAYS for a in facts.asks):
        return True
    if _is_agreed(facts, type):
        return True
    if offers and all(o.left is not None and o.left <= 0 for o in offers):
        return True
    known = bool(offers) or any(t == type for t, _on in facts.done)
    known = known or any(a.type == type and a.answer == "yes" for a in facts.asks)
    return not known and LEVELS.index(facts.level_of[type]) > highest(facts) + 1


def _is_agreed(facts: Facts, type: str) -> bool:
    """They said yes lately, and it has neither happened nor been planned since."""
    yes = [a.on for a in facts.asks if a.type == type and a.answer == "yes" and _days(facts, a.on) < AGREED_DAYS]
    return bool(yes) and not any(t == type and on >= max(yes) for t, on in facts.done)


def _offered(offers: list[Offered]) -> tuple[int, str]:
    if not offers:
        return 0, ""
    left = [o.left for o in offers if o.left is not None]
    return OFFERED, f"They offer it, {sum(left)} left this school year." if left else "They offer it."


def _said_yes(facts: Facts, type: str) -> tuple[int, str]:
    did = [on for t, on in facts.done if t == type and on <= facts.today and _days(facts, on) < REMEMBERED_DAYS]
    if did:
        return SAID_YES, f"They did it on {plain_day(max(did))}."
    yes = [a.on for a in facts.asks if a.type == type and a.answer == "yes" and _days(facts, a.on) < REMEMBERED_DAYS]
    return (SAID_YES, f"They said yes to it on {plain_day(max(yes))}.") if yes else (0, "")


def _rung(facts: Facts, level: str) -> tuple[int, str]:
    top = highest(facts)
    if LEVELS.index(level) != top + 1:
        return 0, ""
    if top < 0:
        return NEXT_RUNG, "A first step: it asks little of them."
    return NEXT_RUNG, f"One step up from {Level(LEVELS[top]).label.lower()}, which they know."


def _needed(facts: Facts, level: str) -> tuple[int, str]:
    names = facts.short.get(level, ())
    return (SHORT, f"{' and '.join(names[:2])} has no {Level(level).label.lower()} seat.") if names else (0, "")


def _season(facts: Facts, offers: list[Offered]) -> tuple[int, str]:
    months = {m for o in offers for m in o.months}
    if not months or len(months) == 12:
        return 0, ""
    near = {(facts.today + dt.timedelta(days=n)).month for n in range(0, LEAD_DAYS + 1, 10)}
    if near & months:
        return IN_SEASON, "Its season is near."
    return OUT_OF_SEASON, "Its season is far."


def _refused(facts: Facts, type: str) -> tuple[int, str]:
    for ask in sorted((a for a in facts.asks if a.type == type), key=lambda a: a.on, reverse=True):
        if ask.answer == "yes":
            return 0, ""
        if ask.answer == "no" and _days(facts, ask.on) < 365:
            return SAID_NO, f"They said no on {plain_day(ask.on)}."
        if ask.answer == "later" and _days(facts, ask.on) < LATER_DAYS:
            return SAID_LATER, f"On {plain_day(ask.on)} they said later."
    return 0, ""


def _asked_lately(facts: Facts) -> tuple[int, str]:
    lately = [a for a in facts.asks if _days(facts, a.on) < facts.guard_days]
    if not lately:
        return 0, ""
    last = max(lately, key=lambda a: a.on)
    who = f"{last.who} asked them" if last.who else "They were asked"
    return ASKED_LATELY, f"{who} lately: {_label(last.type).lower()}, {plain_day(last.on)}."


def _days(facts: Facts, on: dt.date) -> int:
    return (facts.today - on).days


def _label(type: str) -> str:
    return str(ExperienceType(type).label)
