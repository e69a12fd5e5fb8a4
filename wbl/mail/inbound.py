"""Mail that comes in: the one path for providers' hooks, for `manage.py receive_mail`, and for the reply box of `up`.

A mail is found by its reply address (134 random bits bound to district and message), else by the Message-IDs it names.
What is from another person than the one written to is filed as such. Automatic answers stop nothing and tell nobody;
what a mail server returns moves the ledger. What comes to a member's drop-box is logged (wbl.mail.dropbox).
"""

import hashlib
import logging
import re
from collections.abc import Iterable
from email.message import EmailMessage

from django.db import transaction
from django.utils import timezone

from wbl.files.models import StoredFile
from wbl.mail import addresses, aftermath, bounces, dropbox, events, headers
from wbl.mail.models import IncomingFile, IncomingMail, Message
from wbl.mail.people import person_kind
from wbl.mail.quotes import parted, text_of_html
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

log = logging.getLogger(__name__)
LONGEST = 100_000
MOST_NAMED = 50  # mails of ours or drop-boxes
MOST_FILES, LARGEST_FILE, LARGEST_ALL = 20, 10 * 2**20, 25 * 2**20
_OUR_ID = re.compile(rb"<wbl\.\d{1,18}\.[a-z0-9]{20,40}@[^<>\s]{1,200}>", re.IGNORECASE)
_KINDS = {"hard": "hard", "soft": "soft", "delayed": "deferred", "complaint": "complaint"}


def receive(raw: bytes, *, to: str = "") -> IncomingMail | None:
    """File one mail; None for one that is none of ours, or whose parts lie in each other beyond reading. `to` is the
    envelope's recipient, where known. The same mail twice is one row."""
    try:
        return _received(raw, to)
    except RecursionError:
        log.warning("A mail of %s bytes was not taken: its parts lie too deep in each other.", len(raw))
        return None


def _received(raw: bytes, to: str) -> IncomingMail | None:
    mail = headers.read(raw)
    recipients = [to, *_recipients(mail)]
    for where, token in _some(map(addresses.read_drop_box, recipients)):
        if (found := District.objects.filter(pk=where).first()) is not None:
            with district(found):
                return dropbox.log(mail, token, file_of)
    returned = bounces.read(bounces.parsed(raw))
    for where, token in _answers(mail, recipients, raw if returned else b""):
        if (found := District.objects.filter(pk=where).first()) is None:
            continue
        with district(found):
            message = Message.objects.filter(token=token).first()
            if message is not None:
                return _file(mail, message, returned)
    return None


def _recipients(mail: EmailMessage) -> list[str]:
    names = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To")
    return headers.addresses(mail, names)


def _answers(mail: EmailMessage, recipients: list[str], report: bytes) -> list[tuple[int, str]]:
    """(district, token) of the messages that this mail may answer or return, the surest first."""
    by_address = [addresses.read_reply_address(address) for address in recipients]
    named = " ".join(headers.text(mail, name) for name in ("In-Reply-To", "References")).split()
    inside = [one.decode("ascii", "replace") for one in _OUR_ID.findall(report)]
    by_id = [addresses.read_message_id(one) for one in [*reversed(named), *inside]]
    return _some([*by_address, *by_id])


def _some(found: Iterable[tuple[int, str] | None]) -> list[tuple[int, str]]:
    """Each once, and so many as a mail may name: every one is looked up."""
    return list(dict.fromkeys(one for one in found if one))[:MOST_NAMED]


@transaction.atomic
def _file(mail: EmailMessage, message: Message, returned: list[bounces.Returned]) -> IncomingMail:
    address = headers.address(mail, "From")[1]
    people, person = person_kind(message.person_kind), message.person
    theirs = people.owns(person, address) if people and person else address.lower() == message.to_email.lower()
    kind = _kind_of(mail, returned, theirs=theirs)
    filed, is_new = file_of(mail, kind=kind, message=message)
    if is_new and kind in (IncomingMail.Kind.BOUNCE, IncomingMail.Kind.COMPLAINT):
        _came_back(filed, message, returned)
    elif is_new:
        _tell(filed, message)
    return filed


