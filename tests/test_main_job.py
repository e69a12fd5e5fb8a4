"""The main job, end to end over real parts: PostgreSQL, Valkey, a Celery worker and beat, SMTP to a local sink.

A coordinator imports a real partner list, finds a partner by a misspelling, adds a contact, logs a call with "follow up in 7 days",
looks at the rule, switches it on; the day comes; the mail is at the sink once, on the timeline and in the ledger. This test never
skips: where the real list is absent it takes 200 invented rows.
"""

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from partners.models import Import, Organization, TimelineEntry
from tests.story import Person
from wbl.accounts.models import Membership, User
from wbl.mail.models import Message, Rule
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

HERE = Path(__file__).parent
REAL = (
    Path(os.environ.get("WBL_TEST_DATA", HERE.parent.parent / "shared" / "data"))
    / "03-businesses"
    / "little_rock_ar_business_licenses.csv"
)
PASSWORD = "correct horse battery"


def eventually(true: Callable[[], Any], seconds: float = 60) -> Any:
    """Waits for what other processes do."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
    return found


@pytest.fixture
def cedar(transactional_db: Any) -> District:
    made = District.objects.create(
        name="Cedar Valley Public Schools", slug="cedar", state="OK", postal_address="400 Redbud Avenue, Cedar Valley"
    )
    made.quiet_from, made.quiet_until, made.school_days_only = dt.time(0, 0), dt.time(0, 0), False
    made.save()
    user = User.objects.create_user("marisol@cedar.example", PASSWORD, name="Marisol Tate")
    Membership.objects.create(user=user, district=made, role="coordinator")
    return made


def test_a_list_is_imported_and_the_system_follows_up_by_email(
    cedar: District, live_smtp: Any, celery_worker_process: Any, database_servers: Any
) -> None:
    env = {"WBL_SMTP_URL": live_smtp.url, "WBL_BEAT_SECONDS": "1"}
    worker, beat = celery_worker_process("worker", env=env), celery_worker_process("beat", env=env)

    marisol = Person().goes("/").sends("/login", login="marisol@cedar.example", password=PASSWORD)
    assert marisol.path.startswith("/cedar/")
    _import(marisol, cedar, REAL if REAL.exists() else HERE / "data" / "partners.csv")
    comics = _find(marisol, cedar)
    _log(marisol, cedar, comics)
    _switch_on(marisol, cedar)

    _the_day_comes(cedar)
    mails = live_smtp.wait_for(1, 60)
    assert [m["To"] for m in mails] == ["Lee Bond <lee@retrograde.example>"]
    assert mails[0]["Reply-To"] and "marisol@cedar.example" in mails[0]["Reply-To"]
    assert "Dear Lee, here we are again." in mails[0].get_body(("plain",)).get_content()
    assert mails[0].get_body(("html",)) is not None
    eventually(lambda: _in(cedar, lambda: TimelineEntry.objects.filter(kind="mail_out").exists()))
    assert marisol.goes(f"/cedar/partners/{comics.pk}/").sees("Mail sent to Lee Bond")
    assert marisol.goes("/cedar/mail/").sees("Lee Bond", "Sent")
    assert marisol.goes("/cedar/").sees("Mail sent", comics.name), "the to-do stays on Today, marked"

    _nothing_comes_twice(cedar, live_smtp, celery_worker_process, database_servers, env, worker, beat)


def _in(where: District, ask: Callable[[], Any]) -> Any:
    with district(where):
        return ask()


def _import(marisol: Person, cedar: District, file: Path) -> None:
    with file.open("rb") as upload:
        marisol.goes("/cedar/partners/").follows("Import").sends("", files={"file": upload})
    marisol.sends("/columns/")
    job = _in(cedar, lambda: Import.objects.get())
    eventually(
        lambda: (
            marisol.goes(f"/cedar/partners/import/{job.pk}/").sees("What changes, and why")
            and "/application/" in marisol.html
        )
    )
    marisol.sends("/application/")
    eventually(lambda: marisol.goes(f"/cedar/partners/import/{job.pk}/").sees("Take it back"), 120)
    assert _in(cedar, lambda: Organization.objects.count()) >= 199


def _find(marisol: Person, cedar: District) -> Organization:
    marisol.goes("/cedar/search/?q=retrogade+comics")
    comics = _in(cedar, lambda: Organization.objects.get(name__istartswith="retrograde"))
    return marisol.follows(comics.name) and comics


def _log(marisol: Person, cedar: District, comics: Organization) -> None:
    marisol.follows("Add a contact").sends("/contacts/new/", name="Lee Bond", email="lee@retrograde.example")
    contact = _in(cedar, lambda: comics.contacts.get())
    marisol.sends(
        "/log/",
        kind="call",
        contact=contact.pk,
        summary="Would show students how a shop is run",
        next_step="follow up in 7 days",
    )
    todo = _in(cedar, lambda: Todo.objects.get())
    assert todo.due == cedar.today() + dt.timedelta(days=7)


def _switch_on(marisol: Person, cedar: District) -> None:
    marisol.goes("/cedar/mail/rules/").follows("follow")
    assert marisol.sees("Lee"), "the mail as this contact would get it"
    marisol.sends(marisol.path, words="own_words", body="Dear {{ contact.called }}, here we are again.")
    assert marisol.sees("here we are again")
    marisol.sends("/activation/")
    assert marisol.sees("is on")


def _the_day_comes(cedar: District) -> None:
    """The clock of other processes cannot be moved: the rule's start and the row are put back instead."""
    then = timezone.now() - dt.timedelta(days=7)
    with district(cedar), transaction.atomic():
        Rule.objects.update(
            active_since=then - dt.timedelta(days=1), quiet_hours=False, school_days=False, hour=dt.time(0, 0)
        )
        logged = then - dt.timedelta(seconds=1)
        TimelineEntry.objects.update(at=logged, created_at=logged)
        Todo.objects.update(due=cedar.today(), created_at=then)


def _nothing_comes_twice(
    cedar: District, live_smtp: Any, start: Any, servers: Any, env: dict[str, str], worker: Any, beat: Any
) -> None:
    """A second beat, a worker stopped and started, a wiped Valkey."""
    second = start("beat", env=env)
    worker.stop()
    servers.valkey.wipe()
    again = start("worker", env=env)
    time.sleep(4)
    assert len(live_smtp.messages) == 1
    assert _in(cedar, lambda: Message.objects.filter(sent_at__isnull=False).count()) == 1
    for process in (second, again, beat):
        process.stop()
