"""Importing a list of partners: upload, columns, dry run, apply, undo."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partners.import_forms import ColumnsForm, SheetForm, UploadForm, WordsForm
from partners.import_page import PlanPage, columns_lede, left_cells, left_columns, mapped_as, not_applied_columns
from partners.importing.running import ask_and_perform, choose_sheet
from partners.importing.undoing import foresee, undo
from partners.models import Import, ImportRow, ImportState
from partners.tasks import run_import
from wbl.accounts.access import can
from wbl.web.exports import TYPES, export
from wbl.web.lists import Page
from wbl.web.responses import fragment, go, toast

AT_ONCE = 5_000
"""Up to so many rows the dry run is made within the request (about a second); more go to a worker."""


def _job(pk: int) -> Import:
    return get_object_or_404(Import.objects.kept().select_related("uploaded_by", "applied_by", "undone_by"), pk=pk)


@can("edit")
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a list, and the earlier imports."""
    form = UploadForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect("partners:import_columns", form.job.pk)
    jobs = Import.objects.kept().select_related("uploaded_by")[:50]
    status = 422 if form.errors else 200
    return render(request, "partners/import/start.html", {"form": form, "jobs": jobs}, status=status)


@can("edit")
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column holds, guessed and to be corrected."""
    job = _job(pk)
    if not job.is_open:
        return redirect(job)
    form = ColumnsForm(request.POST or None, job=job)
    if request.method == "POST" and form.is_valid():
        form.save()
        if any(not word.known for word in WordsForm(job=job).words):
            return redirect("partners:import_words", pk)
        check_again(job, request)
        return redirect(job)
    shown, folded = form.rows()
    sheets = SheetForm(job=job) if len(job.sheets) > 1 else None
    context = {"job": job, "form": form, "rows": shown, "folded": folded, "sheets": sheets, "lede": columns_lede(job)}
    context["mapped_as"] = mapped_as(job)
    return render(request, "partners/import/columns.html", context, status=422 if form.errors else 200)


@can("edit")
@require_POST
def guess(request: HttpRequest, pk: int) -> HttpResponse:
    """Guess the columns anew, without regard to how such a list was mapped before."""
    job = _job(pk)
    if job.is_open:
        choose_sheet(job, job.sheet, anew=True)
        toast(request, "The columns were guessed anew.")
    return redirect("partners:import_columns", pk)


@can("edit")
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What the words of the list mean where they name a kind of partner or a stage."""
    job = _job(pk)
    form = WordsForm(request.POST or None, job=job) if job.is_open else None
    if form is None or not form.words:
        return redirect(job)
    if request.method == "POST" and form.is_valid():
        form.save()
        check_again(job, request)
        return redirect(job)
    context = {"job": job, "form": form}
    return render(request, "partners/import/words.html", context, status=422 if form.errors else 200)


def check_again(job: Import, request: HttpRequest) -> None:
    """Make the dry run now, or ask a worker for it when the list is long."""
    if job.rows_total <= AT_ONCE:
        ask_and_perform(job, by=request.user)
    elif job.ask(state=ImportState.CHECKING, by=request.user):
        run_import.delay_on_commit(job.pk)


@can("edit")
@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take another sheet of the workbook."""
    job = _job(pk)
    form = SheetForm(request.POST, job=job)
    if job.is_open and not form.is_valid():
        toast(request, " ".join(form.errors.get("sheet", [])))
    return redirect("partners:import_columns", pk)


@can("edit")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its outcome: before it is applied a dry run, after it the summary."""
    job = _job(pk)
    if job.state == ImportState.COLUMNS:
        return redirect(job)
    return render(request, "partners/import/plan.html", {"view": PlanPage(job, request.GET), "job": job})


@can("edit")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is; when it is over, the import's own page."""
    job = _job(pk)
    if not job.is_busy:
        return redirect(job)
    return render(request, "partners/import/progress.html", {"job": job, "view": PlanPage(job, request.GET)})


@can("edit")
@require_POST
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the valid rows, in a worker."""
    job = _job(pk)
    if job.ask(state=ImportState.QUEUED, by=request.user):
        run_import.delay_on_commit(job.pk)
    return redirect(job)


@can("edit")
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an applied import back, after saying what goes and what stays."""
    job = _job(pk)
    if request.method != "POST":
        if job.state != ImportState.APPLIED:
            return redirect(job)
        context = {"job": job, "foreseen": foresee(job)}
        return fragment(request, "partners/import/undo.html", "form", context)
    if undo(job, by=request.user):
        stays = len({tuple(entry[:2]) for entry in job.kept_on_undo})
        toast(
            request, f"Import taken back. {stays} rows stay, they were edited since." if stays else "Import taken back."
        )
    return go(request, job)


@can("edit")
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a list that was not applied."""
    if _job(pk).discard():
        toast(request, "The list was discarded. Nothing had been written.")
    return redirect("partners:import")


@can("edit")
@require_POST
def note(request: HttpRequest, pk: int, column: int) -> HttpResponse:
    """Keep a column that was not taken over as a note of each partner."""
    job = _job(pk)
    if column >= len(job.targets):
        raise Http404
    if job.is_open:
        job.targets[column] = "note"
        job.save(update_fields=["targets", "updated_at"])
        check_again(job, request)
        toast(request, f"“{job.headers[column]}” goes to the notes.")
    return redirect(job)


@can("edit")
def left(request: HttpRequest, pk: int) -> HttpResponse:
    """Every filled cell that is in no field, with its row and column."""
    job = _job(pk)
    number = PlanPage.number_of(request.GET)
    found = list(left_cells(job, start=(number - 1) * 50, rows=51))
    shown = [cell for at, cell in found if at < 50]
    page = Page(shown, number, 50, has_next=any(at == 50 for at, _ in found))
    return render(request, "partners/import/left.html", {"job": job, "page": page, "view": PlanPage(job, request.GET)})


@can("edit")
def left_file(request: HttpRequest, pk: int, form: str) -> Any:
    """The same as a file."""
    if form not in TYPES:
        raise Http404
    job = _job(pk)
    return export(f"not taken over {job.title}", left_columns(), (cell for _, cell in left_cells(job)), kind=form)


@can("edit")
def rows_file(request: HttpRequest, pk: int, form: str) -> Any:
    """Rows that were not applied, under their numbers in the list, to be corrected and uploaded again."""
    if form not in TYPES:
        raise Http404
    job = _job(pk)
    rows = ImportRow.objects.not_applied().filter(job=job).order_by("number").iterator()
    return export(f"not applied {job.title}", not_applied_columns(job), rows, kind=form)
