"""Addresses that carry a message's token: its Message-ID, its reply address, its unsubscribe link."""

import re
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core import signing

from wbl.tenancy.scope import absolute, current_district
from wbl.web.urls import district_url

_ID = re.compile(r"<?wbl\.(\d{1,18})\.([A-Za-z0-9]{20,40})@", re.IGNORECASE)
_REPLY = re.compile(r"^r\.(\d{1,18})\.([a-z0-9]{20,40})@")
_DROP = re.compile(r"^log\.(\d{1,18})\.([a-z0-9]{20,40})@")
UNSUBSCRIBE = signing.Signer(salt="wbl.mail.unsubscribe")


def from_address() -> str:
    """The installation's own address, whose domain signs (SPF, DKIM, DMARC)."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def from_header(name: str) -> str:
    return formataddr((name, from_address()))


def message_id(district_id: int, token: str) -> str:
    domain = settings.WBL_INBOUND_DOMAIN or from_address().rpartition("@")[2]
    return f"<wbl.{district_id}.{token}@{domain}>"


def reply_address(district_id: int, token: str) -> str:
    """Where answers to one message go; nothing without an inbound domain."""
    return f"r.{district_id}.{token}@{settings.WBL_INBOUND_DOMAIN}" if settings.WBL_INBOUND_DOMAIN else ""


def read_message_id(text: str) -> tuple[int, str] | None:
    """(district, token) of a Message-ID of ours."""
    found = _ID.search(text)
    return (int(found[1]), found[2]) if found else None


def read_reply_address(address: str) -> tuple[int, str] | None:
    """(district, token) of a reply address of ours."""
    return _ours(_REPLY, address)


def _ours(shape: re.Pattern[str], address: str) -> tuple[int, str] | None:
    found = shape.match(address.strip().lower())
    domain = address.strip().rpartition("@")[2].lower()
    return (int(found[1]), found[2]) if found and domain == settings.WBL_INBOUND_DOMAIN.lower() else None


def drop_box(district_id: int, token: str) -> str:
    """A member's secret address for logging mail; nothing without an inbound domain."""
    return f"log.{district_id}.{token}@{settings.WBL_INBOUND_DOMAIN}" if settings.WBL_INBOUND_DOMAIN else ""


def read_drop_box(address: str) -> tuple[int, str] | None:
    """(district, token) of a drop-box."""
    return _ours(_DROP, address)


def unsubscribe_token(message_pk: int) -> str:
    return UNSUBSCRIBE.sign(str(message_pk))


def read_unsubscribe(token: str) -> int | None:
    try:
        return int(UNSUBSCRIBE.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def unsubscribe_page() -> str:
    """The full address that a token is put behind, in the open district."""
    return absolute(district_url(current_district(), "mail:unsubscribe", "-")).removesuffix("-/")


def unsubscribe_url(message_pk: int) -> str:
    return f"{unsubscribe_page()}{unsubscribe_token(message_pk)}/"


def header(name: str, email: str) -> str:
    """`Name <email>` for a header; a name can hold no line breaks or other control characters there."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return formataddr((clean, email.strip())) if clean.isascii() else f'"{_quoted(clean)}" <{email.strip()}>'


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
