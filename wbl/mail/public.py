"""Stopping mail without signing in, by the link under each one. GET changes nothing; the token is the right to act."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from wbl.accounts.access import opened
from wbl.mail import addresses
from wbl.mail.categories import OPTIONAL
from wbl.mail.models import Message, OptOut
from wbl.web.responses import toast


class Choices(forms.Form):
    """Which mails may come; what is not ticked is stopped."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("These may come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(c.value, c.label) for c in OPTIONAL],
    )

    def save(self, *, email: str, source: str) -> None:
        stopped = [c for c in OPTIONAL if c not in self.cleaned_data["wanted"]]
        OptOut.choose(email=email, stopped=stopped, source=source)


def _message(token: str) -> Message:
    message = Message.objects.filter(pk=addresses.read_unsubscribe(token) or 0).exclude(to_email="").first()
    if message is None:
        raise Http404
    return message


@csrf_exempt  # RFC 8058: mail programs post here, without a page and its cookie
@opened("link")
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click stops the category of the mail; the page behind GET offers that and the finer choice."""
    message = _message(token)
    if message.category not in OPTIONAL:  # nothing of this kind can be stopped; the others can
        return preferences(request, token)
    if request.method == "POST":
        OptOut.stop(email=message.to_email, category=message.category, source=_("the link in a mail"))
        message.note("opted_out", _("By the link in this mail."))
    stopped = OptOut.objects.standing().filter(email=message.to_email.lower(), category=message.category).exists()
    context = {"message": message, "token": token, "stopped": stopped}
    return _private(render(request, "mail/unsubscribe.html", context))


@opened("link")
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Which kinds of mail this address gets from this district."""
    message = _message(token)
    standing = OptOut.objects.standing().filter(email=message.to_email.lower()).values_list("category", flat=True)
    form = Choices(request.POST or None, initial={"wanted": [c for c in OPTIONAL if c not in set(standing)]})
    if request.method == "POST":
        form = Choices(request.POST)
        if form.is_valid():
            form.save(email=message.to_email, source=_("the page of mail choices"))
            toast(request, _("Saved. It counts from now on."))
    return _private(render(request, "mail/preferences.html", {"message": message, "token": token, "form": form}))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
