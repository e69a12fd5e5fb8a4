"""allauth's answers that differ for us: no open sign-up, and addresses are trusted only when verified."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from wbl.accounts.models import User
from wbl.tenancy.scope import outside_districts


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts begin with an invitation or with portal access."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/accounts/login/"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Straight out, past the ledger: the bodies hold secrets."""
        with outside_districts():
            super().send_mail(template_prefix, email, context)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps lie encrypted under the installation's key: a copy of the table opens no account."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("wbl.accounts.second_factor", "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A sign-in elsewhere joins a known account; it never makes one."""
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Only what the provider itself says is verified counts; no domain is trusted by name."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Join by address only if the provider verified it (a true, not the word "false"), may speak for its domain
        (`settings.domains` of the provider, where given), and the account is no operator's."""
        verified = {a.email.lower() for a in login.email_addresses if a.verified is True}
        domains = [d.lower() for d in login.provider.app.settings.get("domains", ())]
        speaks_for = not domains or email.lower().rpartition("@")[2] in domains
        operator = User.objects.filter(email__iexact=email, is_operator=True).exists()
        return email.lower() in verified and speaks_for and not operator
