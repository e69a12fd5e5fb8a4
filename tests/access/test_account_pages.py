"""allauth's pages: who is signed in sees one's own, others are asked to sign in; nobody signs up."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from tests.access.test_table import GROUPS, fingerprint, names_of
from wbl.accounts.models import User
from wbl.web.urls import outside

# address: (anonymous, signed in with a password some time ago: what touches second factors asks for it again)
PAGES = {
    "account_login": (200, 302),
    "account_logout": (302, 200),
    "account_inactive": (200, 200),
    "account_signup": (200, 302),
    "account_reauthenticate": (302, 200),
    "account_email": (302, 200),
    "account_email_verification_sent": (200, 200),
    "account_change_password": (302, 200),
    "account_set_password": (302, 302),
    "account_reset_password": (200, 200),
    "account_confirm_login_code": (302, 302),
    "account_reset_password_from_key_done": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_request_login_code": (200, 302),
    "mfa_index": (302, 200),
    "mfa_authenticate": (302, 302),
    "mfa_reauthenticate": (302, 302),
    "mfa_activate_totp": (302, 302),
    "mfa_deactivate_totp": (302, 404),
    "mfa_view_recovery_codes": (302, 404),
    "mfa_generate_recovery_codes": (302, 302),
    "mfa_download_recovery_codes": (302, 404),
    "mfa_list_webauthn": (302, 200),
    "mfa_add_webauthn": (302, 302),
    "mfa_reauthenticate_webauthn": (302, 302),
    "mfa_login_webauthn": (302, 302),
    "socialaccount_login_cancelled": (200, 200),
    "socialaccount_login_error": (401, 401),
    "socialaccount_signup": (302, 302),
    "socialaccount_connections": (302, 200),
    "usersessions_list": (302, 200),
}
# with a secret or an id in them; tests/accounts holds theirs
ELSEWHERE = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
}


def test_every_page_of_allauth_is_named_here() -> None:
    groups = tuple(g for g in GROUPS if g.endswith("_"))
    there = {n for n in names_of(get_resolver(settings.ROOT_URLCONF)) if n.startswith(groups)}
    assert there == PAGES.keys() | ELSEWHERE


@pytest.mark.parametrize("name", PAGES)
def test_signed_in_and_anonymous(name: str, people: SimpleNamespace, sign_in, db: None) -> None:
    people.viewer.set_password("a long walk by the river")
    people.viewer.save()
    path, before = outside(name), fingerprint()
    anonymous, signed_in = PAGES[name]
    answer = Client().get(path)
    assert answer.status_code == anonymous, answer.headers
    assert sign_in(people.viewer).get(path).status_code == signed_in
    Client().post(path, {})
    assert fingerprint() == before, "an anonymous POST changes nothing"


def test_nobody_signs_up(db: None) -> None:
    words = {
        "email": "eve@example.org",
        "password1": "a long walk by the river",
        "password2": "a long walk by the river",
    }
    page = Client().post("/accounts/signup/", words)
    assert page.status_code == 200 and "<form" not in page.text.partition('id="main"')[2].partition("</main>")[0]
    assert not User.objects.exists()
