"""Any string of the big list of naughty strings, in any text field, is stored and shown as itself."""

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.utils.html import escape

from councils.forms import CouncilForm
from partners.forms import ContactForm, OrganizationForm, SiteForm
from partners.models import Contact, Offer, Organization, Site
from partners.offer_forms import OfferForm
from pathways.forms import PathwayForm
from wbl.accounts.forms import NonSchoolDayForm, SchoolForm, TermForm
from wbl.accounts.views import MeForm
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

FOLDER = Path(os.environ.get("WBL_TEST_DATA", "../shared/data")) / "08-security" / "blns"
# kept here too, so that the test never proves nothing: the worst of each kind
WORST = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}{% csrf_token %}", "'; drop table x; --",
    "Ω≈ç√∫˜µ≤≥÷", "\u202etest\u202e", "בְּרֵאשִׁית", "👩🏽‍🚒", "﷽", "1;DROP TABLE users", "../../etc/passwd", "%s%n", "=1+1", "\u200b",
]  # fmt: skip
DATES = {"first_day": "2027-01-04", "last_day": "2027-01-08"}
# a form, the least it needs, and how one that hangs on a partner begins
FORMS: list[tuple[Any, dict[str, Any], Any]] = [
    (OrganizationForm, {"name": "Acme", "kind": "employer", "stage": "declined", "stage_reason": "No room"}, None),
    (ContactForm, {"name": "Ray", "prefers": "email", "language": "en-us"}, Contact),
    (SiteForm, {"name": "Plant"}, Site),
    (OfferForm, {"type": "internship"}, Offer),
    (SchoolForm, {"name": "West"}, None),
    (TermForm, {"name": "Fall", **DATES}, None),
    (NonSchoolDayForm, {"name": "Break", **DATES}, None),
    (PathwayForm, {"name": "Machining", "cluster": "energy"}, None),
    (CouncilForm, {"name": "Council", "letter": "M", "kind": "advisory", "minimum_members": 8, "maximum_members": 10,
                   "meetings_per_year": 4, "quorum_rule": "majority", "notice_days": 7, "term_years": 2}, None),
]  # fmt: skip
# what says no to text that is no address, number or code, with a sentence, or reads it as several
CHECKED = (forms.EmailField, forms.URLField, forms.DateField, forms.IntegerField, forms.DecimalField, forms.ChoiceField)
ALSO_CHECKED = {"email", "naics", "phone", "mobile", "website", "letter", "tags", "zip", "other_emails", "other_phones"}


def strings() -> list[str]:
    path = FOLDER / "blns.json"
    found = json.loads(path.read_text("utf-8")) if path.exists() else []
    return [s for s in [*WORST, *found] if "\0" not in s]


def test_the_whole_list_is_there() -> None:
    if not FOLDER.exists():
        pytest.skip("the folder of WBL_TEST_DATA is not there")
    assert len(strings()) > 400


def text_fields(form: forms.BaseForm) -> list[str]:
    return [
        name
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, CHECKED)
        and name not in ALSO_CHECKED
        and type(field) is forms.CharField
    ]


@pytest.mark.parametrize(("form_class", "needs", "model"), FORMS, ids=lambda p: getattr(p, "__name__", ""))
def test_every_text_field_keeps_it(
    form_class: Any, needs: dict, model: Any, acme: Organization, cedar: District
) -> None:
    with district(cedar):
        for text in strings():
            given = model(organization=acme) if model else None
            blank = form_class(instance=given)
            fields = [n for n in text_fields(blank) if len(text) <= (blank.fields[n].max_length or 10**6)]
            wanted = text.strip()
            if not wanted:
                continue
            saved = transaction.savepoint_create()
            form = form_class({**needs, **dict.fromkeys(fields, text)}, instance=given)
            assert form.is_valid(), (text, form.errors)
            row = form.save()
            row.refresh_from_db()
            for name in fields:
                kept = getattr(row, name)
                assert kept.replace("\r\n", "\n").strip() == wanted.replace("\r\n", "\n"), (name, text)
            transaction.savepoint_rollback(saved)


def test_nul_is_refused_with_a_sentence(acme: Organization, in_cedar: District) -> None:
    form = OrganizationForm({"name": "A\0B", "kind": "employer", "stage": "prospect"})
    assert "Null characters are not allowed." in form.errors["name"]


def test_every_one_is_shown_as_itself(acme: Organization, people: SimpleNamespace, cedar: District, sign_in) -> None:
    shown = sorted({s.strip() for s in strings() if s.strip() and len(s.strip()) <= 120})
    with district(cedar):
        Contact.objects.bulk_create(
            Contact(organization=acme, name=text, sort_name=f"{n:05}") for n, text in enumerate(shown)
        )
    page = sign_in(people.coordinator).get(f"/cedar/partners/{acme.pk}/").text
    missing = [text for text in shown if escape(text) not in page]
    assert not missing, missing[:5]
    assert "<script>alert" not in page


def test_one_in_ones_own_name_is_shown_everywhere_as_itself(people: SimpleNamespace, sign_in) -> None:
    text = "<b onmouseover=alert(1)>{{ 7*7 }}</b>"
    form = MeForm({"name": text, "goes_by": "x", "shortcuts": "on"}, instance=people.admin)
    assert form.is_valid()
    form.save()
    client = sign_in(people.admin)
    for path in ("/cedar/", "/cedar/settings/people/", "/cedar/partners/", "/accounts/me/", "/cedar/admin/"):
        page = client.get(path).text
        assert text not in page and "<b onmouseover" not in page, path
