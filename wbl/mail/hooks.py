"""What mail providers tell us: django-anymail reads and checks it (signature or shared secret), we act on it.

`/hooks/PROVIDER/tracking/` and `/hooks/PROVIDER/inbound/`; a provider is open only when its signing key or the shared
secret (`WBL_WEBHOOK_SECRET`) is set, and its body is read only when wbl.mail.gate lets it in. Answers: 200 done (or told
before), 400 not theirs or misconfigured, with a sentence, 401 without the secret, 404 not set up, 413 too large, 500 try again.
"""

import logging
from typing import Any

import anymail.inbound
from anymail.exceptions import AnymailError
from anymail.signals import inbound, tracking
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from wbl.accounts.access import public
from wbl.mail import events, gate, headers
from wbl.mail.inbound import receive

log = logging.getLogger(__name__)


class NotDone(Exception):
    """We understood, and could not do it: the provider shall call again."""


# no signature or a wrong one; the other kind of hook or an action that we can't serve; a body that is no event
THEIRS = (
    SuspiciousOperation,
    AnymailError,
    ImproperlyConfigured,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)

anymail.inbound.default_policy = (
    headers.Careful()
)  # with Python's own, one long header keeps a process busy for minutes

# provider: (name of anymail's classes, setting whose key signs tracking, setting whose key signs incoming mail)
PROVIDERS = {
    "amazon_ses": ("AmazonSES", "", ""),
    "brevo": ("Brevo", "", ""),
    "mailersend": ("MailerSend", "MAILERSEND_SIGNING_SECRET", "MAILERSEND_INBOUND_SECRET"),
    "mailgun": ("Mailgun", "MAILGUN_WEBHOOK_SIGNING_KEY", "MAILGUN_WEBHOOK_SIGNING_KEY"),
    "mailjet": ("Mailjet", "", ""),
    "mailtrap": ("Mailtrap", "", ""),
    "mandrill": ("MandrillCombined", "MANDRILL_WEBHOOK_KEY", "MANDRILL_WEBHOOK_KEY"),
    "postal": ("Postal", "POSTAL_WEBHOOK_KEY", "POSTAL_WEBHOOK_KEY"),
    "postmark": ("Postmark", "", ""),
    "resend": ("Resend", "RESEND_SIGNING_SECRET", "RESEND_INBOUND_SECRET"),
    "sendgrid": ("SendGrid", "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY", ""),
    "sparkpost": ("SparkPost", "", ""),
}


@csrf_exempt
@public
def hook(request: HttpRequest, provider: str, part: str) -> HttpResponseBase:
    """One provider's call; its refusals are sentences, so that whoever set it up finds them in the provider's log."""
    view = _view_of(provider, part)
    if (refused := gate.refusal(request, provider, part)) is not None:
        log.warning("A hook of %s was refused unread: %s", provider, refused.content.decode())
        return refused
    try:
        _read(request)
        return view(request)
    except THEIRS as error:
        return _refuse(provider, error)


def _view_of(provider: str, part: str) -> Any:
    name, *keys = PROVIDERS.get(provider, ("", "", ""))
    key = keys[part == "inbound"] if name else ""
    if not name or not (settings.ANYMAIL.get("WEBHOOK_SECRET") or (key and settings.ANYMAIL.get(key))):
        raise Http404
    kind = "" if name == "MandrillCombined" else part.capitalize()
    return import_string(f"anymail.webhooks.{provider}.{name}{kind}WebhookView").as_view()


def _read(request: HttpRequest) -> None:
    """Take in a body that is larger than a form of ours may be; files of a multipart one are not held in memory."""
    if request.content_type != "multipart/form-data":
        request._body = request.read()  # type: ignore[attr-defined]


def _refuse(provider: str, error: Exception) -> HttpResponse:
    sentence = str(error).splitlines()[0][:300] if str(error) else "It could not be read."
    log.warning("A hook of %s was refused: %s", provider, sentence)
    return HttpResponse(sentence, status=400, content_type="text/plain")


@receiver(tracking, dispatch_uid="wbl.mail.tracking")
def told(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    """A mail was delivered, came back, was complained about …"""
    try:
        events.take(events.Event.read(event, esp_name))
    except Exception as error:
        raise NotDone from error


@receiver(inbound, dispatch_uid="wbl.mail.inbound")
def came(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    """A mail came in. The envelope's recipient is the surest word on whom it is for."""
    if (mail := event.message) is None:
        return
    raw = headers.written(mail)
    try:
        receive(raw, to=mail.envelope_recipient or "")
    except Exception as error:
        raise NotDone from error
