"""What the system can see for itself of a partner's onboarding, by key. An app above may add its own with `register`.

A check takes a partner and says in words what it saw, or nothing: "Pat Umber, pat@acme.example".
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from partners.models import DocumentKind, Organization, PartnerAccess
from wbl.web.dates import plain_day

Find = Callable[[Organization], str]


@dataclass(frozen=True)
class Check:
    key: str
    label: str  # completes "Done when …"
    find: Find


_checks: dict[str, Check] = {}


def register(key: str, label: str) -> Callable[[Find], Find]:
    """Decorator of a check."""

    def keep(find: Find) -> Find:
        _checks[key] = Check(key, label, find)
        return find

    return keep


def checks() -> list[Check]:
    return list(_checks.values())


def check(key: str) -> Check | None:
    """None for a key whose app is gone: then somebody ticks the step."""
    return _checks.get(key)


@register("contact_email", "a contact with an email is on file")
def _contact_email(partner: Organization) -> str:
    found = partner.contacts.current().with_email().first()
    return f"{found.name}, {found.email}" if found else ""


@register("site", "the address of a site is known")
def _site(partner: Organization) -> str:
    found = partner.sites.exclude(street="").exclude(city="").first()
    return found.line if found else ""


def _paper(partner: Organization, kind: str) -> str:
    valid = Q(expires=None) | Q(expires__gte=timezone.localdate())
    found = partner.documents.standing().filter(valid, kind=kind).first()
    if found is None:
        return ""
    return f"{found} on file" + (f" until {plain_day(found.expires)}" if found.expires else "")


@register("mou", "an agreement (MOU) is on file and in force")
def _mou(partner: Organization) -> str:
    return _paper(partner, DocumentKind.MOU)


@register("insurance", "a valid insurance certificate is on file")
def _insurance(partner: Organization) -> str:
    return _paper(partner, DocumentKind.INSURANCE)


@register("offer", "they have made a first offer")
def _offer(partner: Organization) -> str:
    found = partner.offers.filter(closed_at=None).first()
    return f"They offer: {str(found).lower()}" if found else ""


@register("portal", "somebody of theirs has signed in to the portal")
def _portal(partner: Organization) -> str:
    used = PartnerAccess.objects.of_district().filter(organization_id=partner.pk, user__last_login__gte=F("created_at"))
    found = used.first()
    return f"{found.user} signed in" if found else ""


@register("met", "a first meeting, visit or video call is logged")
def _met(partner: Organization) -> str:
    met = partner.timeline.filter(kind__in=("meeting", "visit", "video", "council")).order_by("at").first()
    return f"{met.get_kind_display()} on {plain_day(timezone.localdate(met.at))}" if met else ""
