"""Handing a colleague's partners over: who to whom, what goes along, and the way back."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners import handover
from partners.forms import members
from partners.listing import PartnerList
from partners.models import BulkChange, Organization
from wbl.accounts.access import can
from wbl.accounts.models import Membership
from wbl.web.names import full_name_of
from wbl.web.responses import go, toast

MOST = 10_000  # partners handed over at once


class HandoverForm(forms.Form):
    """Of whom everything goes, who may have left already, or which ticked partners; and to whom, who has not."""

    giver = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    rows = forms.ModelMultipleChoiceField(
        queryset=Organization.objects.present(), required=False, widget=forms.MultipleHiddenInput
    )
    everything = forms.BooleanField(required=False, widget=forms.HiddenInput)  # all that fit `query`, not only `rows`
    query = forms.CharField(max_length=4_000, required=False, widget=forms.HiddenInput)
    to = forms.ModelChoiceField(queryset=None, label="They go to", empty_label="Choose a colleague")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Membership.objects.of_district().values("user")
        everybody = get_user_model().objects.filter(pk__in=here).order_by("name", "email")
        self.fields["giver"].queryset = everybody  # type: ignore[attr-defined]
        self.fields["to"].queryset = members()  # type: ignore[attr-defined]

    @property
    def partners(self) -> list[int]:
        """Ids of the ticked ones."""
        data = self.cleaned_data
        if data.get("everything"):
            rows = PartnerList(QueryDict(data.get("query", ""))).select(Organization.objects.present())
            return [row.pk for row in rows[:MOST]]
        return [row.pk for row in data.get("rows") or ()]

    @property
    def held(self) -> dict[str, Any] | None:
        """What goes along; None while nobody and nothing is chosen."""
        if partners := self.partners:
            return handover.held_of(partners)
        return handover.held_by(self.cleaned_data["giver"]) if self.cleaned_data.get("giver") else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("giver") and data["giver"] == data.get("to"):
            self.add_error("to", f"{data['to']} has it already. Choose somebody else.")
        return data


@can("edit")
def hand_over(request: HttpRequest) -> HttpResponse:
    """First whose (`?giver=`), or the ticked partners of the list (POST without `to`); then what goes along is counted,
    and to whom it goes is asked."""
    form = HandoverForm(request.POST or request.GET)
    form.full_clean()
    held = form.held
    if request.method == "POST" and "to" in request.POST and form.is_valid() and held:
        to = form.cleaned_data["to"]
        counts = handover.counted(held)
        change = handover.hand_over(held, to=to, by=request.user)
        said = _said(counts, change.before, full_name_of(to))
        toast(request, said, reverse("partners:hand_over_undo", args=[change.pk]))
        return go(request, f"{reverse('partners:list')}?owner={to.pk}")
    if "to" not in request.POST:
        form.errors.clear()
    shown = [(handover.WORDS[kind], number) for kind, number in handover.counted(held or {}).items()]
    context = {
        "form": form,
        "giver": form.cleaned_data.get("giver") if not form.partners else None,
        "held": shown,
        "people": form.fields["giver"].queryset,  # type: ignore[attr-defined]
    }
    return render(request, "partners/hand_over.html", context)


@can("edit")
@require_POST
def hand_over_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what the colleague still has of it."""
    change = get_object_or_404(BulkChange, pk=pk, field=BulkChange.Field.HANDOVER, undone_at=None)
    done = handover.take_back(change)
    toast(request, f"{done} of {len(change.before['partners'])} partners went back to whose they were.")
    return go(request, "partners:list")


def counted(before: dict[str, Any]) -> str:
    """“3 partners, 2 open to-dos”: what there was of each."""
    return _worded({kind: len(rows) for kind, rows in before.items()})


def _said(counts: dict[str, int], before: dict[str, Any], to: str) -> str:
    """What is with the colleague now, counted as it was before the question, and what of it was theirs already."""
    already = {kind: number - len(before[kind]) for kind, number in counts.items()}
    theirs = f" {_worded(already)} of it {to} had already." if any(already.values()) else ""
    return f"{_worded(counts)} {'is' if sum(counts.values()) == 1 else 'are'} with {to} now.{theirs}"


def _worded(counts: dict[str, int]) -> str:
    """“3 partners, 2 open to-dos”."""
    told = [(number, handover.WORDS[kind]) for kind, number in counts.items()]
    return ", ".join(f"{number} {words[number != 1]}" for number, words in told if number) or "Nothing"
