"""The demonstration district: whole, the same every time, and gone in one step."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.test import Client

from councils.models import Meeting
from partners.models import Enrolment, Mailing, Organization, TimelineEntry
from placements.models import HoursEntry, Placement
from wbl.accounts.models import User
from wbl.home.demo import build
from wbl.local.fixtures import fresh_database, keep_database
from wbl.mail.models import IncomingMail, Message
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import district, every_district
from wbl.todo.models import Todo

PAGES = ("", "partners/", "councils/", "placements/", "pathways/", "mail/", "reports/", "settings/")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(transactional_db: Any, settings: Any, folder: Path) -> District:
    """Seeded by the first test that asks, copied for the others: it takes seconds."""
    settings.WBL_LOCAL_DIR = folder
    kept = folder / "kept.json"  # removing the demonstration takes demo.json along
    if kept.exists():
        fresh_database("seeded")
        shutil.copy2(kept, folder / "demo.json")
    else:
        build.seed()
        shutil.copy2(folder / "demo.json", kept)
        keep_database("seeded")
    return District.objects.get(slug="demo")


def test_it_holds_what_the_tour_shows(demo: District) -> None:
    with district(demo):
        assert School.objects.count() == 3
        assert Organization.objects.count() == 40
        held = Meeting.objects.exclude(approved_at=None).get()
        came = held.invitations.exclude(present_at=None)
        assert came.count() == held.decisions.get().votes_for and not came.filter(status="declined")
        begun = HoursEntry.objects.values("placement")
        assert not Placement.objects.filter(pk__in=begun).without_step("agreed")


def test_its_pages_open_and_a_second_seed_changes_nothing(demo: District, folder: Path) -> None:
    marisol = User.objects.get(name="Marisol Tate")
    client = Client()
    client.force_login(marisol, backend="wbl.accounts.backends.MembershipBackend")
    assert {page: client.get(f"/demo/{page}").status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
    assert build.seed() == demo
    assert User.objects.get(pk=marisol.pk).password == marisol.password
    kept = folder / "demo.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    told = {u["email"]: u["password"] for u in json.loads(kept.read_text())["users"]}
    assert marisol.check_password(told["marisol.tate@cedarvalley.example"])
    marisol.refresh_from_db()
    rounds = PBKDF2PasswordHasher().decode(marisol.password)["iterations"]
    assert rounds == PBKDF2PasswordHasher.iterations, "after a first sign-in it is hashed as any other"


def test_it_is_gone_in_one_step_and_a_real_district_stays(demo: District, cedar: District) -> None:
    call_command("remove_demo")
    assert list(District.objects.values_list("slug", flat=True)) == ["cedar"]
    with every_district():
        assert not Organization.objects.exists()
    assert not User.objects.filter(email__endswith="cedarvalley.example").exists()


def test_load_for_benches_is_made_by_the_thousand(db: Any) -> None:
    call_command("seed_demo", districts=2, partners=30, first=100)
    with every_district():
        assert Organization.objects.count() == 130


def test_its_mail_shows_every_state_and_what_came_back(demo: District) -> None:
    with district(demo):
        states = set(Message.objects.values_list("state", flat=True))
        assert states >= {"planned", "delivered", "sent", "withheld", "bounced"}
        reasons = " ".join(Message.objects.in_state("withheld").values_list("reason", flat=True))
        for why in ("prefers", "Opted out of announcements", "bounced on", "does not want", "No email", "may come."):
            assert why in reasons, why
        assert {m.kind for m in IncomingMail.objects.all()} == {"reply", "other", "automatic", "bounce"}
        assert TimelineEntry.objects.exclude(quoted="").exists()
        assert Todo.objects.open().filter(title__startswith="Find another email address of Amos Reed").exists()
        assert {m.is_draft for m in Mailing.objects.all()} == {True, False}
        steps = {e.runs.exclude(done_at=None).count() for e in Enrolment.objects.running()}
        assert len(steps) > 1, "people stand at different steps"
        assert set(Enrolment.objects.values_list("ended_kind", flat=True)) == {"", "reply", "stage"}
        assert Message.objects.gone_out().filter(language="es", subject__startswith="Boletín").exists()
        ours = Message.objects.filter(state="due").exclude(rule_key__startswith="councils.")
        assert not ours.exists(), "nothing of it goes out"
