"""Mail that comes in: the one path for providers' hooks and for the reply box of `manage.py up`.

A mail is found by its reply address (134 random bits bound to district and message), else by the Message-IDs it answers.
What is from another person than the one written to is filed as such; automatic answers stop nothing and tell nobody.
"""

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from wbl.mail import addresses
from wbl.mail.models import IncomingMail, Message
from wbl.mail.people import person_kind
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

_QUOTED = re.compile(r"\n(?:On .{5,200} wrote:|_{10,}|-{3,} ?Original Message ?-{3,})\s*\n.*", re.DOTALL)
LONGEST = 100_000


def receive(raw: bytes, *, to: str = "") -> IncomingMail | None:
    """File one mail; None for one that answers nothing of ours. The same mail twice is one row."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    for district_id, token in _answers(mail):
        found = District.objects.filter(pk=district_id).first()
        if found is None:
            continue
        with district(found):
            message = Message.objects.filter(token=token).first()
            if message is not None:
                return _file(mail, message)
    return None


def _answers(mail: EmailMessage) -> list[tuple[int, str]]:
    """(district, token) of the messages that this mail may answer, the surest first."""
    to = [
        a for _n, a in getaddresses([str(v) for name in ("To", "Cc", "Delivered-To") for v in mail.get_all(name, [])])
    ]
    by_address = [addresses.read_reply_address(address) for address in to]
    named = " ".join(str(mail.get(name, "")) for name in ("In-Reply-To", "References")).split()
    by_id = [addresses.read_message_id(one) for one in reversed(named)]
    return [found for found in [*by_address, *by_id] if found]


@transaction.atomic
def _file(mail: EmailMessage, message: Message) -> IncomingMail:
    name, address = parseaddr(str(mail.get("From", "")))
    own_id = str(mail.get("Message-ID", "")).strip()[:300] or f"<without-id.{message.pk}.{hash(bytes(mail))}>"
    people, person = person_kind(message.person_kind), message.person
    theirs = people.owns(person, address) if people and person else address.lower() == message.to_email.lower()
    kind = IncomingMail.Kind.AUTOMATIC if _is_automatic(mail) else IncomingMail.Kind.REPLY
    if not theirs and kind == IncomingMail.Kind.REPLY:
        kind = IncomingMail.Kind.OTHER
    filed, is_new = IncomingMail.objects.get_or_create(
        external_id=own_id,
        defaults={
            "message": message,
            "kind": kind,
            "from_name": _clean(name)[:200],
            "from_email": _clean(address)[:254],
            "subject": _clean(str(mail.get("Subject", "")))[:300],
            "text": text_of(mail),
            "received_at": timezone.now(),
        },
    )
    if is_new:
        _tell(filed, message)
    return filed


def _tell(filed: IncomingMail, message: Message) -> None:
    what = {"reply": "reply", "other": "reply_other", "automatic": "automatic"}[filed.kind]
    message.note(what, f"{filed.from_name or filed.from_email}: {filed.subject}")
    people, person = person_kind(message.person_kind), message.person
    if people and person:
        people.received(person, message, filed)
    message.kind.on_reply(message, filed)


def _is_automatic(mail: EmailMessage) -> bool:
    """A vacation notice or another machine (RFC 3834)."""
    said = str(mail.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    bulk = str(mail.get("Precedence", "")).strip().lower() in ("auto_reply", "bulk", "junk")
    return said != "no" or bulk or "X-Autoreply" in mail or "X-Autorespond" in mail


def text_of(mail: EmailMessage) -> str:
    """What the person wrote, without what they quoted."""
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, UnicodeError):  # an encoding that nobody knows
        content = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    text = strip_tags(content) if part.get_content_subtype() == "html" else content
    text = _QUOTED.sub("", "\n" + text.replace("\r\n", "\n"))
    lines = [line for line in text.strip().splitlines() if not line.startswith(">")]
    return _clean("\n".join(lines).strip(), keep="\n\t")[:LONGEST]


def _clean(text: str, keep: str = "") -> str:
    return "".join(c for c in text if c.isprintable() or c in keep)
