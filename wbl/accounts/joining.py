"""/<district>/settings/join/<token>/: the way in from an invitation. GET shows, POST acts."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wbl.accounts.access import public
from wbl.accounts.forms import JoinForm
from wbl.accounts.models import Invitation, User
from wbl.web import toast

KNOWN = "That did not work. If you sign in here already with this address, use “Sign in” above."


@public
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Who signs in with the invited address joins at once; who is new sets a name and a password."""
    invitation = Invitation.from_token(token)
    if invitation is None:
        raise Http404
    if invitation.state != "open":
        return _private(render(request, "accounts/join_over.html", {"invitation": invitation}, status=410))
    if request.user.is_authenticated:
        return _private(_join_signed_in(request, invitation, request.user))
    form = JoinForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        if (user := _begin_account(invitation, **form.cleaned_data)) is not None:
            return _private(_come_in(request, user))
        form.add_error(None, KNOWN)
    context = {"form": form, "invitation": invitation}
    return _private(render(request, "accounts/join.html", context, status=422 if form.errors else 200))


def _join_signed_in(request: HttpRequest, invitation: Invitation, user: Any) -> HttpResponse:
    if not invitation.is_for(user):
        return render(request, "accounts/join_other.html", {"invitation": invitation}, status=403)
    if request.method != "POST":
        return render(request, "accounts/join_known.html", {"invitation": invitation})
    try:
        invitation.accept(user=user)
    except ValidationError:
        return render(request, "accounts/join_over.html", {"invitation": invitation}, status=410)
    return _welcome(request)


@transaction.atomic
def _begin_account(invitation: Invitation, *, name: str, password: str) -> User | None:
    """A new person with a proven address, joined; None when the address has an account already."""
    if User.objects.filter(email__iexact=invitation.email).exists():
        return None
    user = User.objects.create_user(invitation.email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    invitation.accept(user=user)
    return user


def _come_in(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, user, method="password", email=user.email)
    return _welcome(request)


def _welcome(request: HttpRequest) -> HttpResponse:
    toast(request, f"Welcome to {request.district.name}.")  # type: ignore[attr-defined]
    return redirect("home:today")


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
