"""Stages of a district, the board, reasons and the day to come back."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Organization, PipelineStage, StageChange, TimelineEntry
from partners.models.stages import steps
from wbl.mail import planner
from wbl.mail.models import Message, Rule
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


@pytest.fixture
def admin(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.admin)


def test_paused_asks_for_the_reason_and_comes_back_by_itself(
    browser: Client, cedar: District, acme: Organization
) -> None:
    address, fall = f"/cedar/partners/{acme.pk}/stage/", cedar.today() + dt.timedelta(days=90)
    page = browser.post(address, {"stage": "paused", "stage_reason": ""}).content.decode()
    assert "Say why they are “Paused”" in page
    browser.post(address, {"stage": "paused", "stage_reason": "Spring rush", "revisit_on": fall.isoformat()})
    with district(cedar):
        acme.refresh_from_db()
        todo = Todo.objects.open().get()
        assert (acme.stage, acme.stage_reason, acme.revisit_on) == ("paused", "Spring rush", fall)
        assert (todo.due, todo.owner, todo.note) == (fall, acme.owner, "Spring rush")
        assert "Prospect → Paused: Spring rush" in TimelineEntry.objects.get(kind="stage").summary
    assert "Spring rush" in browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    browser.post(address, {"stage": "active", "stage_reason": "Spring rush"})
    with district(cedar):
        acme.refresh_from_db()
        assert (acme.stage_reason, acme.revisit_on) == ("", None)
        assert not Todo.objects.open().exists()


def test_a_move_is_undone_with_its_line_and_its_to_do(browser: Client, cedar: District, acme: Organization) -> None:
    since = acme.stage_since
    form = {"stage": "declined", "stage_reason": "Retires", "revisit_on": "2027-01-04"}
    browser.post(f"/cedar/partners/{acme.pk}/stage/", form)
    with district(cedar):
        change = StageChange.objects.get()
    browser.post(f"/cedar/partners/moves/{change.pk}/undo/")
    with district(cedar):
        acme.refresh_from_db()
        assert (acme.stage, acme.stage_since, acme.stage_reason) == ("prospect", since, "")
        assert not (StageChange.objects.exists() or TimelineEntry.objects.exists() or Todo.objects.exists())


def test_the_mail_of_the_day_to_come_back_is_planned(
    in_cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    day = in_cedar.today() + dt.timedelta(days=3)
    acme.move_to(stage="paused", by=people.coordinator, reason="Busy", revisit_on=day)
    Rule.of("partners.revisit_on").switch_on(by=people.coordinator)
    planner.plan()
    assert Message.objects.get(rule_key="partners.revisit_on").to_email == "ray@acme.example"


def test_a_stage_is_renamed_added_moved_and_retired_with_its_partners(
    admin: Client, browser: Client, cedar: District, acme: Organization
) -> None:
    admin.post("/cedar/partners/stages/meeting/", {"name": "First coffee", "on_ladder": "on"})
    admin.post("/cedar/partners/stages/", {"name": "Handshake", "on_ladder": "on"})
    for _ in range(4):
        admin.post("/cedar/partners/stages/handshake/up/")
    with district(cedar):
        names = [step.name for step in steps(fresh=True)]
        assert names.index("Handshake") == names.index("Committed") + 1
        acme.move_to(stage="meeting", by=None)
    assert "First coffee" in browser.get("/cedar/partners/").content.decode()
    assert "First coffee" in browser.get("/cedar/partners/board/").content.decode()
    answer = admin.post("/cedar/partners/stages/meeting/retirement/", {"replacement": "handshake"}, follow=True)
    assert "1 partners are Handshake now" in answer.content.decode()
    with district(cedar):
        acme.refresh_from_db()
        assert acme.stage == "handshake"
        change = StageChange.objects.first()
        assert change is not None
        assert str(change) == "First coffee → Handshake"
        bulk = change.bulk_id
    admin.post(f"/cedar/partners/stages/meeting/restoration/{bulk}/")
    with district(cedar):
        acme.refresh_from_db()
        assert acme.stage == "meeting"
        assert PipelineStage.objects.get(key="meeting").retired_at is None


def test_looking_at_the_stages_makes_no_rows(admin: Client, cedar: District) -> None:
    assert admin.get("/cedar/partners/stages/").status_code == 200
    assert admin.get("/cedar/partners/stages/meeting/").status_code == 200
    with district(cedar):
        assert not PipelineStage.objects.exists()


def test_stages_of_one_district_are_not_anothers(cedar: District, rival: District) -> None:
    with district(cedar):
        PipelineStage.own()
        PipelineStage.objects.get(key="active").delete()
        assert "active" not in {step.key for step in steps(fresh=True)}
    with district(rival):
        assert "active" in {step.key for step in steps()}


def test_the_board_moves_a_partner_without_script_and_keeps_its_filters(
    browser: Client, cedar: District, acme: Organization
) -> None:
    board = "/cedar/partners/board/?owner=none"
    assert "Acme Manufacturing" not in browser.get(board).content.decode()
    answer = browser.post(f"/cedar/partners/{acme.pk}/stage/", {"stage": "contacted", "next": board})
    assert answer["Location"] == board
    answer = browser.post(f"/cedar/partners/{acme.pk}/stage/", {"stage": "active", "next": "https://evil.example/"})
    assert "evil" not in answer["Location"]
    asked = browser.post(f"/cedar/partners/{acme.pk}/stage/", {"stage": "declined", "next": board})
    page = browser.get(asked["Location"]).content.decode()
    assert "Why paused or declined" in page
    assert "Say why they are" not in page
    answer = browser.post(asked["Location"], {"stage": "declined", "stage_reason": "Retires"})
    assert answer["Location"] == board


@pytest.mark.parametrize("rows", [1, 40])
def test_the_board_asks_the_same_queries_and_caps_its_columns(
    browser: Client, cedar: District, people: SimpleNamespace, rows: int, django_assert_max_num_queries: Any
) -> None:
    with district(cedar):
        for n in range(rows):
            Organization.objects.create(name=f"Partner {n}", owner=people.coordinator)
    browser.get("/cedar/partners/board/")
    with django_assert_max_num_queries(13):  # 9 and set_config, to and fro
        page = browser.get("/cedar/partners/board/").content.decode()
    assert page.count('class="board__item"') == min(rows, 12)
    assert ("Show all" in page) == (rows > 12)


def test_many_at_once_have_their_lines_and_undo_takes_them_away(
    browser: Client, cedar: District, acme: Organization
) -> None:
    browser.post("/cedar/partners/bulk/", {"do": "stage", "stage": "active", "rows": [acme.pk]})
    with district(cedar):
        change = StageChange.objects.get()
        assert TimelineEntry.objects.get().summary == "Prospect → Active"
    browser.post(f"/cedar/partners/bulk/{change.bulk_id}/undo/")
    with district(cedar):
        assert not TimelineEntry.objects.exists()
        assert Organization.objects.get().stage == "prospect"
