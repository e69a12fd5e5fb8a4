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
        left = Todo.open(title="Stays", due=cedar.today(), owner=people.coordinator, about=other)
    browser = sign_in(people.coordinator)
    ticked = {"rows": [acme.pk, nobodys.pk]}
    page = browser.post("/cedar/partners/hand-over/", {**ticked, "stage": "", "owner": ""}).content.decode()
    assert "2 partners" in page
    assert "1 open to-do" in page
    assert "Choose a colleague" in page
    assert 'role="alert"' not in page
    assert "Choose" in browser.post("/cedar/partners/hand-over/", {**ticked, "to": ""}).content.decode()
    browser.post("/cedar/partners/hand-over/", {**ticked, "to": people.admin.pk})

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


def test_who_leaves_is_asked_for_what_they_look_after(
    cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    browser = sign_in(people.admin)
    for person, there in ((people.coordinator, f"giver={people.coordinator.pk}"), (people.staff, "/settings/people/")):
        with district(cedar):
            member = Membership.objects.of_district().get(user=person)
        answer = browser.post(f"/cedar/settings/people/{member.pk}/ending/", follow=True)
        assert there in answer.redirect_chain[-1][0]
