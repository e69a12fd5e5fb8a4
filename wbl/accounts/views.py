"""One's own account, apart from what allauth shows, and the first page of Settings."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from allauth.usersessions.models import UserSession
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wbl.accounts.access import can, signed_in
from wbl.accounts.models import Invitation, Membership, User
from wbl.tenancy.models import NonSchoolDay, RegionMember, School, Term
from wbl.web.responses import toast


class MeForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "goes_by", "shortcuts")
        help_texts = {"shortcuts": "Single keys such as l and /. They never act while you type in a field."}


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Name, how people address one, keyboard shortcuts; links to password, second factors and sessions."""
    form = MeForm(request.POST or None, instance=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return redirect("me")
    return render(request, "accounts/me.html", {"form": form}, status=422 if form.errors else 200)


class Emails(EmailView):
    """One's addresses, as allauth shows them. The main one is what portal access and invitations are given to: none is
    main before its owner has proved to read it. (allauth lets an account without any proven address choose freely.)"""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action_primary" in request.POST and not self._is_proven(request.POST.get("email", "")):
            toast(request, "Confirm the address first: the mail to it says how.")
            return redirect("account_email")
        return super().post(request, *args, **kwargs)

    def _is_proven(self, email: str) -> bool:
        mine = EmailAddress.objects.filter(user=self.request.user.pk, verified=True)
        return email.isprintable() and mine.filter(email__iexact=email.strip()).exists()


emails = signed_in(Emails.as_view())


@signed_in
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out one other browser of one's own; this one has its own way out."""
    own = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)  # type: ignore[misc]
    get_object_or_404(own, pk=pk).end()
    toast(request, "That browser is signed out.")
    return redirect("usersessions_list")


@can("view")
def home(request: HttpRequest) -> HttpResponse:
    """Every part of Settings with its facts; what one may not change shows the facts alone."""
    here = request.district  # type: ignore[attr-defined]
    today = here.today()
    context = {
        "members": Membership.objects.of_district().filter(ended_at=None).count(),
        "invited": Invitation.objects.open().count(),
        "schools": School.objects.filter(closed_on=None).count(),
        "term": Term.objects.filter(first_day__lte=today, last_day__gte=today).first(),
        "next_day": NonSchoolDay.objects.filter(last_day__gte=today).first(),
        "regions": RegionMember.objects.filter(district=here).count(),
        "member_districts": RegionMember.objects.filter(region=here).count(),
    }
    return render(request, "accounts/settings.html", context)
