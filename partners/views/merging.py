"""Two partners, or two contacts, side by side; made one, and two again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.merging.doing import merge
from partners.merging.forms import MergeForm, OtherContactForm, OtherPartnerForm
from partners.merging.page import MergePage
from partners.merging.undoing import undo
from partners.models import Contact, Merge, Organization
from wbl.accounts.access import can
from wbl.web.responses import go, toast


@can("edit")
def partner_other(request: HttpRequest, pk: int) -> HttpResponse:
    """With whom? The name leads to the page where the two stand side by side."""
    organization = get_object_or_404(Organization.objects.present(), pk=pk)
    return _other(request, organization, OtherPartnerForm, "partners:merge")


@can("edit")
def contact_other(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom is this the same person as?"""
    contact = get_object_or_404(Contact.objects.select_related("organization"), pk=pk)
    return _other(request, contact, OtherContactForm, "partners:contact_merge")


def _other(request: HttpRequest, record: Any, form_class: Any, to: str) -> HttpResponse:
    form = form_class(request.GET if "other" in request.GET else None)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["other"].pk != record.pk:
            return redirect(to, record.pk, form.cleaned_data["other"].pk)
        form.add_error("other", "That is this one itself. Name the other.")
    return render(request, "partners/merge/other.html", {"form": form, "record": record})


@can("edit")
def partner_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Partner `other` goes into partner `pk`."""
    rows = Organization.objects.select_related("owner")
    gone = Merge.now_at("partners.organization", pk) or Merge.now_at("partners.organization", other)
    if gone and request.method == "GET":
        return redirect("partners:detail", gone)
    return _merge(request, get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other), "partners:merge")


@can("edit")
def contact_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Contact `other` is the same person as contact `pk`."""
    rows = Contact.objects.select_related("organization")
    return _merge(request, get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other), "partners:contact_merge")


def _merge(request: HttpRequest, survivor: Any, loser: Any, name: str) -> HttpResponse:
    page = MergePage(survivor, loser)
    form = MergeForm(request.POST or None, compared=page.compared)
    if request.method == "POST" and form.is_valid():
        try:
            done = merge(survivor=survivor, loser=loser, take=form.taken, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            toast(request, f"{loser} is part of {survivor} now.", reverse("partners:merge_undo", args=[done.pk]))
            return go(request, done)
    turned = reverse(name, args=[loser.pk, survivor.pk])
    return render(request, "partners/merge/merge.html", {"page": page, "form": form, "turned": turned})


@can("view")
def merge_done(request: HttpRequest, pk: int) -> HttpResponse:
    """What a merge did, what gave way, and until when it can be undone."""
    done = get_object_or_404(Merge.objects.select_related("by", "undone_by"), pk=pk)
    context = {"survivor": _record(done, done.survivor_id), "loser": _record(done, done.loser_id)}
    return render(request, "partners/merge/done.html", {"done": done, **context})


@can("edit")
@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two of one again; what people did since stays and is listed."""
    done = get_object_or_404(Merge, pk=pk)
    try:
        kept = undo(done, by=request.user)
    except ValidationError as problem:
        toast(request, problem.messages[0])
    else:
        left = f" {len(kept)} change{'s' if len(kept) != 1 else ''} made since stay{'s' if len(kept) == 1 else ''}."
        toast(request, f"{done.loser_name} is back.{left if kept else ''}")
    return go(request, done)


def _record(done: Merge, pk: int) -> Any:
    model = Contact if done.kind == "partners.contact" else Organization
    return model._default_manager.filter(pk=pk).first()
