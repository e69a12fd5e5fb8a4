"""One row of a dry run looked at again, after its cells or the decision on it changed: the others stay as they are."""

import re
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone

from partners.importing.organizations import Record
from partners.importing.reading import Sheet
from partners.importing.records import Reader
from partners.importing.running import planner_of
from partners.importing.tables import Table
from partners.models import Import, ImportRow, ImportState, Outcome
from partners.names import LEGAL_FORMS

AROUND = 100  # rows that are read besides, for what this one names
PLANNED = ("outcome", "name", "reason", "left", "organization_id", "decision", "others", "updated_at")


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
    mine = models.Q(name__in=names) | models.Q(pk=row.pk)
    rows = list(ImportRow.objects.filter(job=job).filter(mine).order_by("number"))
    around = _named_by(job, record).exclude(mine)[:AROUND]
    plan = planner_of(job, [reader.read(each.number, each.current) for each in (*rows, *around)]).plan()
    for each, line in zip(rows, plan.lines, strict=False):
        _take(each, line)
    ImportRow.objects.bulk_update(rows, PLANNED)
    recount(job)
    return True


def _named_by(job: Import, record: Record) -> Any:
    """Rows that may hold the parent company or the referrer that this one names: every word of it stands in them."""
    named = [record.org.get("parent", (0, ""))[1], record.org.get("source_detail", "")]
    wanted = models.Q(pk=None)
    for text in filter(None, named):
        words = [word for word in re.findall(r"\w+", text) if len(word) > 2 and word.lower() not in LEGAL_FORMS]
        wanted |= models.Q(*(models.Q(text__icontains=word) for word in words))
    return ImportRow.objects.filter(job=job).annotate(text=Cast("cells", models.TextField())).filter(wanted)


def _take(row: ImportRow, line: Any) -> None:
    row.outcome, row.name, row.reason = line.outcome, line.record.name[:200], line.reason
    row.left, row.decision = line.record.left, line.decision
    row.others = [[pk, why] for pk, why, _ in line.others]
    row.organization_id = (line.target.id if line.target and not line.new else None) or line.like
    row.updated_at = timezone.now()


def recount(job: Import) -> None:
    """Count the outcomes again."""
    counted = ImportRow.objects.filter(job=job).values_list("outcome").annotate(models.Count("pk"))
    job.counts = dict.fromkeys(Outcome.values, 0) | dict(counted.order_by())
    job.save(update_fields=["counts", "updated_at"])
