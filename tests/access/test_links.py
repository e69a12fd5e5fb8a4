"""Mailed links: the token is the right; GET shows, POST acts; over, revoked and pressed too often say so."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.access.actors import ACTORS, FORGED, browsers, build_world
from tests.access.test_table import fingerprint
from wbl.links.models import SignedLink
from wbl.links.registry import purposes
from wbl.logs import without_secrets
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

# a row of the world for each purpose
ABOUT = {"councils.reply": "asked", "councils.sign_in": "meeting"}


@pytest.fixture
def world(cedar, rival, people, acme) -> SimpleNamespace:
    return build_world(cedar, rival, people, acme)


@pytest.fixture
def links(world: SimpleNamespace, cedar: District) -> dict[str, SignedLink]:
    with district(cedar):
        return {
            p: SignedLink.issue(purpose=p, record=getattr(world, ABOUT[p]), person=world.ray, email=world.ray.email)
            for p in ABOUT
        }


def path_of(link: SignedLink, slug: str = "cedar") -> str:
    return f"/{slug}/go/{link.token}/"


def test_every_purpose_is_tested_here() -> None:
    assert set(purposes()) == ABOUT.keys()


def test_the_holder_sees_a_page_that_stays_private_and_a_look_changes_nothing(links, db: None) -> None:
    before = fingerprint()
    for link in links.values():
        answer = Client().get(path_of(link))
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "same-origin" and answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
    assert fingerprint() == before


def test_whoever_has_no_token_gets_404(links, world: SimpleNamespace) -> None:
    clients, before = browsers(world), fingerprint()
    link = links["councils.reply"]
    forged = [FORGED, link.token[:-1] + ("A" if link.token[-1] != "A" else "B"), "a:b:c", "1" * 400]
    for actor in ACTORS:
        for token in forged:
            for page in ("", "renewal/"):
                assert clients[actor].get(f"/cedar/go/{token}/{page}").status_code in (404, 405), (actor, token, page)
                assert clients[actor].post(f"/cedar/go/{token}/{page}", {"status": "accepted"}).status_code == 404
    assert fingerprint() == before


def test_a_link_opens_its_own_district_only(links, rival: District) -> None:
    for link in links.values():
        assert Client().get(path_of(link, "prairie")).status_code == 404


def test_the_holder_answers(links, world: SimpleNamespace, cedar: District) -> None:
    assert Client().post(path_of(links["councils.reply"]), {"status": "accepted"}).status_code == 302
    with district(cedar):
        world.asked.refresh_from_db()
        assert world.asked.status == "accepted"


def test_revoked_is_gone_and_expired_offers_a_fresh_one(links, cedar: District) -> None:
    link = links["councils.reply"]
    with district(cedar):
        SignedLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - dt.timedelta(days=1))
    page = Client().get(path_of(link))
    assert page.status_code == 410 and "renewal/" in page.text
    assert Client().post(path_of(link), {"status": "accepted"}).status_code == 410
    assert Client().post(f"{path_of(link)}renewal/").status_code == 200
    with district(cedar):
        assert SignedLink.objects.filter(purpose="councils.reply", expires_at__gt=timezone.now()).count() == 1
        link.revoke()
    assert Client().get(path_of(link)).status_code == 404
    assert Client().post(f"{path_of(link)}renewal/").status_code == 404


def test_pressed_too_often_it_waits(links, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wbl.links.views.RATE", 2)
    answers = [Client().get(path_of(links["councils.reply"])).status_code for _n in range(4)]
    assert answers == [200, 200, 429, 429]


def test_the_token_is_in_no_row_and_in_no_log(links, cedar: District, caplog: pytest.LogCaptureFixture) -> None:
    token = links["councils.reply"].token
    with district(cedar), connection.cursor() as cursor:
        cursor.execute("select count(*) from links_signedlink t where t::text like %s", [f"%{token}%"])
        assert cursor.fetchone()[0] == 0
    for path in (
        f"/cedar/go/{token}/",
        f"/cedar/feed/{token}.ics",
        f"/cedar/settings/join/{token}/",
        f"/cedar/mail/stop/{token}/",
        f"/cedar/mail/choices/{token}/",
        f"/accounts/password/reset/key/1-{token}/",
        f"/accounts/confirm-email/{token}/",
        f"/accounts/oidc/x/login/callback/?code={token}&state={token}",
        f"/accounts/login/?next=%2Fcedar%2Fsettings%2Fjoin%2F{token}%2F",
        f"/hooks/postmark/{token}/",
    ):
        assert token not in without_secrets(f'"GET {path} HTTP/1.1" 404'), path
    assert "ray@" not in without_secrets("could not deliver to ray@acme.example")
