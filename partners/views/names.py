"""Names for a field as one types: partners, whoever may have referred one, industries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partners import naics
from partners.fields import names_like
from partners.names import sort_key
from wbl.accounts.access import can


def _typed(request: HttpRequest, default: str) -> str:
    return request.GET.get(request.GET.get("field", default), "")


@can("log")
def names(request: HttpRequest) -> HttpResponse:
    """Names for the field in which a partner, or with ?of=person a person, is typed."""
    found = names_like(request.GET.get("of", ""), _typed(request, "partner"))
    return render(request, "components/names.html", {"labels": found})


@can("log")
def referrers(request: HttpRequest) -> HttpResponse:
    """Partners and their people; those in whose name a word begins as it was typed come first, people before partners."""
    typed = _typed(request, "referrer")
    found = [*names_like("person", typed), *names_like("partner", typed)]
    found.sort(key=lambda name: f" {sort_key(typed)}" not in f" {sort_key(name.split(',')[0])}")
    return render(request, "components/names.html", {"labels": found[:12]})


@can("log")
def industries(request: HttpRequest) -> HttpResponse:
    """Industries of NAICS 2022 by words or code."""
    found = naics.industries_like(_typed(request, "naics"))
    return render(request, "components/names.html", {"labels": [naics.label(code) for code in found]})
