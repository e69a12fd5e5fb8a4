"""What a new district does first: stands on Today, while nothing else does, until each is done."""

from django.http import HttpRequest
from django.urls import reverse

from partners.models import Organization
from wbl.accounts.access import may_follow
from wbl.accounts.models import Invitation, Membership
from wbl.tenancy.models import School, Term
from wbl.tenancy.scope import current_district
from wbl.web.rows import BEGIN, Row


def steps(request: HttpRequest) -> list[Row]:
    """What is left to set up, of that which this person may do: four queries at most."""
    return [
        Row(section=BEGIN, icon=icon, name=name, href=address, why=why, action=action, action_href=address)
        for icon, name, why, action, address, done in _steps()
        if may_follow(request, address, posts=True) and not done()
    ]


def _steps() -> list[tuple]:
    """(icon, name, why, action, address, whether it is done), in the order in which one builds on the other."""
    here = current_district()
    return [
        (
            "pin",
            "The district’s postal address",
            "Stands under every mail, as the law asks of mail to businesses.",
            "Write it down",
            reverse("settings:district"),
            lambda: bool(here.postal_address),
        ),
        (
            "school",
            "Schools",
            "A student is at one, a teacher sees those of one.",
            "Add them",
            reverse("settings:schools"),
            School.objects.exists,
        ),
        (
            "calendar",
            "Terms and days without school",
            "Automatic mail waits for the next school day.",
            "Enter them",
            reverse("settings:add_part", args=["terms"]),
            Term.objects.exists,
        ),
        (
            "upload",
            "The partners you have",
            "A spreadsheet as it is; you see what each row becomes before anything is written.",
            "Import a list",
            reverse("partners:import"),
            Organization.objects.exists,
        ),
        (
            "people",
            "Colleagues",
            "Each with a role; a mail invites them.",
            "Invite",
            reverse("settings:invite"),
            _joined,
        ),
    ]


def _joined() -> bool:
    return Membership.objects.of_district().count() > 1 or Invitation.objects.open().exists()
