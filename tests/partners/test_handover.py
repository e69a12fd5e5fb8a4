"""A colleague's partners go to another in one step, and come back in one."""

from types import SimpleNamespace
from typing import Any

from partners.models import BulkChange, Organization
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
