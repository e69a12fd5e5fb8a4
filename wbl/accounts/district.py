"""Settings → the district itself, its regions, and the end of the demonstration."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.accounts.forms import DistrictForm, RegionMemberForm
from wbl.accounts.founding import remove_demo
from wbl.tenancy.models import District, Publication, RegionMember
from wbl.tenancy.record import resolve
from wbl.tenancy.scope import current_district
from wbl.web import toast


@can("manage")
def district(request: HttpRequest) -> HttpResponse:
    """Name, postal address, time zone, and when automatic mail may go out."""
    form = DistrictForm(request.POST or None, instance=current_district())
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return redirect("settings:home")
    return render(request, "accounts/district.html", {"form": form}, status=422 if form.errors else 200)


@can("view", post="manage")
def regions(request: HttpRequest) -> HttpResponse:
    """A district sees the regions it belongs to; a region sees its districts and takes in more."""
    here = current_district()
    form = RegionMemberForm(request.POST or None) if here.kind == District.Kind.REGION else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            RegionMember.objects.create(region=here, district=form.cleaned_data["slug"])
            toast(request, f"{form.cleaned_data['slug']} may now read what you publish.")
            return redirect("settings:regions")
    ties = _ties(here).select_related("region", "district").order_by("region__name", "district__name")
    context = {"ties": ties, "form": form, "shared": _shared(here)}
    return render(request, "accounts/regions.html", context, status=422 if form and form.errors else 200)


@can("manage")
@require_POST
def end_region(request: HttpRequest, pk: int) -> HttpResponse:
    """Either side may end it; copies that were adopted stay."""
    tie = get_object_or_404(_ties(current_district()), pk=pk)
    toast(request, f"{tie} no longer.")
    tie.delete()
    return redirect("settings:regions")


@can("manage")
@require_POST
def end_demo(request: HttpRequest) -> HttpResponse:
    """Remove the demonstration district and its people, the one who asks included."""
    if not current_district().is_demo:
        raise Http404
    request.session.flush()
    remove_demo()
    return HttpResponseRedirect("/accounts/login/")


def _shared(here: District) -> list[tuple[Publication, Any]]:
    """The newest version of all that a region shares, with the record it is a copy of (None once that is gone)."""
    if here.kind != District.Kind.REGION:
        return []
    newest = Publication.objects.order_by("kind", "key", "-version").distinct("kind", "key")
    return sorted(((each, _origin(each)) for each in newest), key=lambda pair: pair[0].title)


def _origin(shared: Publication) -> Any:
    return resolve(shared.kind, int(shared.key)) if shared.key.isdigit() else None


def _ties(here: District):
    return RegionMember.objects.filter(region=here) | RegionMember.objects.filter(district=here)
