"""The demonstration district in a real browser, and someone signed in to it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from wbl.accounts.models import User
from wbl.home.demo import build
from wbl.local.fixtures import fresh_database, keep_database
from wbl.tenancy.models import District

PASSWORD = "seven-quiet-herons"


def person(email: str) -> User:
    """A user whose password the test knows."""
    user = User.objects.filter(email=email).first() or User(email=email, name=email.partition("@")[0].title())
    user.set_password(PASSWORD)
    user.save()
    return user


PEOPLE = {"ada": "adaline.reyes", "marisol": "marisol.tate", "tom": "tom.reyes", "vera": "vera.lindholm"}


@pytest.fixture(scope="session")
def _seeded() -> Callable[[], None]:
    """Fills the database with the demonstration district: built by the first test that asks, copied for the others."""
    built: list[bool] = []

    def fill() -> None:
        if built:
            return fresh_database("demo")
        build.seed()
        for name in PEOPLE.values():
            person(f"{name}@{build.MAIL_DOMAIN}")
        keep_database("demo")
        return built.append(True)

    return fill


@pytest.fixture
def demo(transactional_db: Any, _seeded: Callable[[], None]) -> SimpleNamespace:
    """The demonstration district (`.district`, `.at`: its address) and its people: ada admin, marisol coordinator,
    tom staff, vera viewer."""
    _seeded()
    made = District.objects.get(slug="demo")
    people = {key: User.objects.get(email=f"{name}@{build.MAIL_DOMAIN}") for key, name in PEOPLE.items()}
    return SimpleNamespace(district=made, at=f"/{made.slug}/", **people)


@pytest.fixture
def empty(transactional_db: Any) -> SimpleNamespace:
    """A district on its first day: nothing in it but its admin."""
    from wbl.accounts.models import Membership, Role

    made = District.objects.create(name="Prairie Bend Schools", slug="prairie-bend", state="OK")
    ada = person("first.admin@example.org")
    Membership.objects.create(user=ada, district=made, role=Role.ADMIN)
    return SimpleNamespace(district=made, at=f"/{made.slug}/", ada=ada)


def client_of(user: User | None) -> Client:
    """Someone's browser without a window; signed in by the form, so that pages which want a fresh sign-in open."""
    client = Client(raise_request_exception=False)
    if user:
        answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302, "the sign-in did not work"
    return client


@pytest.fixture
def open_as(browser_page: Any, live_server: Any) -> Callable[..., Any]:
    """open_as(user, width=…, javascript=False) → a page of someone who is signed in already."""

    def opened(user: User | Client | None, *, javascript: bool = True, **options: Any) -> Any:
        client = user if isinstance(user, Client) else client_of(user)
        page = browser_page(java_script_enabled=javascript, **options)
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie:
            page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return opened
