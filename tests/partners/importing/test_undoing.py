"""An import is taken back as a whole; what people did since stays and is listed."""

import pytest

from partners.importing.undoing import foresee, undo
from partners.models import Contact, DuplicatePair, ImportRow, Organization, Site, TimelineEntry
from tests.partners.importing.test_planning import imported  # noqa: F401

pytestmark = pytest.mark.django_db
LIST = "Company,Contact,Email,City,Zip\nAcme,Ann Lee,ann@acme.example,Ada,74820\nBeta,Bo Ray,bo@beta.example,Ada,74820\nAcme,,,Tulsa,74101\n"


@pytest.fixture(autouse=True)
def later(monkeypatch, transactional_db):
    """Every step is a transaction of its own, so that `now()` moves on as it does in life."""


def test_undo_leaves_the_partners_as_they_were(imported, people):  # noqa: F811
    known = Organization.objects.create(name="Beta", phone="+15805550100")
    job = imported(LIST)
    assert undo(job, by=people.coordinator)
    assert job.kept_on_undo == []
    assert list(Organization.objects.values_list("name", flat=True)) == ["Beta"]
    assert Site.objects.count() == Contact.objects.count() == 0
    assert not TimelineEntry.objects.filter(kind="import").exists()
    assert (job.state, job.kept_on_undo, job.undone_by) == ("undone", [], people.coordinator)
    assert Organization.objects.get().pk == known.pk


def test_what_would_go_and_stay_is_foretold_and_duplicate_pairs_are_no_hindrance(imported, people, sign_in):  # noqa: F811
    before = Organization.objects.create(name="Gamma")
    job = imported(LIST)
    acme, beta = Organization.objects.get(name="Acme"), Organization.objects.get(name="Beta")
    acme.phone = "+15805550111"
    acme.save()
    DuplicatePair.objects.create(one=before, other=beta, score=0.9)
    Organization.objects.filter(pk=before.pk).update(parent=beta)
    told = foresee(job)
    assert (told.goes, told.stays, told.restored) == (1, [(2, "Acme", "the organization was edited since")], 0)
    page = " ".join(sign_in(people.coordinator).get(f"/cedar/partners/import/{job.pk}/undo/").content.decode().split())
    assert "1 partner that it made goes, with its sites and contacts." in page
    assert "Row 2, Acme: the organization was edited since" in page
    assert Organization.objects.count() == 3
    assert undo(job, by=people.coordinator)
    assert set(Organization.objects.values_list("name", "parent")) == {("Acme", None), ("Gamma", None)}


def test_undo_empties_what_was_filled_unless_somebody_changed_it(imported, people):  # noqa: F811
    Organization.objects.create(name="Acme")
    Organization.objects.create(name="Beta")
    job = imported(
        "Company,Website,Industry,Employees,Tags\nAcme,acme.example,Machining,40,a;b\nBeta,beta.example,Baking,3,\n"
    )
    Organization.objects.filter(name="Beta").update(industry="Bread")
    undo(job, by=people.coordinator)
    acme, beta = Organization.objects.order_by("name")
    assert (acme.website, acme.domain, acme.industry, acme.employees, acme.tags) == ("", "", "", None, [])
    assert (beta.website, beta.industry) == ("", "Bread")
    assert job.kept_on_undo == [[3, "Beta", "industry was edited since"]]


def test_an_edited_partner_stays_with_its_people_and_is_listed(imported, people):  # noqa: F811
    job = imported(LIST)
    acme = Organization.objects.get(name="Acme")
    acme.phone = "+15805550111"
    acme.save()
    undo(job, by=people.coordinator)
    assert [o.name for o in Organization.objects.all()] == ["Acme"]
    assert Site.objects.count() == 2 and Contact.objects.get().name == "Ann Lee"
    assert [2, "Acme", "the organization was edited since"] in job.kept_on_undo


def test_a_partner_somebody_worked_with_stays(imported, people):  # noqa: F811
    job = imported(LIST)
    Organization.objects.get(name="Beta").record(kind="call", summary="Spoke with Bo", by=people.coordinator)
    undo(job, by=people.coordinator)
    assert [o.name for o in Organization.objects.all()] == ["Beta"]
    assert Contact.objects.get().name == "Bo Ray"


def test_undo_happens_once(imported, people):  # noqa: F811
    job = imported(LIST)
    assert undo(job, by=people.coordinator)
    assert not undo(job, by=people.coordinator)
    assert ImportRow.objects.filter(job=job).count() == 3


def test_the_rows_say_what_was_taken_back_and_what_was_kept(imported, people, sign_in):  # noqa: F811
    job = imported(LIST)
    Organization.objects.get(name="Beta").record(kind="call", summary="Said yes", by=people.coordinator)
    browser, address = sign_in(people.coordinator), f"/cedar/partners/import/{job.pk}/"
    assert ">Created</span>" in browser.get(address).content.decode()
    undo(job, by=people.coordinator)
    page = browser.get(address).content.decode()
    said = [page.count(f">{word}</span>") for word in ("Created", "Taken back", "Kept")]
    assert said == [0, 2, 1]
