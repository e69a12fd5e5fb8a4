"""What mail tests start from: Cedar with its follow-up rule switched on, and a clock that can be moved."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from partners.models import Contact, Organization
from wbl.mail.models import Rule
from wbl.tenancy.models import District
from wbl.todo.models import Todo

MONDAY = dt.datetime(2026, 10, 5, 15, 0, tzinfo=dt.UTC)  # 10 am in Chicago


@pytest.fixture
def clock() -> Any:
    """Monday, October 5, 2026, 10 am in Chicago; `clock.move_to(…)`, `clock.shift(…)`."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ray(acme: Organization) -> Contact:
    from wbl.tenancy.scope import district

    with district(acme.district_id):
        return Contact.objects.get(email="ray@acme.example")


@pytest.fixture
def rule(clock: Any, in_cedar: District, people: Any) -> Rule:
    """The follow-up rule, switched on this Monday at 10 am; it mails at 8 am."""
    made = Rule.of("partners.follow_up_due")
    made.switch_on(by=people.coordinator)
    return made


@pytest.fixture
def follow_up(acme: Organization, people: Any) -> Any:
    """follow_up(dt.date(2026, 10, 7)): a follow-up about Acme on the coordinator's list."""

    def open_one(due: dt.date, title: str = "Follow up about the job shadows", **more: Any) -> Todo:
        return Todo.open(title=title, due=due, owner=people.coordinator, about=more.pop("about", acme), **more)

    return open_one


@pytest.fixture
def smtp(live_smtp: Any, settings: Any) -> Any:
    """A real SMTP server, and this process's mailer set to it."""
    options = {"host": live_smtp.host, "port": live_smtp.port, "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    return live_smtp
