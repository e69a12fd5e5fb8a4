"""Hours: enter, approve, take out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from placements.forms.hours import EntriesForm, HoursForm
from placements.labor import check_hours, sentence
from placements.models import HoursEntry
from placements.models.hours import hours_in_words
from placements.views.placement import one, page
from wbl.accounts.access import can
from wbl.tenancy.calendar import SchoolCalendar
from wbl.web import toast
from wbl.web.dates import moment_of, stamp
from wbl.web.responses import go_back


@can("log")
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """One day's hours; what they break is said at once, the entry stands all the same: it happened."""
    placement = one(request, pk)
    form = HoursForm(request.POST, placement=placement)
    if not form.is_valid():
        return render(request, "placements/detail.html", page(request, placement, form))
    form.instance.entered_by = request.user
    entry = form.save()
    student = HoursEntry.objects.filter(placement__student=placement.student_id)
    broken = check_hours(placement, student, SchoolCalendar.load())[entry.pk]
    said = " ".join(sentence(f) + "." for f in broken)
    toast(request, f"{hours_in_words(entry.hours)} hours entered. {said}".strip())
    return redirect(f"{placement.get_absolute_url()}#hours")


@can("log")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the entries that stood on the page."""
    placement = one(request, pk)
    form = EntriesForm(request.POST, entries=placement.hours.awaiting_approval())  # type: ignore[attr-defined]
    if form.is_valid():
        now = timezone.now()
        hours = HoursEntry.objects.filter(pk__in=form.cleaned_data["entries"]).approve(by=request.user, at=now)
        undo = reverse("placements:hours_disapprove", args=[pk, stamp(now)])
        toast(request, f"{hours_in_words(hours)} hours approved.", undo)
    else:
        toast(request, "Nothing waits for approval any more.")
    return go_back(request, f"{placement.get_absolute_url()}#hours")


@can("log")
@require_POST
def disapprove(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    """Undo of one's own approval of that moment."""
    placement = one(request, pk)
    placement.hours.disapprove(by=request.user, at=moment_of(at))  # type: ignore[attr-defined]
    toast(request, "They wait for approval again.")
    return go_back(request, f"{placement.get_absolute_url()}#hours")


@can("log")
@require_POST
def remove(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Take out an entry that is not approved yet."""
    placement = one(request, pk)
    row = get_object_or_404(placement.hours.awaiting_approval(), pk=entry)  # type: ignore[attr-defined]
    row.delete()
    toast(request, f"{hours_in_words(row.hours)} hours of {row.date:%b} {row.date.day} taken out.")
    return redirect(f"{placement.get_absolute_url()}#hours")
