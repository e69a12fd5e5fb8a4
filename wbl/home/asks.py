"""Reports → Asks: who asked which partner for what, in a period, across all schools."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from partners.ask_list import DistrictAsks
from wbl.accounts.access import can
from wbl.home.activity import entries_of
from wbl.home.period import PeriodForm
from wbl.web.exports import export_list


@can("view")
def asks(request: HttpRequest) -> HttpResponseBase:
    """All asks of a period; filters, order and columns stand in the address."""
    form, listing = PeriodForm(request.GET), DistrictAsks(request.GET)
    page = listing.page(entries_of(form.period).asks())
    context = {"form": form, "period": form.period, "list": listing, "page": page}
    return render(request, "home/reports_asks.html", context)


@can("view")
def asks_file(request: HttpRequest, form: str) -> HttpResponseBase:
    period = PeriodForm(request.GET).period
    return export_list("asks", DistrictAsks(request.GET), entries_of(period).asks(), form)
