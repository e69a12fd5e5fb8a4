"""Ways to reach somebody, made comparable: phones, domains, email addresses."""

import re
from dataclasses import dataclass
from functools import lru_cache
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
    """One that our mail can go to: letters beyond ASCII before the @ need a server that few have (SMTPUTF8)."""
    address = typed.strip()
    return address.isascii() and bool(_EMAIL.match(address)) and len(address) <= 254


def is_phone(stored: str) -> bool:
    """Was it read as a number? Those are stored in E.164; what couldn't be read is stored as it was typed."""
    return stored.startswith("+") and stored[1:].isdigit()


def read_phones(typed: str) -> list[Phone]:
    """Several numbers, one a line or with commas between."""
    return [read_phone(part) for part in re.split(r"[\n,;]", typed) if part.strip()]


def is_zip(stored: str) -> bool:
    return bool(re.fullmatch(r"\d{5}(-\d{4})?", stored))


def is_website(stored: str) -> bool:
    typed = stored.strip()
    return bool(domain_of(typed)) and "@" not in typed and not re.match(r"(?!https?:)[a-z]+:", typed, re.I)


def several(stored: str) -> list[str]:
    """What a field for several values holds, with commas or semicolons between."""
    return [part.strip() for part in re.split(r"[\n,;]", stored) if part.strip()]


NOT_READ = {
    "phone": "can’t be read as a phone number",
    "email": "can’t be read as an email address",
    "website": "can’t be read as a web address",
    "zip": "can’t be read as a ZIP code",
}
_READS = {"phone": is_phone, "email": is_email, "website": is_website, "zip": is_zip}


def doubt(kind: str, stored: str) -> str:
    """What to say beside a phone, email, website or ZIP that was kept as typed; nothing where it can be read."""
    if not stored or _READS[kind](stored):
        return ""
    accented = kind == "email" and not stored.isascii() and is_email(stored.encode("ascii", "replace").decode())
    return "has letters that mail can’t be sent to, such as é" if accented else NOT_READ[kind]


@lru_cache(maxsize=16_384)
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
