"""The way in: from `/` to one's district, a choice of them, or one's partnerships."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from partners.models import PartnerAccess
from wbl.accounts.access import signed_in
from wbl.accounts.models import Membership, User
from wbl.web.urls import district_url


@signed_in
def entrance(request: HttpRequest) -> HttpResponse:
    """One district: there. Several: a choice. A partner's contact: the portal. An operator: the districts."""
    user = _user(request)
    memberships = list(Membership.objects.of_user(user)[:2])
    if len(memberships) == 1:
        return HttpResponseRedirect(district_url(memberships[0].district, "home:today"))
    if memberships:
        return redirect("districts")
    if user.is_operator:
        return redirect("operator:districts")
    return redirect("partnerships")


@signed_in
def districts(request: HttpRequest) -> HttpResponse:
    """The districts one works in."""
    return render(request, "home/districts.html", {"memberships": Membership.objects.of_user(_user(request))})


@signed_in
def partnerships(request: HttpRequest) -> HttpResponse:
    """The organizations one acts for; a single one opens at once."""
    access = list(PartnerAccess.objects.of_user(_user(request)))
    if len(access) == 1 and not Membership.objects.of_user(_user(request)).exists():
        return HttpResponseRedirect(district_url(access[0].district, "portal:home", access[0].organization_id))
    return render(request, "home/partnerships.html", {"access": access})


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
