"""Two partners become one and two again: nothing is lost on the way, and nothing that people said in between."""

import datetime as dt
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.html import strip_tags

from councils.models import Council, Seat
from partners import tasks
from partners.finding import scan
from partners.importing.known import Known
from partners.merging.doing import merge
from partners.merging.undoing import undo
from partners.models import Contact, DuplicatePair, Merge, Organization, PartnerAccess, Site, TimelineEntry
from wbl.mail.models import Message, OptOut
from wbl.tenancy.scope import current_district_id
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(in_cedar: Any, people: SimpleNamespace) -> SimpleNamespace:
    """Halvorsen twice: the known one with Ray, the one from a list with Ray again and Ingrid."""
    one = Organization.objects.create(name="Halvorsen Machine & Tool", owner=people.coordinator, tags=["shop"])
    other = Organization.objects.create(
        name="Halverson Machine and Tool LLC", phone="+15550143000", tags=["chamber list"], employees=38, stage="active"
    )
    return SimpleNamespace(
        one=one,
        other=other,
        ray=Contact.objects.create(organization=one, name="Ray Halvorsen", email="ray@halvorsen.example"),
        ray_again=Contact.objects.create(
            organization=other, name="Ray Halvorsen", email="rayh@mail.example", phone="+15550143001"
        ),
        ingrid=Contact.objects.create(organization=other, name="Ingrid Sole"),
        by=people.coordinator,
    )


def test_what_one_lacks_comes_from_the_other_and_the_name_is_chosen(two: SimpleNamespace) -> None:
    merge(survivor=two.one, loser=two.other, take={"stage"}, by=two.by)
    found = Organization.objects.get()
    assert (found.name, found.phone, found.employees, found.stage) == (
        "Halvorsen Machine & Tool",
        "+15550143000",
        38,
        "active",
    )
    assert (found.tags, found.owner) == (["shop", "chamber list"], two.by)


def test_everything_that_hung_on_the_other_hangs_on_the_survivor(two: SimpleNamespace, people: SimpleNamespace) -> None:
    Site.objects.create(organization=two.other, street="2210 Kiowa St")
    entry = two.other.record(kind="call", summary="Spoke", contact=two.ingrid)
    todo = Todo.open(title="Call", due=None, owner=None, about=two.other, person=two.ray_again)
    PartnerAccess.grant(contact=two.ray_again)
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    entry.refresh_from_db()
    todo.refresh_from_db()
    assert entry.organization == two.one
    assert (todo.about, todo.person) == (two.one, two.ray)
    assert Site.objects.get().organization == two.one
    access = PartnerAccess.objects.of_district().get()
    assert (access.organization_id, access.contact_id) == (two.one.pk, two.ray.pk)
    said = TimelineEntry.objects.get(about_kind="partners.merge")
    assert said.summary == "Halverson Machine and Tool LLC was merged into Halvorsen Machine & Tool"
    assert ["contacts", 2] in [list(each) for each in done.told["came"]]


def test_the_same_person_is_one_contact_with_both_addresses(two: SimpleNamespace) -> None:
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    ray, ingrid = two.one.contacts.order_by("pk")
    assert (ray.name, ray.email, ray.other_emails, ray.phone) == (
        "Ray Halvorsen",
        "ray@halvorsen.example",
        "rayh@mail.example",
        "+15550143001",
    )
    assert ingrid.name == "Ingrid Sole"
    assert "Contact Ray Halvorsen: the same person as Ray Halvorsen" in done.told["gave_way"]


def test_the_strictest_wins(two: SimpleNamespace) -> None:
    Contact.objects.filter(pk=two.ray_again.pk).update(do_not_contact=True)
    OptOut.stop(email="rayh@mail.example", category="requests", source="link")
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    assert Contact.objects.get(name="Ray Halvorsen").do_not_contact
    assert OptOut.objects.standing().filter(email="ray@halvorsen.example", category="requests").exists()
    undo(done, by=two.by)
    assert not OptOut.objects.filter(email="ray@halvorsen.example").exists()
    assert [c.do_not_contact for c in Contact.objects.filter(name="Ray Halvorsen").order_by("pk")] == [False, True]


