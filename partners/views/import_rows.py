"""Single rows of a dry run: what a doubtful one is, and other texts for its cells."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partners.import_page import PlanPage
from partners.import_row_forms import CorrectionForm, DecisionForm, ManyForm, RowForm
from partners.models import Decision, Import, ImportRow, ImportState
from partners.views.importing import check_again
from wbl.accounts.access import can
from wbl.web.responses import toast


def _row(pk: int, number: int) -> ImportRow:
    rows = ImportRow.objects.filter(job__in=Import.objects.kept()).select_related("job")
    return get_object_or_404(rows, job=pk, number=number)


@can("edit")
@require_POST
def decision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say whether a doubtful row is the partner it looks like, or which one it belongs to."""
    row = _row(pk, number)
    form = DecisionForm(request.POST, row=row)
    if not (row.is_doubtful or request.POST.get("decision") == Decision.MOVED):
        return redirect(_place_of(request, row))
    if form.is_valid():
        form.save()
    else:
        toast(request, f"Row {row.number}: " + " ".join(text for texts in form.errors.values() for text in texts))
    return redirect(_place_of(request, row))


@can("edit")
@require_POST
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer for all look-alikes, or for all that may have moved; the list is looked at again."""
    job = get_object_or_404(Import.objects.kept(), pk=pk)
    form = ManyForm(request.POST)
    if job.state == ImportState.CHECKED and form.is_valid() and (count := form.save(job)):
        check_again(job, request)
        toast(request, f"{count:,} row{'s are' if count != 1 else ' is'} decided. Each can be decided again.")
    return redirect(job)


@can("edit")
@require_POST
def correction(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Correct the cell that made a row an error, and look at the row again."""
    row = _row(pk, number)
    form = CorrectionForm(request.POST)
    if form.is_valid() and row.job.is_open and row.left and row.outcome == "error":
        form.save(row)
    return redirect(_place_of(request, row))


@can("edit")
def row_cells(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The cells of one row, to be corrected; only this row is looked at again."""
    row = _row(pk, number)
    if row.job.state != "checked":
        return redirect(row.job)
    form = RowForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        row.refresh_from_db()
        toast(request, f"Row {row.number}: {row.get_outcome_display().lower()}. {row.reason}".strip())
        return redirect(_place_of(request, row))
    context = {"row": row, "job": row.job, "form": form, "back": _place_of(request, row)}
    return render(request, "partners/import/cells.html", context, status=422 if form.errors else 200)


def _place_of(request: HttpRequest, row: ImportRow) -> str:
    """The address of the row in the table of the plan."""
    page = PlanPage.page_of(row, request.GET)
    return f"{row.job.get_absolute_url()}?{page}#row-{row.number}"
