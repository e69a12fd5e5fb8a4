"""Addresses that get nothing, or not everything: read, noted for somebody who said so, lifted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.mail.categories import OPTIONAL_TOLD, Category
from wbl.mail.ledger import tabs
from wbl.mail.models import OptOut, Suppression
from wbl.mail.people import Recipient, people_kinds
from wbl.mail.write_views import choose, person_of
from wbl.web.dates import plain_day
from wbl.web.responses import form_page, go_back, toast

SHOWN = 200


class OptOutForm(forms.Form):
    """What a person told a member to stop, by category. What they stopped themselves is said, and not offered."""

    stopped = forms.MultipleChoiceField(
        label="They want no more of", required=False, widget=forms.CheckboxSelectMultiple, choices=OPTIONAL_TOLD
    )
    how = forms.CharField(
        label="How they said it",
        max_length=120,
        required=False,
        help_text="“By phone”, say. Your name and the day are noted with it.",
    )

    def __init__(self, data: Any, *, standing: Sequence[OptOut]) -> None:
        noted = [row.category for row in standing if row.noted_by_id]
        super().__init__(data, initial={"stopped": noted})
        own = [row for row in standing if not row.noted_by_id]
        told: Any = self.fields["stopped"]
        told.choices = [(key, words) for key, words in OPTIONAL_TOLD if key not in {row.category for row in own}]
        if own:
            named = ", ".join(f"{row.get_category_display()} ({plain_day(localtime(row.since).date())})" for row in own)
            told.help_text = f"They stopped these themselves, and only they take that back: {named}."


@dataclass(frozen=True)
class Stop:
    """An address that is stopped, and whose it is; `to` is None where nobody on file has it."""

    row: Any
    to: Recipient | None
    link: str  # where a further opt-out of this person is noted


@can("view")
def stops(request: HttpRequest) -> HttpResponse:
    """Opt-outs and bounces, newest first, with the person of each."""
    gone = list(Suppression.objects.standing().order_by("-since")[:SHOWN])
    out = list(OptOut.objects.standing().select_related("noted_by").order_by("-since")[:SHOWN])
    people = _people({row.email for row in [*gone, *out]})
    context = {
        "suppressions": [Stop(row, *people.get(row.email, (None, ""))) for row in gone],
        "opt_outs": [Stop(row, *people.get(row.email, (None, ""))) for row in out],
        "tabs": tabs("stops"),
    }
    return render(request, "mail/stops.html", context)


def _people(emails: set[str]) -> dict[str, tuple[Recipient, str]]:
    """By address, who has it and where an opt-out of theirs is noted: one query a kind of people."""
    found: dict[str, tuple[Recipient, str]] = {}
    for kind in people_kinds():
        for person in kind.all_by_email(emails) if emails else ():
            to = kind.recipient(person)
            link = f"{reverse('mail:opt_out')}?{kind.param}={person.pk}" if kind.param else ""
            found.setdefault(to.email.lower(), (to, link))
    return found


@can("edit")
def opt_out(request: HttpRequest) -> HttpResponse:
    """`?contact=5` said “no more of these” to a member; without a person, one is looked up. `?undo=` brings back what stood."""
    kind, person = person_of(request)
    if person is None:
        return choose(request, title="Who wants less mail?")
    to = kind.recipient(person)
    if not to.email:
        toast(request, f"{to.name} has no email address on file: there is no mail to stop.")
        return go_back(request, to.about or "mail:stops")
    standing = list(OptOut.objects.standing().filter(email=to.email.lower()).order_by("category"))
    back_to = [c for c in request.GET.get("undo", "").split(",") if c in Category]
    form = OptOutForm({"stopped": back_to} if "undo" in request.GET else request.POST or None, standing=standing)
    if request.method == "POST" and form.is_valid():
        _note(form, to.email, request.user)
        before = ",".join(row.category for row in standing if row.noted_by_id)
        undo = f"{reverse('mail:opt_out')}?{urlencode({kind.param: person.pk, 'undo': before})}"
        toast(request, _told(to), None if "undo" in request.GET else undo)
        return go_back(request, to.about or "mail:stops")
    about: Any = to.about
    back = about.get_absolute_url() if about else reverse("mail:stops")
    return form_page(
        request, form, title=f"What {to.name} wants no more of", back=back, place=("mail:stops", "Opt-outs")
    )


def _note(form: OptOutForm, email: str, by: Any) -> None:
    how = form.cleaned_data["how"].strip()
    OptOut.note(email=email, stopped=form.cleaned_data["stopped"], by=by, source=how)


def _told(to: Recipient) -> str:
    """How it stands now, in a sentence."""
    rows = OptOut.objects.standing().filter(email=to.email.lower()).order_by("category")
    words = [row.get_category_display().lower() for row in rows]
    return f"{to.name} gets no more of: {', '.join(words)}." if words else f"{to.name} gets every kind of mail."


@can("edit")
@require_POST
def suppression_lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """The address works again."""
    found = get_object_or_404(Suppression.objects.standing(), pk=pk)
    found.lift(by=request.user)
    toast(request, f"Mail goes to {found.email} again.")
    return redirect("mail:stops")
