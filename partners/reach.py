"""Ways to reach somebody, made comparable: phones, domains, email addresses."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import phonenumbers

# addresses at these say nothing about the organization
FREEMAIL = frozenset(
    "gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com aol.com icloud.com me.com mac.com "
    "comcast.net att.net sbcglobal.net verizon.net cox.net bellsouth.net charter.net protonmail.com proton.me gmx.com mail.com".split()
)
_EMAIL = re.compile(r"^[^@\s\"<>(),;:\\]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$", re.I)


@dataclass(frozen=True)
class Phone:
    """`number` in E.164 when `ok`, else as it was typed; `ext` without its label."""

    number: str
    ext: str = ""
    ok: bool = True


def read_phone(typed: str) -> Phone:
    """A US number unless it says otherwise. What can't be parsed is kept as typed and flagged (`ok` false)."""
    typed = typed.strip()
    try:
        parsed = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        return Phone(typed[:40], ok=not typed)
    if not phonenumbers.is_possible_number(parsed):
        return Phone(typed[:40], ok=False)
    return Phone(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), (parsed.extension or "")[:10])


def is_email(typed: str) -> bool:
    return bool(_EMAIL.match(typed.strip())) and len(typed.strip()) <= 254


def domain_of(address: str) -> str:
    """The registrable part of a website or an email address, lower case; nothing for freemail and what has no dot."""
    address = address.strip().lower()
    if not address:
        return ""
    if "@" in address and "/" not in address:
        host = address.rsplit("@", 1)[1]
    else:
        try:
            host = urlsplit(address if "//" in address else "//" + address).hostname or ""
        except ValueError:
            return ""
    host = host.removeprefix("www.").strip(".")
    return host[:200] if "." in host and " " not in host and host not in FREEMAIL else ""
