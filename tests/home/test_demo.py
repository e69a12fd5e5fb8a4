"""The demonstration district: whole, the same every time, and gone in one step."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from partners.models import Organization
from wbl.accounts.models import User
from wbl.home.demo import build
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import district, every_district

PAGES = ("", "partners/", "councils/", "placements/", "pathways/", "mail/", "reports/", "settings/")


@pytest.fixture
def demo(db: Any, settings: Any, tmp_path: Path) -> District:
    settings.WBL_LOCAL_DIR = tmp_path
    return build.seed()


def test_it_holds_what_the_tour_shows(demo: District) -> None:
    with district(demo):
        assert School.objects.count() == 3
        assert Organization.objects.count() == 40


def test_its_pages_open_and_a_second_seed_changes_nothing(demo: District, tmp_path: Path) -> None:
    marisol = User.objects.get(name="Marisol Tate")
    client = Client()
    client.force_login(marisol, backend="wbl.accounts.backends.MembershipBackend")
    assert {page: client.get(f"/demo/{page}").status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
    assert build.seed() == demo
    assert User.objects.get(pk=marisol.pk).password == marisol.password
    kept = tmp_path / "demo.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert {u["email"] for u in json.loads(kept.read_text())["users"]} >= {"marisol.tate@cedarvalley.example"}


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
