"""The list of partners, what is done to many at once, and its export."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.bulk_forms import BulkForm
from partners.listing import LISTED, PartnerList, complete, rows_of
from partners.models import BulkChange, DuplicatePair, Organization
from partners.models.stages import stage_choices
from wbl.accounts.access import can
from wbl.saved.lists import listing_for
from wbl.web.exports import export
from wbl.web.lists import Page
from wbl.web.responses import fragment, go, go_back, toast

VIEWS = (
    ("All", ""),
    ("Mine", "owner={me}"),
    ("Prospects", "stage=prospect"),
    ("Active", "stage=active"),
    ("Quiet for 60 days", "quiet=60"),
    ("Never contacted", "quiet=never"),
)


@can("view")
def partner_list(request: HttpRequest) -> HttpResponse:
    """Fifty partners at a time; search, filters, sorting and columns are in the address."""
    listing, views = listing_for(request, PartnerList, VIEWS)
    if views.opens_with:
        return redirect(views.opens_with)
    page, total = listing.page(LISTED), Organization.count_present()
    number = len(page.rows)
    matching = _matching(listing, page, total)
    page.rows = rows_of(listing, complete(page.rows, listing.keys), reverse("partners:list"), ticks=request.can.edit)
    context = {
        "list": listing,
        "page": page,
        "total": total,
        "matching": matching,
        "fitting": _fitting(listing, matching, number),
        "views": views,
        "duplicates": DuplicatePair.count_waiting(),
        "stages": stage_choices(fresh=False),
        "owners": listing.owners,
    }
    return fragment(request, "partners/list.html", "rows", context)


@can("view")
def partner_export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as it is shown, all of its pages, as CSV or XLSX.

    The ID at the end lets the file be corrected elsewhere and imported again: each row finds its partner by it.
    """
    listing, _views = listing_for(request, PartnerList)
    rows = complete(listing.select(LISTED)[:100_000], listing.keys)
    return export("partners", [*listing.export_columns(), ("wbl ID", lambda row: row.pk)], rows, kind=form)


@can("edit")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Stage, owner, tags or archive for the ticked partners, or for all that match; undone from the toast."""
    form = BulkForm(request.POST)
    state = request.POST.get("query", "")
    back = f"{reverse('partners:list')}?{state}" if state else reverse("partners:list")
    if not form.is_valid():
        toast(request, f"Nothing was changed: {form.why_not}.")
        return go(request, back)
    change = form.save(by=request.user)
    toast(request, change.told, reverse("partners:bulk_undo", args=[change.pk]))
    Organization.count_anew()
    return go(request, back)


@can("edit")
@require_POST
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a bulk change back where nobody has changed the partner since."""
    change = get_object_or_404(BulkChange.objects.exclude(field="handover"), pk=pk, undone_at=None)
    done = change.undo()
    toast(request, f"{done} of {len(change.before)} partners are as before.")
    Organization.count_anew()
    return go_back(request, "partners:list")


def _matching(listing: PartnerList, page: Page, total: int) -> int | None:
    """How many partners the state lets through, where more than the page do; counted only when filters are on."""
    if not page.has_next:
        return None
    return listing.select(Organization.objects.present()).count() if listing.is_filtered else total


def _fitting(listing: PartnerList, matching: int | None, here: int) -> int | None:
    """How many the filters let through, where there are any: what is all on this page needs no count."""
    if not listing.is_filtered or matching is not None:
        return matching if listing.is_filtered else None
    return here if listing.page_number == 1 else listing.select(Organization.objects.present()).count()
