"""A real district begins with a command or at /operator/; the demonstration ends in one step."""

import re
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from partners.models import Contact, Organization
from wbl.accounts.models import Invitation, Membership, OperatorEntry, Role, User
from wbl.tenancy.catalog import tenant_models
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

WORDS = ["--slug", "cedar", "--state", "ok", "--time-zone", "America/Chicago", "--admin", "ada@example.org"]


def command(name: str, *words: str) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def test_a_district_is_founded_and_its_admin_invited(db: None) -> None:
    said = command("create_district", "Cedar Valley", *WORDS)
    link = re.search(r"http://[^/]+(/cedar/settings/join/\w+/)", said)[1]
    assert link in mail.outbox[0].body and mail.outbox[0].to == ["ada@example.org"]
    client = Client()
    assert client.post(link, {"name": "Ada", "password": "a long walk by the river"}).status_code == 302
    assert client.get("/cedar/settings/people/invitation/").status_code == 200, "she is an admin"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cedar": "portal"}, "address of the system"),
        ({"cedar": "Not a slug"}, "small letters"),
        ({"America/Chicago": "Chicago"}, "no time zone"),
        ({"ok": "Oklahoma"}, "Two capital letters|at most 2"),
        ({"ada@example.org": "ada"}, "valid email"),
    ],
)
def test_a_wrong_word_is_a_sentence_and_founds_nothing(db: None, change: dict, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        command("create_district", "Cedar", *[change.get(word, word) for word in WORDS])
    assert not District.objects.exists() and not mail.outbox


def test_a_taken_address_is_refused(cedar: District) -> None:
    with pytest.raises(CommandError, match="already exists"):
        command("create_district", "Cedar", *WORDS)


def test_an_operator_gets_a_link_to_set_a_password(db: None) -> None:
    said = command("create_operator", "Ollie@example.org")
    link = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", said)[1]
    client = Client()
    page = client.get(link, follow=True)
    words = {"password1": "a long walk by the river", "password2": "a long walk by the river"}
    client.post(page.redirect_chain[-1][0], words)
    answer = client.post(
        "/accounts/login/", {"login": "ollie@example.org", "password": words["password1"]}, follow=True
    )
    assert answer.redirect_chain[-1][0] == "/operator/"
    assert User.objects.get().is_operator


def test_a_member_of_a_district_is_made_no_operator(people: SimpleNamespace) -> None:
    with pytest.raises(CommandError, match="works in a district"):
        command("create_operator", people.admin.email)


@pytest.fixture
def operator(people: SimpleNamespace, sign_in) -> Client:
    return sign_in(people.operator)


def test_operator_pages_are_not_there_for_others(people: SimpleNamespace, sign_in) -> None:
    for path in ("/operator/", "/operator/new/", "/operator/cedar/entry/", "/operator/cedar/address/"):
        assert sign_in(people.admin).get(path).status_code == 404
        assert sign_in(people.operator).get(path).status_code == 200
        assert Client().get(path).status_code == 302


def test_an_operator_founds_a_district(operator: Client) -> None:
    words = {"name": "Ash", "slug": "ash", "kind": "district", "state": "or", "time_zone": "America/Los_Angeles"}
    answer = operator.post("/operator/new/", {**words, "admin_email": "ash@example.org"})
    assert answer.status_code == 302
    made = District.objects.get(slug="ash")
    with district(made):
        assert Invitation.objects.get().role == Role.ADMIN
    assert mail.outbox[0].to == ["ash@example.org"] and "/ash/settings/join/" in mail.outbox[0].body


def test_an_operator_comes_in_with_a_reason_that_the_district_can_read(operator, people, cedar, sign_in) -> None:
    assert operator.get("/cedar/settings/").status_code == 404
    assert operator.post("/operator/cedar/entry/", {"reason": " "}).status_code == 422
    assert operator.get("/cedar/settings/").status_code == 404
    operator.post("/operator/cedar/entry/", {"reason": "Ada asked for help with the calendar"})
    assert operator.get("/cedar/settings/people/").status_code == 200
    assert operator.get("/prairie/settings/").status_code == 404
    assert "Ada asked for help" in sign_in(people.admin).get("/cedar/settings/people/").text
    operator.post("/operator/leaving/")
    assert operator.get("/cedar/settings/").status_code == 404
    with district(cedar):
        assert OperatorEntry.objects.get().left_at


def test_an_entry_ends_after_two_hours(operator: Client, cedar: District) -> None:
    import datetime as dt

    from django.utils import timezone

    operator.post("/operator/cedar/entry/", {"reason": "Help"})
    with district(cedar):
        OperatorEntry.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert operator.get("/cedar/settings/").status_code == 404


def test_one_entry_opens_no_other_session_and_no_other_district(operator, people, cedar, rival, sign_in) -> None:
    operator.post("/operator/cedar/entry/", {"reason": "Help"})
    assert sign_in(people.operator).get("/cedar/settings/").status_code == 404
    operator.post("/operator/prairie/entry/", {"reason": "Help"})
    assert operator.get("/cedar/settings/").status_code == 404
    with district(cedar):
        assert OperatorEntry.objects.get().left_at


def test_a_renamed_district_is_found_at_its_old_address(operator: Client, people, cedar, sign_in) -> None:
    operator.post("/operator/cedar/address/", {"slug": "cedar-valley"})
    assert Client().get("/cedar/partners/?q=a")["Location"] == "/cedar-valley/partners/?q=a"
    assert operator.post("/operator/cedar-valley/address/", {"slug": "portal"}).status_code == 422
    assert operator.post("/operator/cedar-valley/address/", {"slug": "prairie"}).status_code == 422


def test_the_demonstration_goes_with_its_rows_and_its_people(
    people, cedar, rival, acme, sign_in, settings, tmp_path
) -> None:
    settings.WBL_LOCAL_DIR = tmp_path
    (tmp_path / "demo.json").write_text("{}")
    District.objects.filter(pk=cedar.pk).update(is_demo=True)
    with district(rival):
        Organization.objects.create(name="Bolt")
    with district(cedar):
        Contact.objects.update(name="Ray H.")
        Invitation.issue(email="x@example.org", role=Role.VIEWER, by=people.admin)
    Membership.objects.create(user=people.viewer, district=rival, role=Role.VIEWER)
    assert "Cedar Valley" in command("remove_demo")
    assert list(District.objects.all()) == [rival]
    with district(rival):
        assert Organization.objects.count() == 1
    assert {people.viewer, people.operator} <= set(User.objects.all())
    assert not User.objects.filter(pk__in=[people.admin.pk, people.coordinator.pk]).exists()
    assert not (tmp_path / "demo.json").exists()
    assert "no demonstration" in command("remove_demo")


def test_no_row_of_a_removed_district_is_left(people, cedar: District, rival: District, acme) -> None:
    from wbl.tenancy.scope import every_district

    cedar.remove()
    with every_district():
        for model in tenant_models():
            assert set(model.objects.values_list("district_id", flat=True)) <= {rival.pk}, model


def test_a_real_district_has_no_such_button(people: SimpleNamespace, sign_in, operator: Client) -> None:
    client = sign_in(people.admin)
    assert "demo/removal" not in client.get("/cedar/settings/").text
    assert client.post("/cedar/settings/demo/removal/").status_code == 404
    assert operator.post("/operator/demo/removal/").status_code == 404
    assert District.objects.count() == 2


def test_an_admin_of_the_demo_removes_it_and_is_signed_out(
    people, cedar: District, sign_in, settings, tmp_path
) -> None:
    settings.WBL_LOCAL_DIR = tmp_path
    District.objects.filter(pk=cedar.pk).update(is_demo=True)
    assert sign_in(people.coordinator).post("/cedar/settings/demo/removal/").status_code == 403
    client = sign_in(people.admin)
    assert "demo/removal" in client.get("/cedar/settings/").text
    assert client.post("/cedar/settings/demo/removal/")["Location"] == "/accounts/login/"
    assert client.get("/cedar/settings/").status_code == 404
