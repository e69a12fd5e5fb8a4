"""Who may open a view: every view says so by exactly one of these decorators; anything else is a member's alone.

    @can("view")                 any member of the district
    @can("students")             staff and up: students by name, those of their own schools
    @can("log")                  staff and up: write down contacts, to-dos, single mails
    @can("edit")                 coordinators and up: partners, councils, placements, pathways, imports
    @can("manage")               admins: people, calendar, settings
    @can("view", post="edit")    members may look, coordinators may act
    @public                      anyone (it stands outside sign-in by name)
    @signed_in                   anyone with an account, in no district
    @operators                   who runs the installation; anybody else 404

Mailed links are opened by `wbl.links.signed_link`, the portal by `partners.access.portal`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import Resolver404, get_script_prefix, resolve

View = Callable[..., Any]
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Access:
    """How a view is opened. `kind`: member, public, link, portal, account or operator."""

    kind: str
    get: str = ""
    post: str = ""


def can(capability: str, *, post: str | None = None) -> Callable[[View], View]:
    """Members with this capability; other methods than GET may ask for another one."""

    def mark(view: View) -> View:
        view.access = Access("member", capability, post or capability)  # type: ignore[attr-defined]
        return view

    return mark


def opened(kind: str) -> Callable[[View], View]:
    """A view that asks no membership; its decorator asks something else instead."""

    def mark(view: View) -> View:
        view.access = Access(kind)  # type: ignore[attr-defined]
        return login_not_required(view) if kind in ("public", "link") else view

    return mark


public = opened("public")
signed_in = opened("account")


def operators(view: View) -> View:
    """Who runs the installation, in no district; anybody else gets 404."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_operator:  # type: ignore[union-attr]
            raise Http404
        return view(request, *args, **kwargs)

    return opened("operator")(asked)


def may_follow(request: HttpRequest, address: str, *, posts: bool = False) -> bool:
    """May this member open (or post to) an address of the open district? Asked of the view itself, so that no page
    offers what it would refuse. An address that leads elsewhere may be followed."""
    prefix = get_script_prefix()
    try:
        view = resolve("/" + address.partition("?")[0].removeprefix(prefix)).func
    except Resolver404:
        return True
    access = getattr(view, "access", None)
    if access is None or access.kind != "member":
        return True
    return bool(getattr(request.can, access.post if posts else access.get))  # type: ignore[attr-defined]


def require(request: HttpRequest, capability: str) -> None:
    """Raises PermissionDenied (403) unless the member has the capability; for parts of a view."""
    if not getattr(request.can, capability):  # type: ignore[attr-defined]
        raise PermissionDenied
