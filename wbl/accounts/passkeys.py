"""allauth's passkey forms with words of their own: "Incorrect code." says nothing to a person who typed none."""

from typing import Any

from allauth.mfa.webauthn import forms
from django.core.exceptions import ValidationError

UNKNOWN = "This passkey is not known here, or was removed. Sign in another way; a new one is added under Your account."


class _Said(forms.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        """Raises ValidationError with a sentence for a key that was removed, and for an answer that came too late."""
        try:
            return super().clean_credential()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise ValidationError(UNKNOWN, code=error.code) from None


class Login(_Said, forms.LoginWebAuthnForm):
    pass


class SecondStep(_Said):
    pass
