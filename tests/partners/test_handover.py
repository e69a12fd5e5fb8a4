"""A colleague's partners go to another in one step, and come back in one."""

from types import SimpleNamespace
from typing import Any

from partners.models import BulkChange, Organization
from wbl.accounts.models import Membership
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


def test_partners_and_open_to_dos_go_to_a_colleague_and_come_back(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        todo = Todo.open(title="Call", due=cedar.today(), owner=people.coordinator, about=acme)
        done = Todo.open(title="Done", due=cedar.today(), owner=people.coordinator, about=acme)
        done.close(by=people.coordinator)
    browser = sign_in(people.admin)
    page = browser.get(f"/cedar/partners/hand-over/?giver={people.coordinator.pk}").content.decode()
    assert "1 partner<" in page
    assert "1 open to-do" in page
    same = {"giver": people.coordinator.pk, "to": people.coordinator.pk}
    assert "has it already" in browser.post("/cedar/partners/hand-over/", same).content.decode()
    browser.post("/cedar/partners/hand-over/", {"giver": people.coordinator.pk, "to": people.admin.pk})
    with district(cedar):
        for row in (acme, todo, done):
            row.refresh_from_db()
        assert (acme.owner, todo.owner, done.owner) == (people.admin, people.admin, people.coordinator)
        change = BulkChange.objects.get()
        later = Todo.open(title="Mine", due=cedar.today(), owner=people.admin)
    browser.post(f"/cedar/partners/hand-over/{change.pk}/undo/")
    with district(cedar):
        for row in (acme, todo, later):
            row.refresh_from_db()
        assert (acme.owner, todo.owner, later.owner) == (people.coordinator, people.coordinator, people.admin)


def test_ticked_partners_alone_go_with_what_is_theirs_and_come_back_to_whose_they_were(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        nobodys = Organization.objects.create(name="Nobody’s")
        other = Organization.objects.create(name="Other", owner=people.coordinator)
        todo = Todo.open(title="Call", due=cedar.today(), owner=people.coordinator, about=acme)
        Todo.open(title="Hers", due=cedar.today(), owner=people.admin, about=acme)
        left = Todo.open(title="Stays", due=cedar.today(), owner=people.coordinator, about=other)
    browser = sign_in(people.coordinator)
    ticked = {"rows": [acme.pk, nobodys.pk]}
    page = browser.post("/cedar/partners/hand-over/", {**ticked, "stage": "", "owner": ""}).content.decode()
    assert "2 partners" in page
    assert "2 open to-dos" in page
    assert "Choose a colleague" in page
    assert 'role="alert"' not in page
    assert "Choose" in browser.post("/cedar/partners/hand-over/", {**ticked, "to": ""}).content.decode()
    said = browser.post("/cedar/partners/hand-over/", {**ticked, "to": people.admin.pk}, follow=True).content.decode()
    assert f"2 partners, 2 open to-dos are with {people.admin} now. 1 open to-do of it" in said

    def owners() -> list[Any]:
        with district(cedar):
            for row in (acme, nobodys, other, todo, left):
                row.refresh_from_db()
            return [row.owner for row in (acme, nobodys, other, todo, left)]

    mine, hers = people.coordinator, people.admin
    assert owners() == [hers, hers, mine, hers, mine]
    with district(cedar):
        change = BulkChange.objects.get()
    browser.post(f"/cedar/partners/hand-over/{change.pk}/undo/")
    assert owners() == [mine, None, mine, mine, mine]


def test_a_membership_ends_once_it_is_said_who_gets_what_they_look_after(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    browser = sign_in(people.admin)
    with district(cedar):
        member = Membership.objects.of_district().get(user=people.coordinator)
    here = f"/cedar/partners/hand-over/leaving/{member.pk}/"
    page = browser.get(here).text
    assert "1 partner<" in page and "s membership</button>" in page
    for to in ("", people.viewer.pk, people.coordinator.pk):
        assert browser.post(here, {"to": to}).status_code == 422
    member.refresh_from_db()
    assert member.ended_at is None
    browser.post(here, {"to": people.staff.pk})
    with district(cedar):
        member.refresh_from_db()
        acme.refresh_from_db()
        assert member.ended_at and acme.owner == people.staff


def test_who_leaves_may_keep_their_name_on_it_and_who_has_nothing_is_asked_nothing(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    browser = sign_in(people.admin)
    for person, said in ((people.coordinator, {"to": "stays"}), (people.staff, {})):
        with district(cedar):
            member = Membership.objects.of_district().get(user=person)
        assert browser.post(f"/cedar/partners/hand-over/leaving/{member.pk}/", said).status_code == 302
        member.refresh_from_db()
        assert member.ended_at
    with district(cedar):
        acme.refresh_from_db()
        assert acme.owner == people.coordinator


def test_who_only_reads_gets_no_partners(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    browser = sign_in(people.admin)
    where = "/cedar/partners/hand-over/"
    assert f'value="{people.viewer.pk}"' not in browser.get(f"{where}?giver={people.coordinator.pk}").text
    browser.post(where, {"giver": people.coordinator.pk, "to": people.viewer.pk})
    with district(cedar):
        acme.refresh_from_db()
        assert acme.owner == people.coordinator
