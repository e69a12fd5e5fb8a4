"""One partner: the page, its facts, stage, sites and offers."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners import onboarding
from partners.adding import NewPartnerForm, TypedForm
from partners.finding import like_typed
from partners.forms import OrganizationForm, SiteForm
from partners.merging.history import joined
from partners.models import Offer, Organization, Site
from partners.offer_forms import OfferForm
from partners.page import PartnerPage
from wbl.accounts.access import can
from wbl.history.page import Trail
from wbl.mail.models import Message
from wbl.tenancy.prepared import Given, Prepared
from wbl.tenancy.record import kind_of
from wbl.web.responses import form_page, fragment, go, go_back, toast
from wbl.web.shelving import shelf_views


def _planned() -> Any:
    """The mails by hand that wait for their hour, as {"pk", "at", "name", "subject"}, soonest first."""
    rows = Message.objects.waiting().filter(about_kind=kind_of(Organization), about_id=OuterRef("pk"), by_hand=True)
    rows = rows.filter(rule=None).order_by("due_at", "pk")
    return rows.values(row=JSONObject(pk="pk", at="due_at", name="to_name", subject="subject"))[:5]


WHOLE = Prepared(
    lambda: (
        Organization.objects.filter(pk=Given("partner"))
        .select_related("owner", "parent__parent", "referred_by", "referred_by_contact")
        .with_ties()
        .with_kin()
        .with_documents()
        .with_onboarding()
        .annotate(planned=ArraySubquery(_planned()))
    )
)
TRAIL = Trail(Organization, "contacts", "sites", "offers", "documents", tabs="partners/tabs.html", joined=joined)


@can("view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The partner: people, offers, next steps and everything that passed between them and the district."""
    organization = WHOLE.first(partner=pk)
    if organization is None:
        raise Http404
    return fragment(request, "partners/detail.html", "timeline", {"partner": PartnerPage(organization, request)})


@can("view")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this partner, its people, sites, offers and papers."""
    return TRAIL.page(request, get_object_or_404(Organization, pk=pk))


@can("edit")
@transaction.atomic
def add(request: HttpRequest) -> HttpResponse:
    """A new partner. What looks like one on file is shown once; "it is another one" goes on."""
    first = {"owner": request.user.pk, "name": request.GET.get("name", "")}
    form = NewPartnerForm(request.POST or None, initial=first, by=request.user)
    form.watch(reverse("partners:alike"))
    if request.method == "POST" and form.is_valid():
        made = form.save()
        made.plan_revisit(by=request.user)
        toast(
            request,
            f"{made} is a partner now{', with ' + form.cleaned_data['person_name'] if form.cleaned_data['person_name'] else ''}.",
        )
        return go(request, made)
    return fragment(request, "partners/add.html", "form", {"form": form, "back": reverse("partners:list")})


@can("edit")
def alike(request: HttpRequest) -> HttpResponse:
    """Partners on file that what is being typed may be."""
    typed = TypedForm(request.GET)
    found = like_typed(**typed.cleaned_data) if typed.is_valid() else []
    return render(request, "partners/alike.html", {"found": found})


@can("edit")
@transaction.atomic
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the partner; who saves second sees what the first changed."""
    organization = get_object_or_404(Organization.objects.select_for_update(of=("self",)), pk=pk)
    was = (organization.stage, organization.stage_reason, organization.revisit_on)
    form = OrganizationForm(request.POST or None, instance=organization, by=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        organization.stage, organization.stage_reason, organization.revisit_on = was
        form.save()
        organization.move_to(
            stage=data["stage"], by=request.user, reason=data["stage_reason"], revisit_on=data["revisit_on"]
        )
        toast(request, f"Saved.{form.kept_in_words}")
        return go_back(request, organization)
    return form_page(request, form, title=organization.name, back=organization.get_absolute_url())


archive, restore = shelf_views(Organization, "partners")


@can("edit")
@transaction.atomic
def site(request: HttpRequest, organization: int, pk: int | None = None) -> HttpResponse:
    """Add a site, or change one."""
    owner = get_object_or_404(Organization, pk=organization)
    rows = Site.objects.select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=pk, organization=owner) if pk else Site(organization=owner)
    form = SiteForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        onboarding.look(owner)
        toast(request, f"Saved.{form.kept_in_words}")
        return go_back(request, owner)
    return form_page(request, form, title=f"Site of {owner}", back=owner.get_absolute_url())


@can("edit")
def offer(request: HttpRequest, organization: int, pk: int | None = None) -> HttpResponse:
    """Add an offer, or change one."""
    owner = get_object_or_404(Organization, pk=organization)
    found = get_object_or_404(Offer, pk=pk, organization=owner) if pk else Offer(organization=owner)
    form = OfferForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        onboarding.look(owner)
        toast(request, f"{found} is among their offers.")
        return go_back(request, owner)
    return form_page(request, form, title=f"What {owner} offers", back=owner.get_absolute_url())


@can("edit")
@require_POST
def offer_closing(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """Close an open offer; the same address opens a closed one again."""
    found = get_object_or_404(Offer.objects.select_related("organization"), pk=pk, organization=organization)
    found.reopen() if found.closed_at else found.close()
    toast(
        request,
        f"{found} is {'closed' if found.closed_at else 'open again'}.",
        None if not found.closed_at else request.path,
    )
    return go_back(request, found.organization)
