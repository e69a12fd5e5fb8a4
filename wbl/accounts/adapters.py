"""allauth's answers that differ for us: no open sign-up, and addresses are trusted only when verified."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

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


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A sign-in elsewhere joins a known account; it never makes one."""
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Only what the provider itself says is verified counts; no domain is trusted by name."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Join by address only if the provider verified it, and never an operator's account."""
        verified = {a.email.lower() for a in login.email_addresses if a.verified}
        return email.lower() in verified
