"""Writing a plan: organizations, sites and contacts in bulk, and for each row the record by which it can be undone."""

import json
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection
from django.utils import timezone

from partners.importing.known import CONTACT_FIELDS, SITE_FIELDS, Person, Place, Target
from partners.importing.planning import Line, Plan
from partners.importing.ties import name_ids
from partners.models import Contact, EntryKind, Import, ImportRow, Organization, Site, Source, TimelineEntry
from partners.names import name_key, sort_key
from partners.reach import domain_of
from wbl.tenancy.copying import copy_rows, next_ids, update_rows

ORGANIZATION_COLUMNS = (
    "id", "name", "sort_name", "name_key", "domain", "kind", "stage", "owner_id", "phone", "phone_ext", "email",
    "website", "naics", "industry", "employees", "source", "source_detail", "parent_id", "referred_by_id",
    "referred_by_contact_id", "tags", "notes",
)  # fmt: skip
# of a person of whom the list says nothing in a column that it fills for others
UNSAID: dict[str, Any] = {"prefers": "email", "language": "en-us", "alumni_year": None, "do_not_contact": False}
SITE_COLUMNS = ("id", "organization_id", *SITE_FIELDS)
ENTRY_COLUMNS = ("organization_id", "at", "kind", "summary", "by_id", "about_kind", "about_id")
ROW_COLUMNS = (
    "job_id",
    "number",
    "outcome",
    "name",
    "reason",
    "cells",
    "left",
    "change",
    "organization_id",
    "decision",
    "others",
)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_partners(plan: Plan, job: Import) -> None:
    """Write what the plan creates and fills; the ids of new rows are set in the plan. Call inside a transaction.

    While PostgreSQL writes one table, a thread makes the rows of the next.
    """
    _give_ids(plan)
    name_ids(plan.lines)
    fields = _filled_of_people(plan)
    contact_columns = ("id", "organization_id", "name", "sort_name", *fields)
    if any("referred_by_contact_id" in line.filled for line in plan.lines):
        with connection.cursor() as cursor:
            cursor.execute("set constraints all deferred")  # partners are written before the people who referred them
    with ThreadPoolExecutor(1) as beside:
        tables: list[tuple[Any, tuple[str, ...], Iterator[tuple[Any, ...]]]] = [
            (Organization, ORGANIZATION_COLUMNS, (_organization(line) for line in plan.lines if line.new)),
            (Site, SITE_COLUMNS, (_site(line, place) for line, place in _of(plan, "sites"))),
            (Contact, contact_columns, (_contact(line, person, fields) for line, person in _of(plan, "people"))),
            (TimelineEntry, ENTRY_COLUMNS, _entries(plan, job)),
        ]
        made = [(model, columns, beside.submit(list, rows)) for model, columns, rows in tables]
        for model, columns, rows in made:
            copy_rows(model, columns, rows.result())
    _write_fills(plan)


def write_rows(plan: Plan, job: Import, cells: list[list[str]], *, applied: bool) -> None:
    """Replace the rows of the import by the plan's; with the undo record once it was applied."""
    corrections = dict(job.rows.exclude(corrections={}).values_list("number", "corrections"))
    job.rows.all()._raw_delete("default")
    copy_rows(ImportRow, (*ROW_COLUMNS, "corrections"), _rows(plan, job, cells, corrections, applied=applied))


def _rows(
    plan: Plan, job: Import, cells: list[list[str]], corrections: dict[int, Any], *, applied: bool
) -> Iterator[tuple[Any, ...]]:
    for line, row in zip(plan.lines, cells, strict=True):
        record = line.record
        belongs = line.target.id if line.target and (applied or not line.new) else None
        yield (
            job.pk, record.row, line.outcome, record.name[:200], line.reason, _encode(row),
            _encode(record.left) if record.left else "[]", _encode(_undo_record(line)) if applied else "{}",
            belongs or line.like, line.decision,
            _encode([[pk, why] for pk, why, _ in line.others]) if line.others else "[]", _encode(corrections.get(record.row, {})),
        )  # fmt: skip


def _of(plan: Plan, what: str) -> Iterator[tuple[Line, Any]]:
    return ((line, item) for line in plan.lines for item in getattr(line, what))


def _give_ids(plan: Plan) -> None:
    for model, items in (
        (Organization, plan.created),
        (Site, [place for _, place in _of(plan, "sites")]),
        (Contact, [person for _, person in _of(plan, "people")]),
    ):
        for item, pk in zip(items, next_ids(model, len(items)), strict=True):
            item.id = pk


def _organization(line: Line) -> tuple[Any, ...]:
    target = line.target
    assert target is not None
    get = target.values.get
    domain = domain_of(get("website", "")) or domain_of(get("email", ""))
    return (
        target.id, target.name, sort_key(target.name)[:200], name_key(target.name)[:200], domain,
        get("kind", "employer"), get("stage", "prospect"), get("owner_id"), get("phone", ""), get("phone_ext", ""),
        get("email", ""), get("website", ""), get("naics", ""), get("industry", ""), get("employees"),
        get("source") or Source.IMPORT.value, get("source_detail", ""), get("parent_id"),
        get("referred_by_id"), get("referred_by_contact_id"), get("tags", []), get("notes", ""),
    )  # fmt: skip


