"""Stopping mail without signing in, by the link under each one. GET changes nothing; the token is the right to act."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from wbl.accounts.access import opened
from wbl.mail import addresses
from wbl.mail.categories import OPTIONAL, OPTIONAL_TOLD
from wbl.mail.models import Message, OptOut
from wbl.web.responses import toast


class Choices(forms.Form):
    """Which mails may come; what is not ticked is stopped."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("These may come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=OPTIONAL_TOLD,
    )

    def save(self, *, email: str, source: str) -> None:
        stopped = [c for c in OPTIONAL if c not in self.cleaned_data["wanted"]]
        OptOut.choose(email=email, stopped=stopped, source=source)


def _message(token: str) -> Message:
    message = Message.objects.filter(pk=addresses.read_unsubscribe(token) or 0).exclude(to_email="").first()
    if message is None:
        raise Http404
    return message


def _spoken(request: HttpRequest, message: Message) -> Any:
    """The language of the mail that brought them here, unless they chose one on our pages."""
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    return nullcontext() if chosen else translation.override(message.language)


@csrf_exempt  # RFC 8058: mail programs post here, without a page and its cookie
@opened("link")
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click stops the category of the mail; the page behind GET offers that and the finer choice."""
    message = _message(token)
    if message.category not in OPTIONAL:  # nothing of this kind can be stopped; the others can
        return preferences(request, token)
    if request.method == "POST":  # the words are for the district, which reads English
        OptOut.stop(email=message.to_email, category=message.category, source="the link in a mail")
        message.note("opted_out", "By the link in this mail.")
    stopped = OptOut.objects.standing().filter(email=message.to_email.lower(), category=message.category).exists()
    context = {"message": message, "token": token, "stopped": stopped}
    with _spoken(request, message):
        return _private(render(request, "mail/unsubscribe.html", context))


@opened("link")
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Which kinds of mail this address gets from this district."""
    message = _message(token)
    standing = OptOut.objects.standing().filter(email=message.to_email.lower()).values_list("category", flat=True)
    form = Choices(request.POST or None, initial={"wanted": [c for c in OPTIONAL if c not in set(standing)]})
    with _spoken(request, message):
        if request.method == "POST":
            form = Choices(request.POST)
            if form.is_valid():
                form.save(email=message.to_email, source="the page of mail choices")
                toast(request, _("Saved. It counts from now on."))
        context = {"message": message, "token": token, "form": form}
        return _private(render(request, "mail/preferences.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
