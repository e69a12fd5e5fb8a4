"""`manage.py import_partners FILE --district S [--apply] [--json]`."""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from partners.importing.limits import Refused, check_size
from partners.importing.running import perform, receive
from partners.models import Import, ImportState, Outcome
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


class Command(BaseCommand):
    help = "Check a list of partners (CSV, XLSX, XLS) and say what each row would do; with --apply, write it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list")
        parser.add_argument("--district", required=True, metavar="SLUG", help="the district's short name in addresses")
        parser.add_argument("--apply", action="store_true", help="write the rows that can be written")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--sheet", default="", help="the sheet of a workbook, if the best is not the right one")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = District.objects.filter(slug=options["district"]).first()
        if chosen is None:
            raise CommandError(f"No district has the short name “{options['district']}”.")
        with district(chosen), transaction.atomic() if not options["apply"] else nullcontext():
            try:
                job = self._run(options)
            except Refused as refusal:
                raise CommandError(str(refusal)) from None
            except OSError as error:
                raise CommandError(f"{options['file']}: {error.strerror}") from None
            answer = report(job)
            if not options["apply"]:
                transaction.set_rollback(True)  # a dry run at the terminal leaves nothing behind
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else in_words(answer, job))

    def _run(self, options: dict[str, Any]) -> Import:
        path: Path = options["file"]
        job = receive(name=path.name, body=_bytes(path), by=None, sheet=options["sheet"])
        job.state = ImportState.QUEUED if options["apply"] else ImportState.CHECKING
        job.save(update_fields=["state"])
        perform(job)
        job.refresh_from_db()
        if job.problem:
            raise Refused(job.problem)
        return job


def _bytes(path: Path) -> bytes:
    check_size(path.stat().st_size)
    return path.read_bytes()


def report(job: Import) -> dict[str, Any]:
    """Return the counts of the six outcomes, their sum, and the rows in error."""
    errors = job.rows.filter(outcome=Outcome.ERROR).order_by("number").values_list("number", "reason")
    counts = {outcome: int(job.counts.get(outcome, 0)) for outcome in Outcome.values}
    return {
        "rows": sum(counts.values()),
        **counts,
        "errors": [{"row": row, "reason": reason} for row, reason in errors],
    }


def in_words(answer: dict[str, Any], job: Import) -> str:
    """Return the report for a person at a terminal."""
    parts = ", ".join(f"{answer[outcome]:,} {outcome}" for outcome in Outcome.values)
    done = "written" if job.state == ImportState.APPLIED else "checked, nothing written; add --apply to write"
    lines = [f"{answer['rows']:,} rows {done}: {parts}."]
    lines += [f"  Row {error['row']}: {error['reason']}" for error in answer["errors"]]
    return "\n".join(lines)