def _kind_of(mail: EmailMessage, returned: list[bounces.Returned], *, theirs: bool) -> str:
    if returned and not (theirs and mail.get_content_type() != "multipart/report"):
        complaint = returned[0].kind == bounces.COMPLAINT
        return IncomingMail.Kind.COMPLAINT if complaint else IncomingMail.Kind.BOUNCE
    if bounces.is_automatic(mail):
        return IncomingMail.Kind.AUTOMATIC
    return IncomingMail.Kind.REPLY if theirs else IncomingMail.Kind.OTHER


def file_of(mail: EmailMessage, *, kind: str, message: Message | None, by: object = None) -> tuple[IncomingMail, bool]:
    """(the row, is it new). Its files are kept with it."""
    name, address = headers.address(mail, "From")
    text, quoted = words_of(mail)
    own_id = headers.clean(headers.text(mail, "Message-ID")).strip()[:300]
    filed, is_new = IncomingMail.objects.get_or_create(
        external_id=own_id or f"<without-id.{_hash(mail, text)}>",
        defaults={
            "message": message,
            "by": by,
            "kind": kind,
            "from_name": headers.clean(name)[:200],
            "from_email": headers.clean(address)[:254],
            "subject": headers.clean(headers.text(mail, "Subject"))[:300],
            "text": text,
            "quoted": quoted,
            "received_at": timezone.now(),
        },
    )
    if is_new and kind in (IncomingMail.Kind.REPLY, IncomingMail.Kind.OTHER, IncomingMail.Kind.LOGGED):
        _keep_files(mail, filed)
    return filed, is_new


def _hash(mail: EmailMessage, text: str) -> str:
    """What tells a mail without an id of its own from others: its headers, as they came, and its words."""
    return hashlib.sha256(repr(([*mail.raw_items()], text)).encode("utf-8", "backslashreplace")).hexdigest()


def _keep_files(mail: EmailMessage, filed: IncomingMail) -> None:
    """What came along, within limits; what was too large is named in the text, so that somebody can ask for it."""
    left, kept, lost = LARGEST_ALL, 0, []
    for part in mail.walk():
        name = headers.clean(part.get_filename() or "").replace("/", "_").replace("\\", "_").strip(". ")[-200:]
        if part.is_multipart() or not name:
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes) or not body:
            continue
        if kept >= MOST_FILES or len(body) > min(LARGEST_FILE, left):
            lost.append(f"{name} ({len(body) / 2**20:.1f} MB)")
            continue
        stored = StoredFile.keep(name=name, content_type=part.get_content_type(), body=body)
        IncomingFile.objects.create(mail=filed, file=stored)
        left, kept = left - len(body), kept + 1
    if lost:
        filed.text = f"{filed.text}\n\n[Not kept, too large or too many: {', '.join(lost)}]".strip()[:LONGEST]
        filed.save(update_fields=["text", "updated_at"])


def _came_back(filed: IncomingMail, message: Message, returned: list[bounces.Returned]) -> None:
    """The report of a mail server, on this message: the entry that names its address, else the first."""
    ours = [one for one in returned if one.address in ("", message.to_email.lower())]
    one = (ours or returned)[0]
    kind = _KINDS[one.kind] if ours or one.kind != bounces.HARD else "soft"  # somebody else's mailbox behind theirs
    events.happened(message, kind, one.words or filed.subject, external_id=filed.external_id[:200])


def _tell(filed: IncomingMail, message: Message) -> None:
    what = {"reply": "reply", "other": "reply_other", "automatic": "automatic"}[filed.kind]
    message.note(what, f"{filed.from_name or filed.from_email}: {filed.subject}")
    people, person = person_kind(message.person_kind), message.person
    if people and person:
        people.received(person, message, filed)
    if filed.kind != IncomingMail.Kind.AUTOMATIC:
        aftermath.tell_of_answer(message, filed)


def words_of(mail: EmailMessage) -> tuple[str, str]:
    """(what the person wrote, what they quoted)."""
    part = mail.get_body(("plain", "html"))
    if part is None:
        return "", ""
    try:
        content = part.get_content()
    except (LookupError, ValueError):  # an encoding that nobody knows
        content = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    text = text_of_html(content) if part.get_content_subtype() == "html" else content.replace("\x00", "")
    own, quoted = parted(text)
    return headers.clean(own, keep="\n\t")[:LONGEST], headers.clean(quoted, keep="\n\t")[:LONGEST]
