"""In a real browser: a passkey is added and signs in; the policy lets a form lead to the district's own provider."""

import copy

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings as live
from django.utils.csp import CSP

from tests.accounts.oidc import Provider

PASSWORD = "a long walk by the river"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def viewer(people):
    people.viewer.set_password(PASSWORD)
    people.viewer.save()
    EmailAddress.objects.create(user=people.viewer, email=people.viewer.email, verified=True, primary=True)
    return people.viewer


def test_a_passkey(viewer, live_server, browser_page) -> None:
    page = browser_page()
    base = live_server.url.replace("127.0.0.1", "localhost")  # passkeys need a name
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("Work email").fill(viewer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{base}/cedar/")
    page.goto(f"{base}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)  # asked again before a second factor is added
    page.locator("main button[type=submit], main form .btn--primary").first.click()
    page.get_by_label("without a password").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "add" not in url)
    page.context.clear_cookies()
    page.goto(f"{base}/accounts/login/")
    page.get_by_role("button", name="passkey").click()
    page.wait_for_url(f"{base}/cedar/")
    Authenticator.objects.filter(user=viewer, type="webauthn").delete()
    page.context.clear_cookies()
    page.goto(f"{base}/accounts/login/")
    page.get_by_role("button", name="passkey").click()
    page.get_by_text("This passkey is not known here, or was removed.").wait_for()


def test_the_districts_own_sign_in(viewer, live_server, browser_page, settings) -> None:
    with Provider() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider.app()]}}
        policy = copy.deepcopy(live.SECURE_CSP)
        policy["form-action"] = [CSP.SELF, provider.url]
        settings.SECURE_CSP = policy
        provider.claims = {"sub": "1", "email": viewer.email, "email_verified": True}
        page = browser_page()
        page.goto("/accounts/login/")
        page.get_by_role("button", name="District sign-in").click()
        page.wait_for_url(f"{live_server.url}/cedar/")
