"""Builds the demonstration district; wbl.accounts.founding takes it away in one step."""

import datetime as dt
import json
import secrets
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction

from partners.models import Organization, PartnerAccess
from wbl.accounts.models import Membership, User
from wbl.home.demo import councils, data, mail, partners, pathways, placements
from wbl.tenancy.models import District, NonSchoolDay, RegionMember, School, Term
from wbl.tenancy.scope import district

MAIL_DOMAIN = "cedarvalley.example"


@transaction.atomic
def seed() -> District:
    """The demonstration district; one that is there already is left as it is."""
    found = District.objects.filter(slug=data.DISTRICT["slug"]).first()
    if found:
        return found
    made = District.objects.create(**data.DISTRICT, is_demo=True)
    region = District.objects.create(**data.REGION, kind=District.Kind.REGION, is_demo=True)
    RegionMember.objects.create(region=region, district=made)
    users, passwords = _people()
    _join(made, region, users)
    with district(made):
        today = made.today()
        _calendar(today)
        known = partners.seed(users, today)
        paths = pathways.seed(known, users)
        councils.seed(users, paths, today)
        placements.seed(known, users, paths, today)
        mail.seed(users)
        passwords.append(_partner(known["Halvorsen Machine & Tool"]))
    with district(region):
        pathways.seed_region(users)
    _keep(passwords)
    return made


def _people() -> tuple[dict[str, User], list[dict[str, str]]]:
    users, kept = {}, []
    for key, name, goes_by, role, title, _school in (
        *data.PEOPLE,
        ("rosa", "Rosa Whitfield", "", "coordinator", "Regional coordinator", None),
    ):
        email, password = f"{name.lower().replace(' ', '.')}@{MAIL_DOMAIN}", secrets.token_urlsafe(9)
        user = User.objects.filter(email=email).first() or User(email=email, name=name, goes_by=goes_by)
        user.password = _hashed(password)
        user.save()
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        users[key] = user
        kept.append({"role": f"{title} ({role})", "email": email, "password": password})
    return users, kept


def _hashed(password: str) -> str:
    """Seventy-two random bits gain nothing from many rounds, which were a third of the seeding; the first sign-in adds them."""
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=10_000)


def _join(made: District, region: District, users: dict[str, User]) -> None:
    with district(made):
        schools = {name: School.objects.create(name=name, address=address) for name, address in data.SCHOOLS}
        for key, _name, _goes_by, role, title, school in data.PEOPLE:
            member = Membership.objects.create(user=users[key], district=made, role=role, title=title)
            if school:
                member.assign_schools(schools=[schools[school]])
    Membership.objects.create(user=users["rosa"], district=region, role="coordinator", title="Regional coordinator")


def _partner(organization: Organization) -> dict[str, str]:
    """A contact who uses the portal; in earnest they sign in with an emailed code."""
    contact, password = organization.contacts.get(name="Pat Umber"), secrets.token_urlsafe(9)
    user, _made = User.objects.get_or_create(email=contact.email, defaults={"name": contact.name})
    user.password = _hashed(password)
    user.save()
    PartnerAccess.objects.create(
        user=user,
        district_id=organization.district_id,
        organization_id=organization.pk,
        contact_id=contact.pk,
        organization_name=organization.name,
    )
    return {
        "role": "Payroll of Halvorsen Machine & Tool (partner, portal)",
        "email": contact.email,
        "password": password,
    }


def _calendar(today: dt.date) -> None:
    start = today.year if today.month >= 7 else today.year - 1
    Term.objects.create(name="Fall", first_day=dt.date(start, 8, 12), last_day=dt.date(start, 12, 18))
    Term.objects.create(name="Spring", first_day=dt.date(start + 1, 1, 5), last_day=dt.date(start + 1, 5, 21))
    for name, first, last in (
        ("Labor Day", (start, 9, 7), (start, 9, 7)),
        ("Fall break", (start, 10, 15), (start, 10, 16)),
        ("Thanksgiving", (start, 11, 23), (start, 11, 27)),
        ("Winter break", (start, 12, 19), (start + 1, 1, 4)),
        ("Spring break", (start + 1, 3, 15), (start + 1, 3, 19)),
    ):
        NonSchoolDay.objects.create(name=name, first_day=dt.date(*first), last_day=dt.date(*last))


def _keep(passwords: list[dict[str, str]]) -> None:
    """Where `up` finds them: made for this installation, readable by its owner alone."""
    path = Path(settings.WBL_LOCAL_DIR) / "demo.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    path.write_text(json.dumps({"users": passwords}, indent=1))
