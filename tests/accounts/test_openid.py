"""Signing in with the district's own provider, against a real one in a thread."""

import http.client
import os
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.accounts.oidc import Provider
from wbl import env
from wbl.accounts.models import User

LOGIN = "/accounts/oidc/district/login/"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with Provider() as running:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [running.app()]}}
        yield running


@pytest.fixture
def viewer(people: SimpleNamespace) -> User:
    EmailAddress.objects.create(user=people.viewer, email=people.viewer.email, verified=True, primary=True)
    return people.viewer


def says(provider: Provider, email: str, verified: object = True, sub: str = "abc") -> None:
    provider.claims = {"sub": sub, "email": email, "email_verified": verified, "name": "Somebody"}


def go_through(client: Client, start: str = LOGIN):
    """Our button, the provider's page, and back."""
    asked = client.post(start)
    parts = urlsplit(asked["Location"])
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_a_verified_address_joins_the_account_it_belongs_to(provider: Provider, viewer: User) -> None:
    says(provider, viewer.email.upper())
    client = Client()
    assert go_through(client, f"{LOGIN}?next=/cedar/settings/")["Location"] == "/cedar/settings/"
    assert signed_in(client) == str(viewer.pk)
    assert SocialAccount.objects.get().user == viewer and not SocialToken.objects.exists()
    assert client.get("/cedar/settings/").status_code == 200
    says(provider, "new.name@example.org")  # from now on the provider's own id counts
    again = Client()
    go_through(again)
    assert signed_in(again) == str(viewer.pk)


@pytest.mark.parametrize("verified", [False, None, "false", "true", 0])
def test_an_unverified_address_joins_nothing(provider: Provider, viewer: User, verified: object) -> None:
    says(provider, viewer.email, verified)
    client = Client()
    go_through(client)
    assert not signed_in(client) and not SocialAccount.objects.exists()


def test_no_account_is_ever_made(provider: Provider, viewer: User) -> None:
    says(provider, "stranger@elsewhere.example")
    client, known = Client(), User.objects.count()
    answer = go_through(client)
    assert answer.status_code == 200 and "invit" in answer.text.lower()
    assert not signed_in(client) and User.objects.count() == known and not SocialAccount.objects.exists()
    assert client.post("/accounts/3rdparty/signup/", {"email": "stranger@elsewhere.example"}).status_code in (302, 200)
    assert User.objects.count() == known


def test_an_operators_account_is_joined_by_no_address(provider: Provider, people: SimpleNamespace) -> None:
    EmailAddress.objects.create(user=people.operator, email=people.operator.email, verified=True, primary=True)
    says(provider, people.operator.email)
    client = Client()
    go_through(client)
    assert not signed_in(client)


def test_a_provider_speaks_for_its_domains_alone(provider: Provider, viewer: User, settings) -> None:
    says(provider, viewer.email)
    for domains, joins in ((["cedarvalley.example"], False), (["Example.org"], True)):
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider.app(domains=domains)]}}
        client = Client()
        go_through(client)
        assert bool(signed_in(client)) is joins


def test_who_was_shut_out_stays_out(provider: Provider, viewer: User) -> None:
    says(provider, viewer.email)
    go_through(Client())
    User.objects.filter(pk=viewer.pk).update(is_active=False)
    client = Client()
    go_through(client)
    assert not signed_in(client)


def test_who_is_signed_in_connects_by_hand(provider: Provider, viewer: User, sign_in) -> None:
    says(provider, "private@elsewhere.example", False, sub="xyz")
    client = sign_in(viewer)
    assert go_through(client, f"{LOGIN}?process=connect").status_code == 302
    assert SocialAccount.objects.get(uid="xyz").user == viewer
    later = Client()
    go_through(later)
    assert signed_in(later) == str(viewer.pk)


def test_a_get_begins_nothing_and_a_forged_state_is_refused(provider: Provider, viewer: User) -> None:
    says(provider, viewer.email)
    client = Client()
    assert client.get(LOGIN).status_code == 200, "a page with a button, so no other site can sign somebody in"
    asked = parse_qs(urlsplit(client.post(LOGIN)["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    provider.codes["stolen"] = {"code_challenge": "x"}
    for query in ("code=stolen&state=forged", "code=stolen", "error=access_denied"):
        client.get(f"/accounts/oidc/district/login/callback/?{query}")
    assert not signed_in(client)


def test_a_code_of_another_session_is_refused(provider: Provider, viewer: User) -> None:
    says(provider, viewer.email)
    victim, attacker = Client(), Client()
    asked = attacker.post(LOGIN)["Location"]
    state = parse_qs(urlsplit(asked).query)["state"][0]
    provider.codes["mine"] = {}
    victim.get(f"/accounts/oidc/district/login/callback/?code=mine&state={state}")
    assert not signed_in(victim)


def test_an_identity_token_works_once(provider: Provider, viewer: User) -> None:
    says(provider, viewer.email)
    provider.fixed_jti = "again"
    first, second = Client(), Client()
    go_through(first)
    go_through(second)
    assert signed_in(first) and not signed_in(second)


def test_an_unknown_provider_is_not_there(provider: Provider, db: None) -> None:
    assert Client().get("/accounts/oidc/nobody/login/").status_code == 404


def test_the_sign_in_page_offers_it(provider: Provider, db: None) -> None:
    page = Client().get("/accounts/login/?next=/cedar/").text
    assert "District sign-in" in page and 'action="/accounts/oidc/district/login/?' in page


def with_openid(monkeypatch: pytest.MonkeyPatch, text: str) -> list[dict]:
    monkeypatch.setitem(os.environ, "WBL_OPENID_TEST", text)
    return env.openid_apps("WBL_OPENID_TEST")


APP = '[{"provider_id": "m", "name": "M", "client_id": "c", "secret": "s", "settings": {"server_url": "%s"}}]'


@pytest.mark.parametrize(
    "tenant", ["common", "organizations", "consumers", "COMMON", "9188040d-6c67-4c5b-b112-36a304b66dad"]
)
def test_microsofts_shared_tenants_are_refused(monkeypatch: pytest.MonkeyPatch, tenant: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="tenant id"):
        with_openid(monkeypatch, APP % f"https://login.microsoftonline.com/{tenant}/v2.0")


def test_microsoft_is_known_by_object_id_and_its_origin_is_in_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    apps = with_openid(monkeypatch, APP % "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0")
    assert apps[0]["settings"]["uid_field"] == "oid" and apps[0]["settings"]["fetch_userinfo"] is False
    assert env.origins(apps) == ["https://login.microsoftonline.com"]


@pytest.mark.parametrize("text", ["{", "[1]", '[{"provider_id": "x"}]', '{"a": 1}'])
def test_a_wrong_setting_is_a_sentence(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="JSON list of providers"):
        with_openid(monkeypatch, text)
