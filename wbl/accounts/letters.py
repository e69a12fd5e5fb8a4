"""Mails that hold secrets: straight out, never through the ledger, whose bodies are kept."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from wbl.accounts.models import Invitation
from wbl.tenancy.scope import absolute, current_district

# what a mail server that is away or says no raises
UNDELIVERED = (smtplib.SMTPException, OSError)


def send(template: str, *, to: str, subject: str, context: dict[str, Any]) -> None:
    """Render accounts/mail/<template>.txt and .html and hand them over. Raises one of UNDELIVERED."""
    text = render_to_string(f"accounts/mail/{template}.txt", context)
    message = EmailMultiAlternatives(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [to])
    message.attach_alternative(render_to_string(f"accounts/mail/{template}.html", context), "text/html")
    message.send()


def invitation_url(token: str) -> str:
    """The full address of an invitation of the open district."""
    return absolute(reverse("settings:join", args=[token]))


def send_invitation(invitation: Invitation, token: str) -> None:
    """Says the same whether the address is known or not."""
    district = current_district()
    send(
        "invitation",
        to=invitation.email,
        subject=f"{district.name}: your invitation to work-based learning",
        context={"invitation": invitation, "district": district, "url": invitation_url(token)},
    )
