"""One row of a dry run looked at again, after its cells or the decision on it changed: the others stay as they are."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from partners.importing.reading import Sheet
from partners.importing.records import Reader
from partners.importing.running import planner_of
from partners.importing.tables import Table
from partners.models import Import, ImportRow, ImportState, Outcome

PLANNED = ("outcome", "name", "reason", "left", "organization_id", "decision", "updated_at")


@transaction.atomic
def recheck(row: ImportRow) -> bool:
    """Plan a row and those of the same partner anew from the cells that are kept; False when the import can't change.

    Applying plans all rows anew in any case: this is what the page shows until then.
    """
    job = Import.objects.select_for_update(of=("self",)).get(pk=row.job_id)
    if job.state != ImportState.CHECKED:
        return False
    table = Table(Sheet(""), list(job.headers), int(job.facts.get("header_row") or 0), 0)
    reader = Reader(table, list(job.targets), meanings=job.meanings)
    record = reader.read(row.number, row.current)
    names = {name for name in (row.name, record.name[:200]) if name}
    rows = list(
        ImportRow.objects.filter(job=job).filter(models.Q(name__in=names) | models.Q(pk=row.pk)).order_by("number")
    )
    plan = planner_of(job, [reader.read(each.number, each.current) for each in rows]).plan()
    for each, line in zip(rows, plan.lines, strict=True):
        _take(each, line)
    ImportRow.objects.bulk_update(rows, PLANNED)
    recount(job)
    return True


def _take(row: ImportRow, line: Any) -> None:
    row.outcome, row.name, row.reason = line.outcome, line.record.name[:200], line.reason
    row.left, row.decision = line.record.left, line.decision
    row.organization_id = (line.target.id if line.target and not line.new else None) or line.like
    row.updated_at = timezone.now()


def recount(job: Import) -> None:
    """Count the outcomes again."""
    counted = ImportRow.objects.filter(job=job).values_list("outcome").annotate(models.Count("pk"))
    job.counts = dict.fromkeys(Outcome.values, 0) | dict(counted.order_by())
    job.save(update_fields=["counts", "updated_at"])