def test_an_opt_out_made_in_between_is_kept(two: SimpleNamespace) -> None:
    OptOut.stop(email="rayh@mail.example", category="requests", source="link")
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    OptOut.choose(email="ray@halvorsen.example", stopped=["requests", "reminders"], source="their choice")
    Contact.objects.filter(pk=two.ray.pk).update(do_not_contact=True)
    kept = undo(done, by=two.by)
    standing = set(OptOut.objects.standing().values_list("email", "category"))
    assert standing == {
        ("rayh@mail.example", "requests"),
        ("ray@halvorsen.example", "requests"),
        ("ray@halvorsen.example", "reminders"),
    }
    assert Contact.objects.get(pk=two.ray.pk).do_not_contact
    assert Contact.objects.get(pk=two.ray_again.pk).do_not_contact
    assert any("do not contact" in line for line in kept)


def test_one_seat_is_enough_for_one_person(two: SimpleNamespace) -> None:
    council = Council.objects.create(name="Manufacturing council")
    for contact in (two.ray, two.ray_again):
        Seat.objects.create(council=council, contact=contact)
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    assert Seat.objects.get().contact == two.ray
    assert any(line.startswith("Seat: both had") for line in done.told["gave_way"])
    undo(done, by=two.by)
    assert Seat.objects.count() == 2


def test_what_was_edited_since_stays_and_is_listed(two: SimpleNamespace) -> None:
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    Organization.objects.filter(pk=two.one.pk).update(phone="+15550149999")
    kept = undo(done, by=two.by)
    one, other = Organization.objects.order_by("pk")
    assert (one.phone, other.phone) == ("+15550149999", "+15550143000")
    assert kept == ["Phone was changed since, and stays."]
    done.refresh_from_db()
    assert (done.kept, done.undone_by) == (kept, two.by)


def test_the_second_of_two_people_who_merge_gets_a_sentence(two: SimpleNamespace) -> None:
    merge(survivor=two.one, loser=two.other, by=two.by)
    with pytest.raises(ValidationError, match="was merged into Halvorsen Machine & Tool by Marisol Tate a moment ago"):
        merge(survivor=two.one, loser=two.other, by=two.by)


def test_one_after_another_is_undone_in_the_other_order(two: SimpleNamespace) -> None:
    third = Organization.objects.create(name="Halvorsen Tool")
    first = merge(survivor=two.one, loser=two.other, by=two.by)
    second = merge(survivor=third, loser=two.one, by=two.by)
    assert Merge.now_at("partners.organization", two.other.pk) == third.pk
    with pytest.raises(ValidationError, match=r"Undo that merge first"):
        undo(first, by=two.by)
    undo(second, by=two.by)
    undo(first, by=two.by)
    assert Organization.objects.count() == 3
    first = merge(survivor=two.one, loser=two.other, by=two.by)
    second = merge(survivor=two.one, loser=third, by=two.by)
    with pytest.raises(ValidationError, match=r"Halvorsen Tool into Halvorsen Machine & Tool: that merge came later"):
        undo(first, by=two.by)
    undo(second, by=two.by)
    undo(first, by=two.by)


