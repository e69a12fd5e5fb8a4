"""Any text reaches its reader as itself."""

import email
import email.policy
import os
import pathlib

import pytest

from partners.models import Contact
from wbl.mail.models import Message
from wbl.mail.people import recipient_of
from wbl.mail.render import Frames, handed_over, render

pytestmark = pytest.mark.django_db
LISTS = pathlib.Path(os.environ.get("WBL_TEST_DATA", "../shared/data")) / "08-security" / "blns"
FEW = [
    "<b>x</b>",
    "{{ 7*7 }}",
    "Ω≈ç√∫˜µ≤≥÷ and a long line that has to be folded somewhere in the header ✓",
    "田中さん",
    "‮test‮",
    "a\tb",
]


def strings() -> list[str]:
    found = FEW
    for path in LISTS.glob("*.txt") if LISTS.is_dir() else []:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found = found + [line for line in lines if line.strip() and not line.startswith("#") and "\0" not in line]
    return found


# a letter in Markdown, and one whose words stand as they are
@pytest.mark.parametrize("kind", ["partners.letter", "partners.portal_access"])
def test_any_string_is_sent_as_itself(kind, in_cedar, acme, people):
    ray, frames, wrong = recipient_of(Contact.objects.get()), Frames(), []
    for text in strings()[:: 1 if kind == "partners.letter" else 4]:
        message = Message.addressed(ray, acme, people.coordinator)
        message.rule_key, message.category, message.pk = kind, "requests", 1
        message.subject, message.source = " ".join(text.split())[:300] or "x", text
        render(message, ray, acme, frames)
        raw = handed_over(message, frames).as_bytes()
        if not arrives(raw, message.subject, text):
            wrong.append(text)
    assert wrong == []


def arrives(raw: bytes, subject: str, text: str) -> bool:
    got = email.message_from_bytes(raw, policy=email.policy.default)
    plain = got.get_body(("plain",)).get_content().replace("\r\n", "\n")
    return (
        str(got["Subject"]) == subject
        and text.strip() in plain
        and "<script" not in got.get_body(("html",)).get_content()
    )
