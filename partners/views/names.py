"""Names for a field as one types: partners, whoever may have referred one, industries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partners import naics
from partners.fields import contacts_like, organizations_like
from partners.search import find
from wbl.accounts.access import can


def _typed(request: HttpRequest, default: str) -> str:
    return request.GET.get(request.GET.get("field", default), "")


@can("log")
def partner_names(request: HttpRequest) -> HttpResponse:
    """Names that begin or sound like what was typed so far."""
    hits = find(_typed(request, "partner"), limit=8)
    return render(request, "partners/names.html", {"names": [hit.organization.name for hit in hits]})


@can("log")
def referrers(request: HttpRequest) -> HttpResponse:
    """Partners and their people."""
    typed = _typed(request, "referrer")
    people = [f"{each.name}, {each.organization.name}" for each in contacts_like(typed)]
    return render(request, "partners/names.html", {"names": [*map(str, organizations_like(typed)), *people][:12]})


@can("log")
def industries(request: HttpRequest) -> HttpResponse:
    """Industries of NAICS 2022 by words or code."""
    found = naics.industries_like(_typed(request, "naics"))
    return render(request, "partners/names.html", {"names": [naics.label(code) for code in found]})
