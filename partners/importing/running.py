"""Check, apply and undo an import: the verbs that outgrew their model."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from partners.importing.guessing import Column, guess_columns, require_name
from partners.importing.limits import Refused, check_size
from partners.importing.organizations import Record
from partners.importing.planning import Plan, Planner
from partners.importing.reading import Sheets, read_file
from partners.importing.records import Reader
from partners.importing.remembering import recall
from partners.importing.tables import Table, find_table
from partners.importing.writing import write_partners, write_rows
from partners.models import Import, ImportRow, ImportState, Organization
from wbl.accounts.models import Membership
from wbl.files.models import StoredFile
from wbl.tenancy.scope import acting


@dataclass(slots=True)
class Reading:
    """A file read as its import says: records and the cells they came from, row by row."""

    table: Table
    records: list[Record]
    cells: list[list[str]]


def receive(*, name: str, body: bytes, by: Any, sheet: str = "") -> Import:
    """Store an uploaded list and guess its columns; raise `Refused`, with nothing stored, when it can't be read."""
    check_size(len(body))
    sheets = read_file(body, name)
    table = find_table(sheets, sheet)
    columns = guess_columns(table)
    if not len(table):
        raise Refused("The list has column names but no row below them: upload a list with at least one row.")
    with transaction.atomic():
        stored = StoredFile.keep(name=name, content_type="application/octet-stream", body=body, by=by)
        job = Import(file=stored, filename=name[-200:], uploaded_by=by)
        _describe(job, sheets, table, columns)
        job.save()
    job.just_read = sheets  # type: ignore[attr-defined]  # spares a second reading in this process
    return job


def choose_sheet(job: Import, name: str, *, anew: bool = False) -> None:
    """Take a sheet of the workbook and guess its columns; `anew` without regard to how such a list was mapped before."""
    sheets = read_file(bytes(job.file.body), job.filename)
    table = find_table(sheets, name)
    _describe(job, sheets, table, guess_columns(table), anew=anew)
    job.save()


def _describe(job: Import, sheets: Sheets, table: Table, columns: list[Column], *, anew: bool = False) -> None:
    job.sheet = table.sheet.name[:100]
    job.sheets = [[s.name, len(s), s.hidden] for s in sheets.sheets if len(s)]
    job.headers = [column.name for column in columns]
    job.samples = [[column.samples, column.filled] for column in columns]
    job.targets = [column.target for column in columns]
    job.facts = {
        "encoding": sheets.encoding, "delimiter": sheets.delimiter, "header_row": table.header_row, "cards": sheets.cards,
    }  # fmt: skip
    job.rows_total = len(table)
    job.meanings, job.overwrites = {}, "org_id" in job.targets
    if not anew and (table.header_row or sheets.cards):
        recall(job)


def read_records(job: Import, progress: Callable[[int], None] = lambda done: None) -> Reading:
    """Read the stored file by the chosen columns and the corrections of single cells; raise `Refused`."""
    sheets = getattr(job, "just_read", None) or read_file(bytes(job.file.body), job.filename)
    table = find_table(sheets, job.sheet)
    targets = list(job.targets)
    require_name(table, targets)
    corrected = job.rows.exclude(corrections={}).values_list("number", "corrections")
    corrections = {number: {int(at): v for at, v in cells.items()} for number, cells in corrected}
    reader = Reader(table, targets, corrections, job.meanings)
    records, cells = [], []
    for record, row in reader.records():
        records.append(record)
        cells.append(row)
        if len(records) % 1_000 == 0:
            progress(len(records))
    return Reading(table, records, cells)


def check(job: Import) -> Plan | None:
    """The dry run: plan every row and keep the plan; writes nothing of the partners."""
    with transaction.atomic():
        if not _lock(job, ImportState.CHECKING):
            return None
        plan, reading = _plan(job)
        write_rows(plan, job, reading.cells, applied=False)
        job.counts, job.rows_total = plan.counts, len(plan.lines)
        job.state, job.problem = ImportState.CHECKED, ""
        job.save()
    return plan


def apply(job: Import) -> Plan | None:
    """Plan again on what is on file now, and write it: one transaction, all valid rows or none."""
    with acting(job.applied_by_id), transaction.atomic():
        if not _lock(job, ImportState.APPLYING):
            return None
        plan, reading = _plan(job)
        write_partners(plan, job)
        write_rows(plan, job, reading.cells, applied=True)
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")  # after every row it wrote: what is later is somebody else's
            job.applied_at = cursor.fetchone()[0]
        job.counts, job.rows_total = plan.counts, len(plan.lines)
        job.state, job.problem = ImportState.APPLIED, ""
        job.save()
    Organization.count_anew()
    return plan


def _lock(job: Import, state: str) -> bool:
    """Hold the import's row while working on it, so that a sweep can tell work from a dead worker's leavings.

    False when another worker did the work meanwhile.
    """
    return Import.objects.select_for_update(of=("self",)).filter(pk=job.pk, state=state).exists()


def _plan(job: Import) -> tuple[Plan, Reading]:
    reading = read_records(job)
    total = len(reading.records)
    job.tell_progress(0, total)
    return planner_of(job, reading.records, lambda done: job.tell_progress(done, total)).plan(), reading


def planner_of(job: Import, records: list[Record], progress: Callable[[int], None] = lambda done: None) -> Planner:
    """A planner for some or all records of an import, by its own choices."""
    columns = {target: at for at, target in reversed(list(enumerate(job.targets))) if target}
    return Planner(
        records, _decisions(job), _owners(), columns, progress,
        overwrites=job.overwrites, asks_for_partner=bool(job.facts.get("cards")),
    )  # fmt: skip


def _decisions(job: Import) -> dict[int, tuple[str, int | None]]:
    rows = ImportRow.objects.filter(job=job).exclude(decision="")
    return {
        number: (decision, pk) for number, decision, pk in rows.values_list("number", "decision", "organization_id")
    }


def _owners() -> dict[str, int]:
    """Members by email and by full name; a name that two share finds nobody."""
    found: dict[str, int | None] = {}
    for member in Membership.objects.of_district().filter(ended_at=None):
        for text in (member.user.email, member.user.name):
            if text:
                key = text.casefold()
                found[key] = None if key in found and found[key] != member.user_id else member.user_id
    return {key: pk for key, pk in found.items() if pk is not None}


def perform(job: Import) -> None:
    """Do what was asked of the import, in a worker: the attempt is noted first, a refusal is kept as its problem."""
    if not job.claim():
        return
    try:
        with no_search_for_cycles():
            check(job) if job.state == ImportState.CHECKING else apply(job)
    except Refused as refusal:
        job.refresh_from_db()
        job.fail(problem=str(refusal))


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """A list makes a million objects, none of which holds itself; Python's search for such took a third of planning."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def ask_and_perform(job: Import, *, by: Any) -> bool:
    """The dry run of a short list within the request."""
    if not job.ask(state=ImportState.CHECKING, by=by):
        return False
    perform(job)
    return True
