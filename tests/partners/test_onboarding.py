"""Steps to success: begun when a partner commits, ticked by what the system sees, theirs in the portal."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partners import onboarding
from partners.models import BulkChange, OnboardingStep, OnboardingTask, Organization, PartnerAccess, PartnerDocument
from partners.tasks import look_at_onboarding
from wbl.accounts.models import User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_it_begins_by_itself_when_a_partner_commits_and_ticks_what_is_there(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    with district(cedar):
        acme.move_to(stage="committed", by=people.coordinator)
        tasks = {t.check_key: t for t in acme.onboarding.all()}
        assert len(tasks) == 8
        assert tasks["contact_email"].done_how == "Ray Halvorsen, ray@acme.example"
        assert tasks["contact_email"].done_by is None
        assert tasks["mou"].due == cedar.today() + dt.timedelta(days=30)
        assert tasks["mou"].whose == people.coordinator
    page = words(browser.get(f"/cedar/partners/{acme.pk}/onboarding/"))
    assert "1 of 8 steps done" in page
    assert "seen by the system: Ray Halvorsen" in page
    assert "7 of 8 steps open. Next: A first meeting" in words(browser.get(f"/cedar/partners/{acme.pk}/"))


def test_many_that_commit_at_once_begin_each_with_the_steps_of_its_kind(cedar: District) -> None:
    with district(cedar):
        made = [Organization.objects.create(name=kind, kind=kind) for kind in ("employer", "labor")]
        BulkChange.apply(field="stage", value="committed", organizations=made, by=None)
        keys = [{t.check_key for t in o.onboarding.all()} for o in made]
        assert "insurance" in keys[0]
        assert keys[1] == keys[0] - {"insurance", "site"}


def test_what_is_done_is_ticked_by_what_was_seen(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    browser.post(f"/cedar/partners/{acme.pk}/onboarding/start/")
    browser.post(f"/cedar/partners/{acme.pk}/sites/new/", {"street": "1 Mill Road", "city": "Cedar Valley"})
    browser.post(f"/cedar/partners/{acme.pk}/log/", {"kind": "visit", "summary": "Saw the shop"})
    browser.post(f"/cedar/partners/{acme.pk}/offers/new/", {"type": "tour", "seats": 12})
    with district(cedar):
        done = set(acme.onboarding.exclude(done_at=None).values_list("check_key", flat=True))
        assert done == {"contact_email", "site", "met", "offer"}
        PartnerDocument.objects.create(organization=acme, kind="mou", expires=cedar.today() - dt.timedelta(1))
        PartnerDocument.objects.create(organization=acme, kind="insurance", expires=cedar.today())
        user = User.objects.create_user("ray@acme.example", name="Ray Halvorsen")
        access = PartnerAccess.objects.create(user=user, district=cedar, organization_id=acme.pk)
        access.refresh_from_db()
        User.objects.filter(pk=user.pk).update(last_login=access.created_at + dt.timedelta(hours=1))
        look_at_onboarding()
        done = set(acme.onboarding.exclude(done_at=None).values_list("check_key", flat=True))
        assert done == {"contact_email", "site", "met", "offer", "insurance", "portal"}  # the agreement has lapsed


def test_a_step_is_ticked_by_hand_not_needed_and_open_again(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    with district(cedar):
        onboarding.start(acme, by=people.coordinator)
        step = acme.onboarding.get(check_key="")
    here = f"/cedar/partners/{acme.pk}/onboarding/"
    browser.post(f"{here}{step.pk}/done/", {"how": "not_needed"})
    assert "by Marisol Tate: Not needed with this partner" in words(browser.get(here))
    browser.post(f"{here}{step.pk}/undone/")
    browser.post(f"{here}{step.pk}/", {"owner": people.admin.pk, "due": cedar.today().isoformat()})
    with district(cedar):
        step.refresh_from_db()
        assert (step.done_at, step.whose) == (None, people.admin)
    assert "</a>: Introduce them to the schools" not in words(browser.get("/cedar/"))
    assert "</a>: Introduce them to the schools" in words(browser.get("/cedar/?whose=all"))
    browser.post(f"{here}stop/")
    with district(cedar):
        assert not OnboardingTask.objects.open().exists()


def test_the_partner_says_in_the_portal_what_is_done(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    user = User.objects.create_user("ray@acme.example", name="Ray Halvorsen")
    PartnerAccess.objects.create(user=user, district=cedar, organization_id=acme.pk, organization_name=acme.name)
    with district(cedar):
        onboarding.start(acme, by=people.coordinator)
        paper = acme.onboarding.get(check_key="insurance")
    phone = sign_in(user)
    page = words(phone.get(f"/cedar/portal/{acme.pk}/"))
    assert "Send your insurance certificate" in page
    assert "A first meeting" not in page
    phone.post(f"/cedar/portal/{acme.pk}/steps/{paper.pk}/", {"done": "1"})
    assert "Send your insurance certificate" not in words(phone.get(f"/cedar/portal/{acme.pk}/"))
    with district(cedar):
        paper.refresh_from_db()
        assert paper.done_at is None  # a paper is there when it is on file
        assert Todo.objects.get().title == "Ray Halvorsen says it is done: Send your insurance certificate"


@pytest.fixture
def phone(cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any) -> Any:
    """Ray of Acme, in the portal."""
    user = User.objects.create_user("ray@acme.example", name="Ray Halvorsen")
    PartnerAccess.objects.create(user=user, district=cedar, organization_id=acme.pk, organization_name=acme.name)
    return sign_in(user)


def test_the_partner_sends_the_document_that_a_step_asks_for(
    cedar: District, acme: Organization, people: SimpleNamespace, phone: Any
) -> None:
    with district(cedar):
        onboarding.start(acme, by=people.coordinator)
    here = f"/cedar/portal/{acme.pk}/documents/insurance/"
    assert here in words(phone.get(f"/cedar/portal/{acme.pk}/"))
    assert "We have sent it another way" in words(phone.get(here))
    past = {"file": SimpleUploadedFile("old.pdf", b"%PDF-1.4"), "expires": "2020-01-01"}
    assert "This day has passed" in words(phone.post(here, past))
    large = {"file": SimpleUploadedFile("large.pdf", b"x" * (10 * 1024 * 1024 + 1))}
    assert "larger than 10 MB" in words(phone.post(here, large))
    until = (cedar.today() + dt.timedelta(days=20)).isoformat()
    phone.post(here, {"file": SimpleUploadedFile("new.pdf", b"%PDF-1.4"), "expires": until})
    with district(cedar):
        paper = PartnerDocument.objects.select_related("file").get()
        assert (paper.kind, paper.file.name, str(paper.expires)) == ("insurance", "new.pdf", until)
        assert acme.onboarding.get(check_key="insurance").done_at
        assert Todo.objects.get().title == "Look at what Ray Halvorsen sent: Insurance certificate"


def test_the_next_one_takes_the_place_of_a_paper_that_ends_soon(
    cedar: District, acme: Organization, phone: Any
) -> None:
    soon, later = cedar.today() + dt.timedelta(days=10), cedar.today() + dt.timedelta(days=400)
    with district(cedar):
        old = PartnerDocument.objects.create(organization=acme, kind="insurance", title="Liability", expires=soon)
    assert "Insurance certificate: please send the next one" in words(phone.get(f"/cedar/portal/{acme.pk}/"))
    file = SimpleUploadedFile("next.pdf", b"%PDF-1.4")
    phone.post(f"/cedar/portal/{acme.pk}/documents/insurance/", {"file": file, "expires": later.isoformat()})
    assert "please send the next one" not in words(phone.get(f"/cedar/portal/{acme.pk}/"))
    with district(cedar):
        old.refresh_from_db()
        assert old.ended_at
        assert PartnerDocument.objects.standing().get().title == "Liability"
    assert phone.get(f"/cedar/portal/{acme.pk}/documents/background/").status_code == 404


def test_a_district_has_steps_of_its_own(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    admin = sign_in(people.admin)
    assert "A first meeting" in words(admin.get("/cedar/partners/onboarding-steps/"))
    with district(cedar):
        assert not OnboardingStep.objects.exists()
    safety = {"title": "Safety talk", "kinds": ["employer"], "doer": "admin", "due_days": 5, "order": 1}
    admin.post("/cedar/partners/onboarding-steps/new/", safety)
    with district(cedar):
        met = OnboardingStep.objects.get(check_key="met")
    admin.post(f"/cedar/partners/onboarding-steps/{met.pk}/retirement/")
    admin.post(f"/cedar/partners/{acme.pk}/onboarding/start/")
    with district(cedar):
        assert not acme.onboarding.filter(check_key="met").exists()
        assert acme.onboarding.get(title="Safety talk").owner == people.admin
        assert onboarding.start(acme, by=None) == 0
