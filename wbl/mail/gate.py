"""What a call to a hook must bring before its body is read: so a stranger's post costs little, however long it is.

The shared secret stands in a header, so it is asked for first, of every provider. Where only a signature is set up,
the header that carries it must be there; the signature itself is over the body, which django-anymail reads and checks.
"""

from anymail.utils import get_request_basic_auth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

LARGEST = {"inbound": 45 * 2**20, "tracking": 5 * 2**20}  # a mail of 25 MB, in base64, in JSON; a thousand events
DRAINED = 64 * 2**10  # bytes of a refused call that are read: a socket closed over unread ones may lose our answer
# the header that carries the signature, where there is one; Mailgun's stands in the body
SIGNATURES = {
    "mailersend": "Signature",
    "mandrill": "X-Mandrill-Signature",
    "postal": "X-Postal-Signature",
    "resend": "svix-signature",
    "sendgrid": "X-Twilio-Email-Event-Webhook-Signature",
}


def refusal(request: HttpRequest, provider: str, part: str) -> HttpResponse | None:
    """The answer to a call that is not worth reading; None for one that is. `part`: tracking or inbound."""
    answer = None if request.method != "POST" else _why_not(request, provider, part)
    if answer is not None and length(request) <= DRAINED:
        request.read()
    return answer


def length(request: HttpRequest) -> int:
    """Bytes of the body, as its sender says."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0


def _why_not(request: HttpRequest, provider: str, part: str) -> HttpResponse | None:
    secret = settings.ANYMAIL.get("WEBHOOK_SECRET")
    if secret and not _knows(request, secret):
        answer = _told("The shared secret (WBL_WEBHOOK_SECRET) is missing from the hook's address, or another one.")
        if provider == "amazon_ses" and "Authorization" not in request.headers:  # it sends it when it is asked to
            answer.status_code = 401
            answer["WWW-Authenticate"] = 'Basic realm="hooks"'
        return answer
    header = "" if secret else SIGNATURES.get(provider, "")
    if header and header not in request.headers:
        return _told(f"The signature ({header}) is missing.")
    if length(request) > LARGEST[part]:
        return _told(f"More than {LARGEST[part] // 2**20} MB: too large.", status=413)
    return None


def _knows(request: HttpRequest, secret: str | list[str]) -> bool:
    brought = get_request_basic_auth(request) or ""
    return any(constant_time_compare(brought, one) for one in ([secret] if isinstance(secret, str) else secret))


def _told(sentence: str, status: int = 400) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain")
