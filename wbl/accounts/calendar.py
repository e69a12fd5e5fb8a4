"""Settings → Schools and Calendar: schools, terms, days without school."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.accounts.forms import NonSchoolDayForm, SchoolForm, TermForm
from wbl.tenancy.models import Change, NonSchoolDay, School, Term
from wbl.web import toast

# what a calendar is made of, by the word in its address
PARTS: dict[str, tuple[Any, Any, str]] = {
    "terms": (Term, TermForm, "term"),
    "days": (NonSchoolDay, NonSchoolDayForm, "day without school"),
}


@can("view", post="manage")
def schools(request: HttpRequest) -> HttpResponse:
    """All schools, closed ones last, and a form for one more."""
    form = SchoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        toast(request, f"{form.save()} added.")
        return redirect("settings:schools")
    context = {"schools": School.objects.order_by("closed_on", "name"), "form": form}
    return render(request, "accounts/schools.html", context, status=422 if form.errors else 200)


@can("manage")
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school's name, address and, if it closed, when."""
    return _edit(request, get_object_or_404(School, pk=pk), SchoolForm, word="school", back="settings:schools")


@can("view")
def calendar(request: HttpRequest) -> HttpResponse:
    """Terms and days without school; automatic mail and school weeks go by them."""
    return render(request, "accounts/calendar.html", {"terms": Term.objects.all(), "days": NonSchoolDay.objects.all()})


@can("manage")
def add_part(request: HttpRequest, part: str) -> HttpResponse:
    model, form, word = _part(part)
    return _edit(request, model(), form, word=word, back="settings:calendar")


@can("manage")
def part(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    model, form, word = _part(part)
    removal = reverse("settings:remove_part", args=[part, pk])
    row = get_object_or_404(model, pk=pk)
    return _edit(request, row, form, word=word, back="settings:calendar", removal=removal)


@can("manage")
@require_POST
def remove_part(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    """Take a term or day out; the history remembers it for Undo."""
    gone = get_object_or_404(_part(part)[0], pk=pk)
    name, kind = str(gone), gone._meta.label_lower
    gone.delete()
    change = Change.objects.filter(kind=kind, record_id=pk, op=Change.Op.DELETED).latest("pk")
    toast(request, f"{name} removed.", undo_url=reverse("settings:restore_part", args=[part, change.pk]))
    return redirect("settings:calendar")


@can("manage")
@require_POST
def restore_part(request: HttpRequest, part: str, change: int) -> HttpResponse:
    """Undo of remove_part: the row as the history kept it."""
    model, _form, _word = _part(part)
    kept = get_object_or_404(Change, pk=change, kind=model._meta.label_lower, op=Change.Op.DELETED)
    model.objects.get_or_create(**{name: kept.before[name] for name in ("name", "first_day", "last_day")})  # type: ignore[index]
    toast(request, f"{kept.before['name']} is back.")  # type: ignore[index]
    return redirect("settings:calendar")


def _part(word: str) -> tuple[Any, Any, str]:
    if word not in PARTS:
        raise Http404
    return PARTS[word]


def _edit(request: HttpRequest, row: Any, form_class: Any, *, word: str, back: str, removal: str = "") -> HttpResponse:
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        toast(request, f"{form.save()} saved.")
        return redirect(back)
    context = {"form": form, "row": row, "word": word, "back": reverse(back), "removal": removal}
    return render(request, "accounts/edit.html", context, status=422 if form.errors else 200)
