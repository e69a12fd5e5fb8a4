"""What a partner's contact does in the portal, and what they never see."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from partners.models import Contact, Offer, Organization, PartnerAccess, PartnerDocument, TimelineEntry
from placements.models import HoursEntry
from wbl.accounts.models import User
from wbl.mail.models import Message, OptOut
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_hours_are_confirmed_in_one_tap(cedar: District, acme_portal: SimpleNamespace) -> None:
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "Confirm 7 hours" in page
    action = re.search(r'action="(/cedar/portal/\d+/hours/\d+/confirmation/)"', page)
    assert action
    acme_portal.browser.post(action[1], {"entries": [e.pk for e in acme_portal.entries]})
    assert "Confirm 7 hours" not in words(acme_portal.browser.get(acme_portal.home))
    with district(cedar):
        assert {(e.confirmed_by, e.confirmed_name) for e in HoursEntry.objects.all()} == {
            (acme_portal.ray, "Ray Halvorsen")
        }


def test_the_workspace_reads_on_the_timeline_what_was_confirmed_and_taken_back(
    cedar: District, acme: Organization, acme_portal: SimpleNamespace
) -> None:
    address = f"{acme_portal.home}hours/{acme_portal.placement.pk}/confirmation/"
    done = words(acme_portal.browser.post(address, {"entries": [e.pk for e in acme_portal.entries]}, follow=True))
    undo = re.search(r'action="([^"]+/undo/)"', done)
    assert undo
    for _twice in range(2):  # the second finds nothing to take back
        acme_portal.browser.post(undo[1])
    with district(cedar):
        told = [entry.summary for entry in TimelineEntry.objects.filter(organization=acme).order_by("pk")]
    assert told[-2:] == [
        "Ray Halvorsen confirmed 7 hours of a student in the portal",
        "Ray Halvorsen took back the hours confirmed in the portal",
    ]


def test_the_papers_on_file_stand_there_and_each_can_be_sent(
    cedar: District, acme: Organization, acme_portal: SimpleNamespace
) -> None:
    page = words(acme_portal.browser.get(acme_portal.home))
    assert page.count("Not on file") == 2
    with district(cedar):
        for kind, day in (("insurance", dt.date(2099, 6, 30)), ("background", dt.date(2098, 6, 30))):
            PartnerDocument.objects.create(organization=acme, kind=kind, expires=day)
        PartnerDocument.objects.create(
            organization=acme, kind="mou", title="Agreement 2019", expires=dt.date(2020, 1, 31)
        )
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "On file until June 30, 2099" in page
    assert "Ended on Jan. 31, 2020" in page
    assert "Not on file" not in page
    assert "2098" not in page  # a background check is about a person
    for kind in ("insurance", "mou"):
        assert f'href="{acme_portal.home}documents/{kind}/"' in page
        assert acme_portal.browser.get(f"{acme_portal.home}documents/{kind}/").status_code == 200


@pytest.mark.parametrize(("hour", "said"), [(0, "evening"), (4, "morning"), (12, "afternoon"), (17, "evening")])
def test_the_greeting_is_that_of_the_hour(
    acme_portal: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, hour: int, said: str
) -> None:
    clock = SimpleNamespace(localtime=lambda: dt.datetime(2026, 11, 22, hour, 14))
    monkeypatch.setattr("wbl.home.portal_page.timezone", clock)
    assert f"Good {said}, Ray" in words(acme_portal.browser.get(acme_portal.home))


def test_limits_that_are_too_long_are_refused_with_the_number(acme_portal: SimpleNamespace) -> None:
    here = f"{acme_portal.home}offers/new/"
    assert "maxlength" not in words(acme_portal.browser.get(here)), "a browser cuts what is pasted and says nothing"
    refused = words(acme_portal.browser.post(here, {"type": "tour", "limits": "x" * 3000}))
    assert "at most 200 characters (it has 3000)" in refused


def test_each_day_is_shown_and_a_slip_is_taken_back(cedar: District, acme_portal: SimpleNamespace) -> None:
    page = words(acme_portal.browser.get(acme_portal.home))
    for entry in acme_portal.entries:
        assert f"<span>{entry.date:%a, %b} {entry.date.day}</span>" in page
    sent = {"entries": [entry.pk for entry in acme_portal.entries]}
    address = f"{acme_portal.home}hours/{acme_portal.placement.pk}/confirmation/"
    done = words(acme_portal.browser.post(address, sent, follow=True))
    undo = re.search(r'action="([^"]+/undo/)"', done)
    assert undo
    acme_portal.browser.post(undo[1])
    assert "Confirm 7 hours" in words(acme_portal.browser.get(acme_portal.home))
    acme_portal.browser.post(address, sent)
    with district(cedar):
        HoursEntry.objects.approve(by=None)
    again = re.search(r'action="([^"]+/undo/)"', words(acme_portal.browser.get(acme_portal.home)))
    assert again
    assert "settled already" in words(acme_portal.browser.post(again[1], follow=True))


def test_a_name_is_shown_only_after_the_family_agreed(
    cedar: District, people: Any, acme_portal: SimpleNamespace
) -> None:
    before = words(acme_portal.browser.get(acme_portal.home)) + words(
        acme_portal.browser.get(acme_portal.home + "impact/")
    )
    assert "Hattie" not in before
    assert "A student of North High" in before
    with district(cedar):
        acme_portal.placement.tick(step="consented", by=people.coordinator)
    after = words(acme_portal.browser.get(acme_portal.home))
    assert "Hattie" in after
    assert "Brandvold" not in after


def test_a_disputed_hour_reaches_the_coordinator(cedar: District, people: Any, acme_portal: SimpleNamespace) -> None:
    acme_portal.browser.post(f"{acme_portal.home}hours/{acme_portal.placement.pk}/problem/", {"note": "Tuesday was 2"})
    with district(cedar):
        assert set(HoursEntry.objects.values_list("dispute", flat=True)) == {"Tuesday was 2"}
        todo = Todo.objects.open().get()
        assert (todo.owner, todo.note) == (people.coordinator, "Tuesday was 2")


def test_what_was_asked_is_answered_with_one_press(
    cedar: District, people: Any, acme: Organization, acme_portal: SimpleNamespace
) -> None:
    with district(cedar):
        entry = acme.record(kind="call", summary="He sounded tired", asked_for="internship", by=people.coordinator)
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "internship" in page
    assert "He sounded tired" not in page
    acme_portal.browser.post(f"{acme_portal.home}asks/{entry.pk}/", {"answer": "yes"})
    with district(cedar):
        entry.refresh_from_db()
        assert entry.answer == "yes"
        assert Todo.objects.open().get().title == "Yes: internship, says Ray Halvorsen"
        assert TimelineEntry.objects.filter(summary__contains="answered in the portal: Yes").exists()


def test_an_offer_is_made_changed_and_closed(cedar: District, acme: Organization, acme_portal: SimpleNamespace) -> None:
    acme_portal.browser.post(f"{acme_portal.home}offers/new/", {"type": "tour", "seats": 12})
    with district(cedar):
        offer = Offer.objects.get(organization=acme)
    here = f"{acme_portal.home}offers/{offer.pk}/"
    acme_portal.browser.post(here, {"type": "tour", "seats": 20, "when": "In January"})
    assert "20 seats" in words(acme_portal.browser.get(acme_portal.home))
    acme_portal.browser.post(f"{here}closing/")
    with district(cedar):
        offer.refresh_from_db()
        assert (offer.seats, offer.closed_at is not None) == (20, True)


def test_another_contact_person_is_named(cedar: District, acme: Organization, acme_portal: SimpleNamespace) -> None:
    refused = acme_portal.browser.post(f"{acme_portal.home}contact/", {"name": "Ingrid Sole"})
    assert "We need an email address or a phone number." in words(refused)
    acme_portal.browser.post(
        f"{acme_portal.home}contact/", {"name": "Ingrid Sole", "phone": "405 555 0142", "instead": "on"}
    )
    with district(cedar):
        assert set(acme.contacts.current().values_list("name", "phone")) == {("Ingrid Sole", "+14055550142")}
        assert Todo.objects.open().get().title == "Greet Ingrid Sole, named by Ray Halvorsen"
    assert acme_portal.browser.get(acme_portal.home).status_code == 404


def test_mail_is_chosen_and_the_choice_counts(cedar: District, acme_portal: SimpleNamespace) -> None:
    page = acme_portal.browser.get(f"{acme_portal.home}mail/").content.decode()
    assert "invitations, changes and reminders of your meetings always come" in page
    acme_portal.browser.post(f"{acme_portal.home}mail/", {"wanted": ["council", "requests"]})
    with district(cedar):
        stopped = set(OptOut.objects.standing().filter(email="ray@acme.example").values_list("category", flat=True))
    assert stopped == {"announcements", "reminders"}


def test_another_partners_contact_and_members_get_404(
    cedar: District, people: Any, acme_portal: SimpleNamespace, sign_in: Any
) -> None:
    for browser in (acme_portal.stranger, sign_in(people.admin), sign_in(people.stranger)):
        assert browser.get(acme_portal.home).status_code == 404
        assert browser.post(f"{acme_portal.home}mail/", {"wanted": []}).status_code == 404
    assert Client().get(acme_portal.home).status_code == 302
    assert acme_portal.browser.get(acme_portal.home).status_code == 200


def test_rows_of_another_partner_are_not_there(cedar: District, acme_portal: SimpleNamespace) -> None:
    with district(cedar):
        theirs = Offer.objects.create(organization=acme_portal.other, type="tour")
        asked = acme_portal.other.record(kind="call", summary="Asked", asked_for="tour")
    for path in (f"offers/{theirs.pk}/", f"asks/{asked.pk}/"):
        assert acme_portal.browser.get(acme_portal.home + path).status_code == 404
    assert acme_portal.browser.post(f"{acme_portal.home}offers/{theirs.pk}/closing/").status_code == 404


def test_access_is_given_mailed_and_taken_back(
    cedar: District, people: Any, acme: Organization, sign_in: Any, mailoutbox: Any
) -> None:
    browser = sign_in(people.coordinator)
    with district(cedar):
        ray = Contact.objects.get(name="Ray Halvorsen")
    browser.post(f"/cedar/portal-access/{ray.pk}/")
    browser.post(f"/cedar/portal-access/{ray.pk}/")
    with district(cedar):
        letter = Message.objects.get(rule_key="partners.portal_access")
        assert "/accounts/login/code/" in letter.source
        assert PartnerAccess.objects.of_district().get().contact_id == ray.pk
    user = User.objects.get(email="ray@acme.example")
    assert not user.has_usable_password()
    # Ray signs in with a code that was mailed
    phone = Client()
    phone.post("/accounts/login/code/", {"email": "ray@acme.example"})
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert code, mail.outbox[-1].body
    phone.post("/accounts/login/code/confirm/", {"code": code[1]})
    door = phone.get("/portal/")
    assert door["Location"] == f"/cedar/portal/{acme.pk}/"
    assert "Ray" in words(phone.get(door["Location"]))
    browser.post(f"/cedar/portal-access/{ray.pk}/removal/")
    assert phone.get(f"/cedar/portal/{acme.pk}/").status_code == 404


def test_who_has_no_address_is_refused_with_the_reason(
    cedar: District, people: Any, acme: Organization, sign_in: Any
) -> None:
    with district(cedar):
        pat = Contact.objects.create(organization=acme, name="Pat Umber")
    page = sign_in(people.coordinator).post(f"/cedar/portal-access/{pat.pk}/", follow=True)
    assert "Pat Umber has no email address that one could sign in with." in words(page)
    with district(cedar):
        assert not PartnerAccess.objects.of_district().exists()


def test_the_page_speaks_spanish(acme_portal: SimpleNamespace) -> None:
    acme_portal.browser.post("/i18n/language/", {"language": "es", "next": acme_portal.home})
    page = words(acme_portal.browser.get(acme_portal.home))
    assert 'lang="es"' in page
    assert "Sus estudiantes" in page
    assert "Confirmar 7 horas" in page
    assert "Documentos" in page
    assert "Enviar un documento" in page
    assert "Select an option" not in words(acme_portal.browser.get(f"{acme_portal.home}offers/new/"))
    assert "Your students" not in page
