"""A colleague leaves: the membership ends, and in the same step it is said who gets what they look after."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from partners import handover
from partners.forms import members
from partners.views.handover import counted
from wbl.accounts.access import can
from wbl.accounts.models import Membership
from wbl.web.names import full_name_of
from wbl.web.responses import toast

STAYS = "stays"


class LeavingForm(forms.Form):
    """To whom everything goes; asked for only where there is something."""

    to = forms.ChoiceField(label="What they look after goes to")

    def __init__(self, *args: Any, leaver: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), full_name_of(user)) for user in members().exclude(pk=leaver.pk)]
        nobody = (STAYS, "Nobody yet: leave it in their name")
        self.fields["to"].choices = [("", "Choose a colleague"), *people, nobody]  # type: ignore[attr-defined]

    @property
    def colleague(self) -> Any:
        """The chosen user; None to leave all as it is."""
        to = self.cleaned_data["to"]
        return None if to == STAYS else members().get(pk=to)


@can("manage")
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """GET counts what the member looks after; POST ends the membership and hands it over, both or neither."""
    member = get_object_or_404(Membership.objects.of_district().filter(ended_at=None), pk=pk)
    held = handover.held_by(member.user)
    counts = [(handover.WORDS[kind], number) for kind, rows in held.items() if (number := rows.count())]
    form = LeavingForm(request.POST or None, leaver=member.user)
    refused = ""
    if request.method == "POST" and (not counts or form.is_valid()):
        try:
            _end(request, member, held, form.colleague if counts else None)
            return redirect("settings:people")
        except ValidationError as error:
            refused = " ".join(error.messages)
    context = {"form": form, "member": member, "held": counts, "refused": refused}
    return render(request, "partners/leaving.html", context, status=422 if refused or form.errors else 200)


@transaction.atomic
def _end(request: HttpRequest, member: Membership, held: dict[str, Any], to: Any) -> None:
    """Raises ValidationError for the last admin. What went to a colleague is undone apart from the membership."""
    by: Any = request.user
    member.end(by=by)
    toast(request, f"{member.user} can no longer come in.", reverse("settings:resume_member", args=[member.pk]))
    if to is not None:
        change = handover.hand_over(held, to=to, by=by)
        said = f"{counted(change.before)} went to {full_name_of(to)}."
        toast(request, said, reverse("partners:hand_over_undo", args=[change.pk]))
