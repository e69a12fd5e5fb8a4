"""Which other record a row names: its parent company, and who referred it. It may be on file or stand in the same list,
before the row or after it; so this is looked at when every row has its partner."""

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from partners.importing.known import Known, Person, Target
from partners.importing.merging import describe, fill_field, not_taken
from partners.importing.people import read_people
from partners.models import Contact
from partners.models.importing import Outcome
from partners.names import name_key, sort_key

if TYPE_CHECKING:
    from partners.importing.planning import Line

Partner = Target | int  # one that the plan knows whole, or the id of one on file
Someone = tuple[Person | int, Partner]
TIES = ("parent_id", "referred_by_id", "referred_by_contact_id")
"""Fields of an organization that hold a record until it has its id."""
_AT = re.compile(r"^(?P<name>[^,(]+?)(?:,| at | from |\s*\()\s*(?P<partner>[^()]+?)\)?$")


class Ties:
    """Ties the partners of a plan to each other and to those on file."""

    def __init__(
        self, lines: list["Line"], groups: dict[str, Target], known: Known, targets: dict[int, Target]
    ) -> None:
        self.lines, self.groups, self.known, self.targets = lines, groups, known, targets
        self.names: dict[int, str] = {}

    def settle(self) -> None:
        """Tie every row that names a parent or a referrer, and say in its reason what came of it."""
        for line in self.lines:
            org = line.record.org
            if line.target is None or not (org.get("parent") or org.get("source_detail")):
                continue
            if org.get("parent"):
                self._parent(line, *org["parent"])
            if org.get("source_detail"):
                self._referrer(line, org["source_detail"])
            if line.outcome == Outcome.UNCHANGED and (line.filled or line.replaced):
                line.outcome = Outcome.UPDATE
            line.reason = describe(line)

    # the parent company

    def _parent(self, line: "Line", at: int, text: str) -> None:
        found = self._partners(text)
        if len(found) > 1:
            why = "is the name of several partners: choose the parent on the partner's page"
        elif not found:
            why = "is no partner on file and stands in no row of this list"
        elif _same(found[0], line.target):
            return
        elif self._is_above(line.target, found[0]):
            why = "belongs to this partner itself"
        else:
            self._tie(line, "Parent company", {"parent_id": found[0]}, self._name(found[0]))
            return
        if not any(place == at for place, _, _ in line.record.left):
            line.record.left.append((at, text, why))

    def _is_above(self, target: Target | None, one: Partner) -> bool:
        """Does `one` belong to `target`, at whatever remove?"""
        seen: set[Partner] = set()
        each: Partner | None = one
        while each is not None and each not in seen:
            if _same(each, target):
                return True
            seen.add(each)
            whole = each if isinstance(each, Target) else self.targets.get(each)
            each = whole.values.get("parent_id") if whole else self.known.parents.get(each)  # type: ignore[arg-type]
        return False

    # who referred them

    def _referrer(self, line: "Line", words: str) -> None:
        found = [(person, by) for person, by in self._who(words) if not _same(by, line.target)]
        if len(found) == 1:
            person, by = found[0]
            name = self._name(by)
            label = f"{self._name_of_person(person)}, {name}" if person else name
            self._tie(line, "Referred by", {"referred_by_id": by, "referred_by_contact_id": person}, label, words)
            return
        several = "several here are called that" if found else "nobody on file or in this list is called that"
        assert line.target is not None
        if line.target.values.get("referred_by_id"):
            line.differs.append(f"Referred by “{words}” stays out: {several}")
            not_taken(line, "source_detail", words, self._name(line.target.values["referred_by_id"]))
            return
        was = line.target.values.get("source_detail")
        line.differs += fill_field(line, "source_detail", words)
        if line.target.values.get("source_detail") != was:
            line.differs.append(f"“{words}” is kept as words: {several}")

    def _who(self, words: str) -> list[tuple[Person | int | None, Partner]]:
        """Whoever may be meant, people before partners, as (person or none, partner)."""
        people = self.people.get(sort_key(words)) or []
        if not people and (hit := _AT.match(words)):
            firm = self._partners(hit["partner"])
            people = [each for each in self.people.get(sort_key(hit["name"]), ()) if each[1] in firm]
        if not people and len(turned := read_people(words)) == 1:
            people = self.people.get(sort_key(turned[0])) or []
        return list(people) or [(None, each) for each in self._partners(words)]

    def _partners(self, text: str) -> list[Partner]:
        """Partners of that name, on file or made by this list."""
        key = name_key(text)
        found: list[Partner] = list(self.known.by_key.get(key, ())) if key else []
        if key and (here := self.groups.get(key)):
            found.append(here.id or here)
        return list(dict.fromkeys(found))

    @cached_property
    def people(self) -> dict[str, list[Someone]]:
        """People on file who are still there, and those this list brings, by folded name."""
        found: dict[str, list[Someone]] = defaultdict(list)
        rows = Contact.objects.current().filter(organization__archived_at=None).order_by("id")
        for pk, name, organization in rows.values_list("id", "name", "organization_id"):
            found[sort_key(name)].append((pk, organization))
            self.names[pk] = name
        for line in self.lines:
            for person in line.people:
                if line.target:
                    found[person.key].append((person, line.target.id or line.target))
        return found

    # both

    def _tie(self, line: "Line", label: str, values: dict[str, Any], name: str, words: str = "") -> None:
        """Fill what stands empty; what stands stays, unless the list is newer. `words` are what the tie replaces."""
        target, first = line.target, next(iter(values))
        assert target is not None
        have = {key: target.values.get(key) for key in values}
        fresh = {key: value for key, value in values.items() if value is not None and value != have[key]}
        said = target.values.get("source_detail", "") if words else ""
        settled = (0, first) in target.settled
        target.settled.add((0, first))
        if not fresh:
            return
        if not any(have[key] for key in fresh) and sort_key(said) in ("", sort_key(words)):
            line.filled |= fresh
        elif line.overwrites and not line.new and not settled and target.id:
            fresh = {key: value for key, value in values.items() if value != have[key]}
            line.replaced.append((target, {key: (have[key], value) for key, value in fresh.items()}))
        else:
            stays = self._name(have[first]) if have[first] else said
            line.differs.append(f"{label} “{name}” differs, “{stays}” stays")
            not_taken(line, "source_detail" if words else first, words or name, stays)
            return
        target.values |= fresh
        if said:
            line.replaced.append((target, {"source_detail": (said, "")}))
            target.values["source_detail"] = ""
        line.tied.append(f"{label} {name}")

    def _name(self, one: Partner) -> str:
        return one.name if isinstance(one, Target) else self.known.names.get(one, "another partner")

    def _name_of_person(self, one: Person | int) -> str:
        return str(one.values["name"]) if isinstance(one, Person) else self.names[one]


def _same(one: Partner, target: Target | None) -> bool:
    return target is not None and (one is target or one == target.id)


def name_ids(lines: list["Line"]) -> None:
    """Put the ids of records that were just made in the place of the records; call when all have theirs."""
    for line in lines:
        if not line.tied or line.target is None:
            continue
        for values in (line.filled, line.target.values):
            values |= {key: _id(values[key]) for key in TIES if key in values}
        for _thing, fields in line.replaced:
            fields |= {key: (_id(fields[key][0]), _id(fields[key][1])) for key in TIES if key in fields}


def _id(value: Any) -> Any:
    return value.id if isinstance(value, Target | Person) else value
