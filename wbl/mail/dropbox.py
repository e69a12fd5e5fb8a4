"""A member's drop-box: a secret address. What they BCC there is logged as sent to the people it names, what they
forward as received from them. Nobody known: it is kept, and stands on their list."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from django.db import transaction
from django.utils import timezone

from wbl.mail import addresses, headers
from wbl.mail.models import DropBox, IncomingMail
from wbl.mail.people import PersonKind, people_kinds
from wbl.todo.models import Todo

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_FORWARDED = re.compile(r"^>?[ \t]{0,40}\*?(?:From|De):\*? .{0,200}$", re.MULTILINE)
FileOf = Callable[..., tuple[IncomingMail, bool]]


@transaction.atomic
def log(mail: EmailMessage, token: str, file_of: FileOf) -> IncomingMail | None:
    """In the box's district; None for an address that was renewed since."""
    box = DropBox.objects.filter(token=token).select_related("user").first()
    if box is None:
        return None
    filed, is_new = file_of(mail, kind=IncomingMail.Kind.LOGGED, message=None, by=box.user)
    if is_new:
        outgoing, people = _who(mail, filed, box)
        for kind, person in people:
            kind.logged(person, filed, outgoing=outgoing)
        if not people:
            title = f"Log it by hand, nobody it names is on file: {filed.subject or filed.from_email}"
            Todo.open(title=title, due=timezone.localdate(), owner=box.user, kind="task", note=filed.text[:2000])
    return filed


def _who(mail: EmailMessage, filed: IncomingMail, box: DropBox) -> tuple[bool, list[tuple[PersonKind, Any]]]:
    """(did the member send it, the people it is to or from)."""
    own = box.user.email.lower()
    others = [a.lower() for a in headers.addresses(mail, ("To", "Cc"))]
    others = [a for a in others if a and a != own and not addresses.read_drop_box(a)]
    sender = headers.address(mail, "From")[1].lower()
    if sender != own:  # a rule of their mailbox sent it on as it came
        return False, _known([sender])
    if others:
        return True, _known(others)
    whole = f"{filed.text}\n{filed.quoted}"
    line = _FORWARDED.search(whole)
    wrote = [a.lower() for a in _ADDRESS.findall(line[0])] if line else []
    if wrote and wrote != [own]:
        return False, _known(wrote)
    named = [a.lower() for a in _ADDRESS.findall(whole) if a.lower() != own]
    return wrote == [own], _known(named[:20])


def _known(emails: list[str]) -> list[tuple[PersonKind, Any]]:
    return [(kind, person) for kind in people_kinds() for person in kind.by_emails(emails)]
