"""Somebody is asked to join: by mail, to one address, once."""

import re
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.test import Client

from wbl.accounts.models import Invitation, Membership, Role, User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

PASSWORD = "a long walk by the river"


def invite(client: Client, email: str = "nora@example.org", role: str = "coordinator", **more: object):
    return client.post("/cedar/settings/people/invitation/", {"email": email, "role": role, **more})


def link_in(message) -> str:
    """The path of the invitation in a mail."""
    return re.search(r"http://[^/]+(/cedar/settings/join/\w+/)", message.body)[1]


@pytest.fixture
def link(people: SimpleNamespace, sign_in) -> str:
    invite(sign_in(people.admin))
    return link_in(mail.outbox[-1])


def test_somebody_new_sets_name_and_password_and_is_in(link: str, cedar: District) -> None:
    client = Client()
    page = client.get(link)
    assert page.status_code == 200 and "nora@example.org" in page.text
    assert page["Referrer-Policy"] == "same-origin" and page["Cache-Control"] == "no-store"
    answer = client.post(link, {"name": "Nora New", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/cedar/")
    nora = User.objects.get(email="nora@example.org")
    assert Membership.objects.of_user(nora).get().role == Role.COORDINATOR
    assert nora.emailaddress_set.get().verified
    assert client.get("/cedar/settings/").status_code == 200
    assert Client().post("/accounts/login/", {"login": nora.email, "password": PASSWORD}).status_code == 302


def test_the_mail_has_both_parts_and_the_postal_address(link: str) -> None:
    message = mail.outbox[-1]
    assert message.to == ["nora@example.org"]
    html = message.alternatives[0].content
    for part in (message.body, html):
        assert "400 Redbud Avenue" in part and link in part and "Ada Admin" in part


def test_who_is_known_signs_in_and_joins(link: str, cedar: District, sign_in) -> None:
    nora = User.objects.create_user("nora@example.org", PASSWORD, name="Nora")
    anonymous = Client().get(link)
    assert f"/accounts/login/?next={link}" in anonymous.text
    client = sign_in(nora)
    assert "Join" in client.get(link).text
    assert not Membership.objects.of_user(nora).exists(), "GET shows, POST acts"
    assert client.post(link).status_code == 302
    assert Membership.objects.of_user(nora).get().role == Role.COORDINATOR


def test_a_known_address_cannot_be_taken_over_by_a_new_password(link: str) -> None:
    nora = User.objects.create_user("nora@example.org", PASSWORD)
    answer = Client().post(link, {"name": "Eve", "password": "another long password"})
    assert answer.status_code == 422
    nora.refresh_from_db()
    assert nora.check_password(PASSWORD) and not Membership.objects.of_user(nora).exists()


def test_somebody_else_cannot_use_it(link: str, people: SimpleNamespace, sign_in) -> None:
    client = sign_in(people.stranger)
    assert client.get(link).status_code == client.post(link).status_code == 403
    assert not Membership.objects.of_user(people.stranger).exists()


def test_inviting_says_the_same_whether_the_address_is_known(people: SimpleNamespace, sign_in) -> None:
    client = sign_in(people.admin)
    known = invite(client, people.rival_admin.email)
    unknown = invite(client, "nobody.knows@example.org")
    pages = [client.get("/cedar/settings/people/").text]
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    subjects = {m.subject for m in mail.outbox}
    bodies = {re.sub(r"join/\w+", "", m.body) for m in mail.outbox}
    assert len(subjects) == len(bodies) == 1
    assert all(e in pages[0] for e in (people.rival_admin.email, "nobody.knows@example.org"))


def test_used_withdrawn_and_expired_say_so(link: str, people: SimpleNamespace, cedar: District, sign_in) -> None:
    with time_machine.travel("2027-06-01"):
        assert "ran out" in Client().get(link).text
    with district(cedar):
        pk = Invitation.objects.get().pk
    sign_in(people.admin).post(f"/cedar/settings/people/invitations/{pk}/revocation/")
    over = Client().get(link)
    assert over.status_code == 410 and "withdrawn" in over.text
    sign_in(people.admin).post(f"/cedar/settings/people/invitations/{pk}/again/")
    again = link_in(mail.outbox[-1])
    assert again != link
    assert Client().post(again, {"name": "Nora", "password": PASSWORD}).status_code == 302
    used = Client().get(again)
    assert used.status_code == 410 and "used already" in used.text
    assert Client().get("/cedar/settings/join/abc/").status_code == 404


def test_an_invitation_opens_its_own_district_only(link: str, rival: District) -> None:
    assert Client().get(link.replace("/cedar/", "/prairie/")).status_code == 404


def test_the_token_is_kept_as_a_hash_and_out_of_the_history(link: str, cedar: District) -> None:
    from wbl.tenancy.models import Change

    token = link.split("/")[-2]
    with district(cedar):
        assert token not in str(Invitation.objects.values().get())
        assert token not in str(list(Change.objects.values()))


def test_staff_are_invited_to_their_schools(people: SimpleNamespace, cedar: District, sign_in) -> None:
    admin = sign_in(people.admin)
    assert "at least one school" in invite(admin, role="staff").text
    assert not mail.outbox
    invite(admin, role="staff", schools=[people.north.pk], name="Nora New")
    listed = " ".join(admin.get("/cedar/settings/people/").text.split())
    assert "Nora New, nora@example.org" in listed
    assert ", North High; the link works until" in listed
    Client().post(link_in(mail.outbox[-1]), {"name": "Nora", "password": PASSWORD})
    with district(cedar):
        assert Membership.objects.of_district().get(user__email="nora@example.org").school_ids == {people.north.pk}


def test_another_districts_school_is_no_choice(people: SimpleNamespace, rival: District, sign_in) -> None:
    from wbl.tenancy.models import School

    with district(rival):
        theirs = School.objects.create(name="Their school")
    answer = invite(sign_in(people.admin), role="staff", schools=[theirs.pk])
    assert answer.status_code == 422 and not mail.outbox


def test_a_mail_that_cannot_be_sent_leaves_no_open_invitation(people, cedar: District, sign_in, monkeypatch) -> None:
    def away(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("wbl.accounts.people.send_invitation", away)
    answer = invite(sign_in(people.admin))
    assert answer.status_code == 422 and "nobody was invited" in answer.text
    with district(cedar):
        assert not Invitation.objects.open().exists()


def test_a_weak_password_is_refused(link: str) -> None:
    for password in ("short", "password123", "nora@example.org"):
        assert Client().post(link, {"name": "Nora", "password": password}).status_code == 422
    assert not User.objects.filter(email="nora@example.org").exists()


def test_an_invitation_is_taken_once_and_by_its_own_address(people: SimpleNamespace, cedar: District) -> None:
    from django.core.exceptions import ValidationError

    with district(cedar):
        invitation, _token = Invitation.issue(email=people.stranger.email, role=Role.VIEWER, by=people.admin)
        with pytest.raises(ValidationError):
            invitation.accept(user=people.rival_admin)
        invitation.accept(user=people.stranger)
        with pytest.raises(ValidationError):
            Invitation.objects.get(pk=invitation.pk).accept(user=people.stranger)


def test_an_invitation_takes_no_role_away(people: SimpleNamespace, cedar: District) -> None:
    with district(cedar):
        invitation, _token = Invitation.issue(email=people.admin.email, role=Role.VIEWER, by=None)
        assert invitation.accept(user=people.admin).role == Role.ADMIN
