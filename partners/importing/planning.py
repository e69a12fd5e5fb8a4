"""What each row of a list would do: one pass over the records, against an index of what the district holds."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from partners.importing.known import Known, Person, Place, Target, load_targets
from partners.importing.merging import add_people, add_site, describe, fill_organization
from partners.importing.organizations import Record
from partners.importing.ties import Ties
from partners.importing.values import shown
from partners.models.importing import NO_ORGANIZATION, Decision, Outcome
from partners.names import name_key
from partners.reach import domain_of

CANDIDATES = 4
"""As many partners as a doubtful row is asked about."""


class Match(NamedTuple):
    """A partner on file that a row may be, and why; no reason where the name is the same, which needs no question."""

    pk: int
    why: str
    others: tuple["Match", ...] = ()


@dataclass(slots=True)
class Line:
    """The plan for one row. ``target`` is the organization it belongs to; the lists hold what the row adds to it.

    ``replaced`` holds, for the organization, a site or a person, ``{field: (what is on file, what the list says)}``.
    """

    record: Record
    outcome: str
    reason: str
    target: Target | None = None
    like: int | None = None
    new: bool = False
    filled: dict[str, Any] = field(default_factory=dict)
    sites: list[Place] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    refilled: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    replaced: list[tuple[Any, dict[str, tuple[Any, Any]]]] = field(default_factory=list)
    overwrites: bool = False
    owners: Mapping[int, str] = field(default_factory=dict)
    decision: str = ""
    differs: list[str] = field(default_factory=list)  # what stays as it is, in words
    tied: list[str] = field(default_factory=list)  # to which other records, in words
    others: tuple["Match", ...] = ()  # whom a doubtful row may be besides `like`
    moved_from: str = ""  # the address on file that this row's takes the place of
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """All rows with their outcomes, and the organizations that they make."""

    lines: list[Line]
    created: list[Target]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.outcome for line in self.lines)
        return {outcome: found.get(outcome, 0) for outcome in Outcome.values}


class Planner:
    """Gives each record its outcome. Rows of one name in the file are one partner, whatever their order."""

    def __init__(
        self,
        records: list[Record],
        decisions: Mapping[int, tuple[str, int | None]],
        owners: Mapping[str, int],
        columns: Mapping[str, int],
        progress: Callable[[int], None] = lambda done: None,
        *,
        overwrites: bool = False,
        asks_for_partner: bool = False,
    ) -> None:
        self.records = records
        self.decisions = dict(decisions)
        self.owners = owners
        self.columns = columns
        self.progress = progress
        self.overwrites = overwrites
        self.asks_for_partner = asks_for_partner
        self.owner_names = {pk: text for text, pk in owners.items() if "@" not in text} if overwrites else {}
        self.known = Known()
        self.keys = [self._key(record) for record in records]
        self.domains, self.phones = self._contacts_of_file()
        self.groups: dict[str, Target] = {}
        self.created: list[Target] = []
        self.targets: dict[int, Target] = {}

    def plan(self) -> Plan:
        """Return the plan; writes nothing."""
        found = self._matches()
        self._one_answer_per_name(found)
        ids = {match.pk for match in found if match} | {pk for _, pk in self.decisions.values() if pk}
        self.targets = load_targets(ids)
        lines = []
        for at, record in enumerate(self.records):
            lines.append(self._line(record, self.keys[at], found[at]))
            if at % 500 == 0:
                self.progress(at)
        Ties(lines, self.groups, self.known, self.targets).settle()
        return Plan(lines, self.created)

    # what the file says of itself

    def _key(self, record: Record) -> str:
        """What rows of one partner share: its own id in a list that was exported here, else its name."""
        if record.own_id in self.known.names:
            return f"#{record.own_id}"
        return name_key(record.name) if record.name else ""

    def _contacts_of_file(self) -> tuple[list[str], list[str]]:
        """Domain and phone of each record; one that several names of the file share says nothing about any of them.

        A phone is shared by those who are not on file: whose it is already is asked about in the others' rows."""
        domains = [self._domain(record) for record in self.records]
        phones = [self._phone(record) for record in self.records]
        for values in (domains, phones):
            used: dict[str, set[str]] = defaultdict(set)
            for value, key in zip(values, self.keys, strict=True):
                if value and not (values is phones and (key in self.known.by_key or key.startswith("#"))):
                    used[value].add(key)
            for at, value in enumerate(values):
                if value and len(used[value]) > 1:
                    values[at] = ""
        return domains, phones

    @staticmethod
    def _domain(record: Record) -> str:
        org = record.org
        if org.get("website"):
            return domain_of(org["website"])
        email = org.get("email") or next((c["email"] for c in record.contacts if c.get("email")), "")
        return domain_of(email) if email else ""

    @staticmethod
    def _phone(record: Record) -> str:
        phone = record.org.get("phone") or next((c["phone"] for c in record.contacts if c.get("phone")), "")
        return phone if phone.startswith("+") else ""

    # who is meant

    def _matches(self) -> list[Match | None]:
        """Whom each record may be."""
        found: list[Match | None] = []
        for at, record in enumerate(self.records):
            if record.skip or record.error:
                found.append(None)
                continue
            if record.own_id in self.known.names:
                found.append(Match(record.own_id, ""))
                continue
            same = self.known.named(self.keys[at], record.site.get("zip", "")[:5])
            if same is None and record.named_after:
                same = self._by_person(record)
            found.append(Match(same, "") if same else self._duplicate(at, record))
        return found

    def _by_person(self, record: Record) -> int | None:
        """A row of a person alone goes to the organization that has that person, or alone has their domain."""
        for contact in record.contacts:
            email = contact.get("email", "").lower()
            if email in self.known.by_email:
                return self.known.by_email[email]
            alike = self.known.by_domain.get(domain_of(email), ()) if email else ()
            if len(alike) == 1:
                return alike[0]
        return None

    def _one_answer_per_name(self, found: list[Match | None]) -> None:
        """Rows of one name share the doubt about it, and the decision on any of them."""
        doubts: dict[str, Match] = {}
        decided: dict[str, tuple[str, int | None]] = {}
        for at, record in enumerate(self.records):
            if match := found[at]:
                doubts.setdefault(self.keys[at], match)
            decision = self.decisions.get(record.row)
            if decision and decision[0] in (Decision.UPDATE, Decision.BOTH):
                decided[self.keys[at]] = decision
        for at, record in enumerate(self.records):
            key = self.keys[at]
            if found[at] is None and not record.skip and not record.error:
                found[at] = doubts.get(key)
            if key in decided and record.row not in self.decisions:
                self.decisions[record.row] = decided[key]

    def _duplicate(self, at: int, record: Record) -> Match | None:
        """Partners on file that it may be, the one for which most speaks first: somebody chooses."""
        found: dict[int, list[str]] = defaultdict(list)
        by_domain = self.known.by_domain.get(self.domains[at], ()) if self.domains[at] else ()
        if len(by_domain) == 1:
            found[by_domain[0]].append(f"same website or mail domain ({self.domains[at]})")
        for pk in self.known.by_phone.get(self.phones[at], ()) if self.phones[at] else ():
            found[pk].append(f"same phone {shown(self.phones[at])}")
        zip5 = record.site.get("zip", "")[:5]
        if zip5 and zip5 in self.known.by_zip and self.keys[at]:
            like = self.known.by_zip[zip5].like(self.keys[at])
            if like:
                found[like].append(f"similar name in ZIP {zip5}")
        ranked = sorted(found.items(), key=lambda each: -len(each[1]))[:CANDIDATES]
        matches = [Match(pk, ", ".join(reasons)) for pk, reasons in ranked]
        return matches[0]._replace(others=tuple(matches[1:])) if matches else None

    # what the row does

    def _line(self, record: Record, key: str, match: Match | None) -> Line:
        if record.skip:
            return Line(record, Outcome.SKIP, record.skip)
        if record.error:
            return Line(record, Outcome.ERROR, record.error)
        decision, decided = self.decisions.get(record.row, ("", None))
        if decision == Decision.SKIP:
            return Line(record, Outcome.SKIP, "Skipped by hand", like=decided, decision=decision)
        group = self.groups.get(key)
        if group is None and match and not match.why:
            group = self._known_target(match.pk, key)
        if group is None and decision == Decision.UPDATE and decided in self.targets:
            group = self._known_target(decided, key)
        if group is None and match and decision != Decision.BOTH:
            return Line(record, Outcome.DUPLICATE, match.why, like=match.pk, others=match.others)
        if group is None and self.asks_for_partner and record.named_after and decision != Decision.BOTH:
            return Line(record, Outcome.DUPLICATE, NO_ORGANIZATION)
        if group is None:
            return self._create(record, key, decision)
        return self._update(record, group, decision)

    def _known_target(self, pk: int | None, key: str) -> Target | None:
        target = self.targets.get(pk) if pk else None
        if target is not None:
            self.groups[key] = target
        return target

    def _create(self, record: Record, key: str, decision: str) -> Line:
        target = Target(None, record.name, {}, number=len(self.created), first_row=record.row)
        self.created.append(target)
        self.groups[key] = target
        line = Line(record, Outcome.CREATE, "", target, new=True, decision=decision, columns=self.columns)
        fill_organization(line, self._owner(record))
        add_site(line)
        add_people(line)
        line.reason = describe(line)
        return line

    def _update(self, record: Record, target: Target, decision: str) -> Line:
        line = Line(
            record, Outcome.UPDATE, "", target, decision=decision, columns=self.columns,
            overwrites=self.overwrites, owners=self.owner_names,
        )  # fmt: skip
        line.differs = fill_organization(line, self._owner(record))
        line.differs += add_site(line, moved=decision == Decision.MOVED)
        line.differs += add_people(line)
        if not (line.filled or line.sites or line.people or line.refilled or line.replaced):
            line.outcome = Outcome.UNCHANGED
        line.reason = describe(line)
        if target.first_row == 0:
            target.first_row = record.row
        return line

    def _owner(self, record: Record) -> int | None:
        """A colleague is found by address or full name; anybody else is listed as not taken over."""
        found = record.org.get("owner")
        if not found:
            return None
        at, text = found
        person = self.owners.get(re.sub(r"\s+", " ", text).casefold())
        if person is None and not any(place == at for place, _, _ in record.left):
            record.left.append((at, text, "is no colleague of this district"))
        return person
