"""Handing a colleague's partners over: who to whom, what goes along, and the way back."""

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners import handover
from partners.forms import members
from partners.models import BulkChange
from wbl.accounts.access import can
from wbl.accounts.models import Membership
from wbl.web.responses import go, toast


class HandoverForm(forms.Form):
    """From whom, who may have left already, to whom, who has not."""

    giver = forms.ModelChoiceField(queryset=None, label="Everything of", empty_label="Choose whose")
    to = forms.ModelChoiceField(queryset=None, label="goes to", empty_label="Choose a colleague")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        here = Membership.objects.of_district().values("user")
        everybody = get_user_model().objects.filter(pk__in=here).order_by("name", "email")
        self.fields["giver"].queryset = everybody  # type: ignore[attr-defined]
        self.fields["to"].queryset = members()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("giver") and data["giver"] == data.get("to"):
            self.add_error("to", f"{data['to']} has it already. Choose somebody else.")
        return data


@can("edit")
def hand_over(request: HttpRequest) -> HttpResponse:
    """What goes along is counted before anything moves; each number opens its list."""
    form = HandoverForm(request.POST or None, initial={"giver": request.GET.get("giver")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        change = handover.hand_over(giver=data["giver"], to=data["to"], by=request.user)
        count = len(change.before["partners"])
        said = f"{count} partner{'s' if count != 1 else ''} and what hangs on them went from {data['giver']} to {data['to']}."
        toast(request, said, reverse("partners:hand_over_undo", args=[change.pk]))
        return go(request, f"{reverse('partners:list')}?owner={data['to'].pk}")
    asked = request.GET.get("giver", "")
    everybody = form.fields["giver"].queryset  # type: ignore[attr-defined]
    giver = everybody.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else None
    held = [(handover.WORDS[kind], rows.count()) for kind, rows in handover.held_by(giver).items()] if giver else []
    return render(request, "partners/hand_over.html", {"form": form, "giver": giver, "held": held, "people": everybody})


@can("edit")
@require_POST
def hand_over_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what the colleague still has of it."""
    change = get_object_or_404(BulkChange, pk=pk, field=BulkChange.Field.HANDOVER, undone_at=None)
    done = handover.take_back(change)
    toast(request, f"{done} of {len(change.before['partners'])} partners are with whom they were.")
    return go(request, "partners:list")