def test_after_thirty_days_it_stands(two: SimpleNamespace) -> None:
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    Merge.objects.update(created_at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(ValidationError, match="thirty days"):
        undo(Merge.objects.get(pk=done.pk), by=two.by)


def test_contacts_of_two_partners_can_be_one_person(two: SimpleNamespace) -> None:
    ines = Contact.objects.create(organization=two.one, name="I. Sole", title="Shop lead")
    entry = two.one.record(kind="call", summary="Spoke", contact=ines)
    done = merge(survivor=two.ingrid, loser=ines, take={"name"}, by=two.by)
    entry.refresh_from_db()
    two.ingrid.refresh_from_db()
    assert (entry.contact, two.ingrid.name, two.ingrid.title) == (two.ingrid, "I. Sole", "Shop lead")
    assert (entry.organization, two.ingrid.organization) == (two.one, two.other)
    undo(done, by=two.by)
    entry.refresh_from_db()
    assert entry.contact == ines


# --- the pages -----------------------------------------------------------------------------------------


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Any:
    return sign_in(people.coordinator)


def test_a_coordinator_merges_a_pair_and_takes_it_back(two: SimpleNamespace, browser: Any) -> None:
    scan()
    page = text(browser.get("/cedar/partners/duplicates/"))
    assert "Name 91 % alike" in page
    assert "Halverson Machine and Tool LLC" in page
    address = f"/cedar/partners/{two.one.pk}/merge/{two.other.pk}/"
    page = text(browser.get(address))
    assert "fills the gap" in page
    assert "2 contacts" in page
    done = browser.post(address, {"name": "theirs", "stage": "theirs"}, follow=True)
    assert "Contact Ray Halvorsen: the same person as Ray Halvorsen" in text(done)
    assert Organization.objects.get().name == "Halverson Machine and Tool LLC"
    assert "No duplicates" in text(browser.get("/cedar/partners/duplicates/"))
    assert "Stage: Prospect" in text(done)
    done = text(browser.post(f"/cedar/partners/merges/{Merge.objects.get().pk}/undo/", follow=True))
    assert Organization.objects.count() == 2
    assert "merged into" not in done
    assert "Open Halverson Machine and Tool LLC" in done


def test_a_merge_is_found_again_wherever_one_looks_for_it(two: SimpleNamespace, browser: Any) -> None:
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    page, there = f"/cedar/partners/{two.one.pk}/", f'href="/cedar/partners/merges/{done.pk}/"'
    assert 'href="/cedar/partners/duplicates/"' in browser.get("/cedar/partners/").content.decode()
    listed = browser.get("/cedar/partners/duplicates/").content.decode()
    assert there in listed and f'action="/cedar/partners/merges/{done.pk}/undo/"' in listed
    assert there in browser.get(page).content.decode()
    history = browser.get(f"{page}changes/").content.decode()
    assert there in history and "Halverson Machine and Tool LLC was merged into this one" in history
    assert "one that is gone" not in history  # it has a name still
    assert "Restore<span" not in history.split("Ingrid Sole</strong> changed")[1].split("</tr>")[0]
    Merge.objects.update(created_at=timezone.now() - dt.timedelta(days=31))
    assert there not in browser.get("/cedar/partners/duplicates/").content.decode()


def test_a_form_without_its_choices_says_so(two: SimpleNamespace, browser: Any) -> None:
    answer = browser.post(f"/cedar/partners/{two.one.pk}/merge/{two.other.pk}/", {})
    assert answer.status_code == 200
    assert Organization.objects.count() == 2


def test_old_addresses_lead_to_the_survivor(two: SimpleNamespace, browser: Any) -> None:
    merge(survivor=two.one, loser=two.other, by=two.by)
    pages = ("edit/", "stage/", "asks/", "next-ask/", "onboarding/", "log/?asking=1", "contacts/new/", "documents/new/")
    for page in ("", "changes/", *pages):
        answer = browser.get(f"/cedar/partners/{two.other.pk}/{page}")
        assert (answer.status_code, answer["Location"]) == (302, f"/cedar/partners/{two.one.pk}/{page}")
    answer = browser.get(f"/cedar/partners/contacts/{two.ray_again.pk}/")
    assert answer["Location"] == f"/cedar/partners/contacts/{two.ray.pk}/"
    assert browser.get(f"/cedar/partners/{two.other.pk + 999}/").status_code == 404
    report = browser.get(f"/cedar/reports/partners/{two.other.pk}/?year=2026")
    assert report["Location"] == f"/cedar/reports/partners/{two.one.pk}/?year=2026"


def test_a_stranger_does_not_learn_where_one_went(two: SimpleNamespace, people: SimpleNamespace, sign_in: Any) -> None:
    merge(survivor=two.one, loser=two.other, by=two.by)
    for path in (f"/cedar/partners/{two.other.pk}/", f"/cedar/partners/{two.other.pk}/asks/"):
        assert sign_in(people.rival_coordinator).get(path).status_code == 404


def test_the_portal_of_the_one_that_went_opens_at_the_survivor(two: SimpleNamespace, sign_in: Any) -> None:
    access = PartnerAccess.grant(contact=two.ray_again)
    merge(survivor=two.one, loser=two.other, by=two.by)
    answer = sign_in(access.user).get(f"/cedar/portal/{two.other.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/cedar/portal/{two.one.pk}/")


def test_what_is_told_apart_is_not_asked_again(two: SimpleNamespace, browser: Any) -> None:
    assert scan() == 1
    pair = DuplicatePair.objects.get()
    browser.post(f"/cedar/partners/duplicates/{pair.pk}/dismissal/")
    assert scan() == 0
    assert "Marisol Tate" in text(browser.get("/cedar/partners/duplicates/?dismissed=1"))
    browser.post(f"/cedar/partners/duplicates/{pair.pk}/reconsideration/")
    assert scan() == 1
    Organization.objects.filter(pk=two.other.pk).update(name="Osage Tile", name_key="osage tile", phone="")
    assert (scan(), DuplicatePair.objects.count()) == (0, 0)


def test_typing_a_partner_who_is_on_file_shows_them_once(two: SimpleNamespace, browser: Any) -> None:
    typed = {"name": "Halvorsen Machine and Tool, Inc.", "kind": "employer", "stage": "prospect"}
    assert "Halvorsen Machine &amp; Tool" in browser.get("/cedar/partners/new/alike/", typed).content.decode()
    page = text(browser.post("/cedar/partners/new/", typed))
    assert "Is it one of these, on file already?" in page
    assert Organization.objects.count() == 2
    browser.post("/cedar/partners/new/", {**typed, "another": "on"})
    assert Organization.objects.count() == 3


def test_a_list_that_knows_the_old_name_finds_the_survivor(two: SimpleNamespace) -> None:
    Organization.objects.filter(pk=two.other.pk).update(name="Kiowa Street Works", name_key="kiowa street works")
    two.other.refresh_from_db()
    merge(survivor=two.one, loser=two.other, by=two.by)
    assert Known().named("kiowa street works", "") == two.one.pk


def test_mail_that_both_would_get_goes_out_once(two: SimpleNamespace) -> None:
    mails = [
        Message.write(
            kind="partners.letter", record=two.one, recipient=contact, subject="Hello", body="…", by=two.by, step="1"
        )
        for contact in (two.ray, two.ray_again, two.ingrid)
    ]
    done = merge(survivor=two.one, loser=two.other, by=two.by)
    states = [Message.objects.get(pk=mail.pk).state for mail in mails]
    assert states == ["due", "cancelled", "due"]
    undo(done, by=two.by)
    assert [Message.objects.get(pk=mail.pk).state for mail in mails] == ["due", "due", "due"]


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_list_of_pairs_asks_the_same_queries_for_one_and_for_three(
    in_cedar: Any, browser: Any, pairs: int, django_assert_max_num_queries: Any
) -> None:
    for word in ("Redbud", "Kiowa", "Meridian")[:pairs]:
        for name in (f"{word} Tile", f"{word} Tile Co."):
            made = Organization.objects.create(name=name)
            Site.objects.create(organization=made, street="1 Road")
            Contact.objects.create(organization=made, name="Ann Lee")
    scan()
    browser.get("/cedar/partners/duplicates/")
    with django_assert_max_num_queries(16):
        assert browser.get("/cedar/partners/duplicates/").content.decode().count("They are two") == pairs


def test_the_command_lists_them_and_says_why(two: SimpleNamespace, capsys: Any) -> None:
    call_command("find_duplicates", district="cedar", json=True)
    (pair,) = json.loads(capsys.readouterr().out)["pairs"]
    assert pair["one"] == [two.one.pk, "Halvorsen Machine & Tool"]
    assert pair["why"] == ["name 91 % alike"]
    with pytest.raises(CommandError, match="No district has the short name “nowhere”"):
        call_command("find_duplicates", district="nowhere")


def test_every_night_each_district_is_looked_at_once(cedar: Any, rival: Any, monkeypatch: Any) -> None:
    sent: list[int] = []
    monkeypatch.setattr(tasks.find_duplicates, "delay", lambda: sent.append(current_district_id()))
    noon = dt.datetime(2026, 11, 20, 18, tzinfo=dt.UTC)
    for hours in range(24):
        tasks.sweep_duplicates.run(now=noon + dt.timedelta(hours=hours))
    assert sorted(sent) == sorted([cedar.pk, rival.pk])


def text(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())
