"""What to ask a partner next: their ladder, the list of next asks, putting one off, and what did not go well."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.ladder_of import ladders, next_asks
from partners.models import NotNow, Organization, TimelineEntry
from partners.offer_forms import NotNowForm, TroubleForm
from wbl.accounts.access import can
from wbl.web.responses import form_page, fragment, go_back, toast

PER_PAGE = 25
USUAL_REST = 90  # days that “not now” proposes


@can("view")
def ladder(request: HttpRequest, pk: int) -> HttpResponse:
    """What they did by level, what they offer, and the next asks with their reasons."""
    organization = get_object_or_404(Organization.objects.select_related("owner"), pk=pk)
    context = {"organization": organization, "ladder": ladders([organization])[0]}
    return fragment(request, "partners/ladder.html", "ladder", context)


@can("view")
def asks_next(request: HttpRequest) -> HttpResponse:
    """Whom to ask for what, the strongest reasons first; one's own partners, or everybody's (`?whose=all`)."""
    mine = request.GET.get("whose") != "all"
    found = next_asks(request.user if mine else None)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/next_asks.html", {"page": page, "mine": mine, "total": len(found)})


@can("log")
def not_now(request: HttpRequest, organization: int) -> HttpResponse:
    """Put a suggestion off until a day, when it comes back by itself."""
    partner = get_object_or_404(Organization.objects.present(), pk=organization)
    today: dt.date = request.district.today()  # type: ignore[attr-defined]
    initial = {"type": request.GET.get("type", ""), "until": today + dt.timedelta(days=USUAL_REST)}
    form = NotNowForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        row = form.save(partner, by=request.user)
        undo = reverse("partners:not_now_removal", args=[organization, row.pk])
        toast(request, f"{row.get_type_display()}: not before {row.until:%B} {row.until.day}.", undo)  # type: ignore[attr-defined]
        return go_back(request, "partners:ladder", organization)
    back = reverse("partners:ladder", args=[organization])
    return form_page(request, form, title=f"Not now, {partner}", back=back)


@can("log")
@require_POST
def not_now_removal(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """It may be suggested again."""
    row = get_object_or_404(NotNow, pk=pk, organization=organization)
    row.delete()
    toast(request, f"{row.get_type_display()} may be suggested again.")  # type: ignore[attr-defined]
    return go_back(request, "partners:ladder", organization)


@can("log")
def trouble(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an entry: it did not go well. For a district's days nothing is suggested."""
    entry = get_object_or_404(TimelineEntry.objects.select_related("organization"), pk=pk)
    form = TroubleForm(request.POST or None, initial={"note": entry.bad_note})
    if request.method == "POST" and form.is_valid():
        entry.went_badly(note=form.cleaned_data["note"], by=request.user)
        toast(request, "Noted. The ladder rests.", reverse("partners:entry_trouble_removal", args=[pk]))
        return go_back(request, entry.organization)
    return form_page(request, form, title="It did not go well", back=entry.organization.get_absolute_url())


@can("log")
@require_POST
def trouble_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the mark off."""
    entry = get_object_or_404(TimelineEntry.objects.select_related("organization"), pk=pk)
    entry.was_fine()
    toast(request, "The mark is off.")
    return go_back(request, entry.organization)
