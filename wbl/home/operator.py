"""/operator/: the districts of this installation, without a fact of any of them; entering one is logged."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wbl.accounts.access import operators
from wbl.accounts.founding import found, remove_demo
from wbl.accounts.letters import UNDELIVERED, send_invitation
from wbl.accounts.models import OperatorEntry
from wbl.home.operator_forms import EntryForm, NewDistrictForm, RenameForm
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.web import toast
from wbl.web.urls import district_url


@operators
def districts(request: HttpRequest) -> HttpResponse:
    """Names, addresses and states: what a district has in it stays its own."""
    inside = District.objects.filter(pk=request.session.get("operator_in")).first()
    every = list(District.objects.all())
    demos = [each for each in every if each.is_demo]
    return render(request, "home/operator.html", {"districts": every, "demos": demos, "inside": inside})


@operators
def create(request: HttpRequest) -> HttpResponse:
    """Found a district; its first admin gets an invitation by mail."""
    form = NewDistrictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        founded = found(form.save(commit=False), admin=form.cleaned_data["admin_email"], by=request.user)  # type: ignore[arg-type]
        try:
            with district(founded.district):
                send_invitation(founded.invitation, founded.token)
            toast(request, f"{founded.district} is there; an invitation is on its way to {founded.invitation.email}.")
        except UNDELIVERED:
            toast(request, f"{founded.district} is there, but the mail could not be sent. Enter it and invite again.")
        return redirect("operator:districts")
    return _form(request, form, "New district", "Found the district")


@operators
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Another address; the old one redirects from now on."""
    chosen = get_object_or_404(District, slug=slug)
    form = RenameForm(request.POST or None, district=chosen, initial={"slug": slug})
    if request.method == "POST" and form.is_valid():
        chosen.rename(slug=form.cleaned_data["slug"])
        toast(request, f"{chosen} is at /{chosen.slug}/ now.")
        return redirect("operator:districts")
    return _form(request, form, f"Address of {chosen}", "Change the address")


@operators
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Come in with a reason, for two hours, as an admin would; the entry stands in the district's own settings."""
    chosen = get_object_or_404(District, slug=slug)
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _leave(request)
        with district(chosen):
            OperatorEntry.begin(operator=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        request.session["operator_in"] = chosen.pk
        return HttpResponseRedirect(district_url(chosen, "home:today"))
    return _form(request, form, f"Enter {chosen}", "Enter")


@operators
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    _leave(request)
    return redirect("operator:districts")


@operators
@require_POST
def end_demo(request: HttpRequest) -> HttpResponse:
    """Remove the demonstration and its people."""
    removed = remove_demo()
    if not removed:
        raise Http404
    toast(request, f"{removed[0]} and its people are gone.")
    return redirect("operator:districts")


def _leave(request: HttpRequest) -> None:
    """End the entry of this session, if there is one."""
    if inside := District.objects.filter(pk=request.session.pop("operator_in", None)).first():
        with district(inside):
            OperatorEntry.objects.filter(operator=request.user, left_at=None).update(left_at=timezone.now())  # type: ignore[misc]


def _form(request: HttpRequest, form: object, title: str, label: str) -> HttpResponse:
    context = {"form": form, "title": title, "label": label}
    return render(request, "home/operator_form.html", context, status=422 if form.errors else 200)  # type: ignore[attr-defined]
