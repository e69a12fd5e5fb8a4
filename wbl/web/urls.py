"""Addresses that cross from the district's URL table to the other one, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse, set_script_prefix
from django.utils.translation import gettext as _

DISTRICT_URLS = "wbl.district_urls"


class HasSlug(Protocol):
    slug: str


def outside(name: str, *args: Any, **kwargs: Any) -> str:
    """An address without a district: sign-in, sign-out, account settings."""
    with _prefix("/"):
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args, kwargs=kwargs)


def district_url(district: HasSlug, name: str, *args: Any, **kwargs: Any) -> str:
    """An address inside a district, whatever district (or none) is open."""
    with _prefix(f"/{district.slug}/"):
        return reverse(name, urlconf=DISTRICT_URLS, args=args, kwargs=kwargs)


def address(name: str, *ids: int) -> str:
    """The address of a named page in the open table, of these ids: what `reverse` finds, which looks it up anew each
    time, and a page has fifty. Raises NoReverseMatch for a name that is none."""
    begin, *rest = _pieces(name, len(ids), get_urlconf())
    return get_script_prefix() + begin + "".join([f"{pk}{piece}" for pk, piece in zip(ids, rest, strict=True)])


@lru_cache(maxsize=2000)
def _pieces(name: str, count: int, urlconf: str | None) -> list[str]:
    """What stands before, between and after the ids, without the district: the same for each of them and each page."""
    stand_ins = [900_000_001 + n for n in range(count)]
    found = reverse(name, urlconf=urlconf, args=stand_ins).removeprefix(get_script_prefix())
    return re.split("|".join(map(str, stand_ins)), found) if count else [found]


def account_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """One's own account: each page that this installation has, the open one marked."""
    pages = [
        ("me", _("You")),
        ("account_email", _("Email")),
        ("account_change_password", _("Password")),
        ("mfa_index", _("Two steps")),
        ("usersessions_list", _("Devices")),
    ]
    if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        pages.insert(4, ("socialaccount_connections", _("Linked sign-ins")))
    here = [(label, outside(name)) for name, label in pages]
    open_one = max((href for _label, href in here if request.path.startswith(href)), key=len, default="")
    return [{"label": label, "href": href, "current": href == open_one} for label, href in here]


@contextmanager
def _prefix(prefix: str) -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)