def _owner(line: Line) -> int | None:
    return line.target.id if line.target else None


def _site(line: Line, place: Place) -> tuple[Any, ...]:
    return (place.id, _owner(line), *(place.values.get(key, "") for key in SITE_FIELDS))


def _filled_of_people(plan: Plan) -> list[str]:
    """The fields that the list says anything about: the others take their defaults, and cost nothing."""
    said = {key for _, person in _of(plan, "people") for key in person.values}
    return [key for key in CONTACT_FIELDS if key in said]


def _contact(line: Line, person: Person, fields: list[str]) -> tuple[Any, ...]:
    name = str(person.values["name"])
    return (
        person.id,
        _owner(line),
        name,
        sort_key(name)[:120],
        *(person.values.get(key, UNSAID.get(key, "")) for key in fields),
    )


def _write_fills(plan: Plan) -> None:
    """Fill and replace fields of rows that were there before; what this plan creates was written with its last values."""
    organizations: dict[int, dict[str, Any]] = defaultdict(dict)
    sites: dict[int, dict[str, Any]] = defaultdict(dict)
    contacts: dict[int, dict[str, Any]] = defaultdict(dict)
    fresh = {id(target) for target in plan.created} | {
        id(item) for what in ("sites", "people") for _, item in _of(plan, what)
    }
    targets: dict[int, Target] = {}
    for line in plan.lines:
        if line.filled and line.target and line.target.id and id(line.target) not in fresh:
            targets[line.target.id] = line.target
            organizations[line.target.id].update(line.filled)
        for thing, missing in line.refilled:
            if id(thing) in fresh:
                continue
            (sites if isinstance(thing, Place) else contacts)[thing.id].update(missing)
        for thing, fields in line.replaced:
            if isinstance(thing, Target):
                targets[thing.id or 0] = thing
            into = organizations if isinstance(thing, Target) else sites if isinstance(thing, Place) else contacts
            into[thing.id].update({key: value for key, (_, value) in fields.items()})
    for pk, values in organizations.items():
        if "website" in values or "email" in values:
            now = targets[pk].values
            values["domain"] = domain_of(now.get("website", "")) or domain_of(now.get("email", ""))
        if "name" in values:
            values["sort_name"], values["name_key"] = sort_key(values["name"])[:200], name_key(values["name"])[:200]
        if "stage" in values:
            values["stage_since"] = timezone.now()
    _fill(Organization, organizations)
    _fill(Site, sites)
    _fill(Contact, contacts)


def _fill(model: Any, rows: dict[int, dict[str, Any]]) -> None:
    """One UPDATE for each set of columns that some rows fill together."""
    by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for pk, values in rows.items():
        columns = tuple(sorted(values))
        by_columns[columns].append((pk, *(values[column] for column in columns)))
    for columns, filled in by_columns.items():
        update_rows(model, columns, filled)


def _entries(plan: Plan, job: Import) -> Iterator[tuple[Any, ...]]:
    """One entry of the timeline for each organization: from which list and row it came, or what the list added."""
    first: dict[int, tuple[str, int]] = {}
    for line in plan.lines:
        if line.outcome in ("create", "update") and line.target and line.target.id:
            verb = "Imported from" if line.new else "Updated from"
            first.setdefault(line.target.id, (verb, line.record.row))
    at, kind, by, about = timezone.now(), EntryKind.IMPORT.value, job.applied_by_id, ("partners.import", job.pk)
    for pk, (verb, row) in first.items():
        yield pk, at, kind, f"{verb} {job.filename}, row {row}"[:300], by, *about
    for line in plan.lines:
        if not line.tied or line.target is None:
            continue
        changed = {key: pair[1] for _, fields in line.replaced for key, pair in fields.items()} | line.filled
        if referrer := changed.get("referred_by_id"):
            yield referrer, at, EntryKind.REFERRAL.value, f"Referred {line.target.name}."[:300], by, *about


def _undo_record(line: Line) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if line.new and line.target:
        record["organization"] = line.target.id
    elif line.filled and line.target:
        record["filled"] = [["organization", line.target.id, line.filled]]
    if line.sites:
        record["sites"] = [place.id for place in line.sites]
    if line.people:
        record["contacts"] = [person.id for person in line.people]
    for thing, missing in line.refilled:
        kind = "site" if isinstance(thing, Place) else "contact"
        record.setdefault("filled", []).append([kind, thing.id, missing])
    for thing, fields in line.replaced:
        kind = "organization" if isinstance(thing, Target) else "site" if isinstance(thing, Place) else "contact"
        record.setdefault("replaced", []).append([kind, thing.id, fields])
    return record
