"""Roles are given, changed and ended; a district never edits a User."""

from types import SimpleNamespace

from wbl.accounts.models import Membership, Role
from wbl.tenancy.models import Change, District
from wbl.tenancy.scope import district


def membership_of(user, where: District) -> Membership:
    with district(where):
        return Membership.objects.of_district().get(user=user)


def test_a_role_is_changed_and_remembered(people: SimpleNamespace, cedar: District, sign_in) -> None:
    client, viewer = sign_in(people.admin), membership_of(people.viewer, cedar)
    answer = client.post(f"/cedar/settings/people/{viewer.pk}/", {"role": "staff", "schools": [people.south.pk]})
    assert answer.status_code == 302
    changed = membership_of(people.viewer, cedar)
    with district(cedar):
        assert changed.role == Role.STAFF and changed.school_ids == {people.south.pk}
        change = Change.objects.filter(kind="accounts.membership", record_id=viewer.pk).latest("pk")
        assert (change.before, change.after, change.user_id) == (
            {"role": "viewer"},
            {"role": "staff"},
            people.admin.pk,
        )


def test_the_last_admin_stays(people: SimpleNamespace, cedar: District, sign_in) -> None:
    client, admin = sign_in(people.admin), membership_of(people.admin, cedar)
    for answer in (
        client.post(f"/cedar/settings/people/{admin.pk}/", {"role": "viewer"}),
        client.post(f"/cedar/partners/hand-over/leaving/{admin.pk}/"),
    ):
        assert answer.status_code == 422 and "the only admin" in answer.text
    assert membership_of(people.admin, cedar).role == Role.ADMIN
    Membership.objects.filter(user=people.viewer).update(role=Role.ADMIN)
    assert client.post(f"/cedar/settings/people/{admin.pk}/", {"role": "viewer"}).status_code == 302
    assert client.get(f"/cedar/settings/people/{admin.pk}/").status_code == 403


def test_an_ended_membership_shuts_the_door_and_may_be_undone(people, cedar: District, sign_in) -> None:
    client, viewer = sign_in(people.admin), membership_of(people.viewer, cedar)
    theirs = sign_in(people.viewer)
    assert theirs.get("/cedar/settings/").status_code == 200
    client.post(f"/cedar/partners/hand-over/leaving/{viewer.pk}/")
    assert theirs.get("/cedar/settings/").status_code == 404
    client.post(f"/cedar/settings/people/{viewer.pk}/return/")
    assert theirs.get("/cedar/settings/").status_code == 200


def test_a_district_never_edits_a_user(people: SimpleNamespace, cedar: District, sign_in) -> None:
    before = type(people.viewer).objects.filter(pk=people.viewer.pk).values().get()
    client, viewer = sign_in(people.admin), membership_of(people.viewer, cedar)
    evil = {"role": "viewer", "email": "eve@example.org", "name": "Eve", "user": people.admin.pk, "is_operator": "on"}
    assert client.post(f"/cedar/settings/people/{viewer.pk}/", evil | {"user-email": "x"}).status_code == 302
    assert type(people.viewer).objects.filter(pk=people.viewer.pk).values().get() == before
    assert membership_of(people.viewer, cedar).pk == viewer.pk
    assert client.get("/cedar/admin/accounts/user/").status_code == 404


def test_the_rivals_members_are_not_there(people: SimpleNamespace, rival: District, sign_in) -> None:
    theirs = membership_of(people.rival_admin, rival)
    client = sign_in(people.admin)
    assert client.get(f"/cedar/settings/people/{theirs.pk}/").status_code == 404
    assert client.post(f"/cedar/partners/hand-over/leaving/{theirs.pk}/").status_code == 404
    assert people.rival_admin.email not in client.get("/cedar/settings/people/").text


def test_one_switches_between_ones_districts(
    people: SimpleNamespace, cedar: District, rival: District, sign_in
) -> None:
    Membership.objects.create(user=people.viewer, district=rival, role=Role.VIEWER)
    client = sign_in(people.viewer)
    assert client.get("/")["Location"] == "/districts/"
    page = client.get("/districts/")
    assert "Cedar Valley" in page.text and 'href="/prairie/"' in page.text
    assert client.get("/prairie/settings/").status_code == 200
