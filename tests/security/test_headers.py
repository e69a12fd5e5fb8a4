"""What every answer says to browsers."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.access.actors import build_world
from tests.access.table import TABLE
from tests.access.test_table import path_of


@pytest.fixture
def world(cedar, rival, people, acme) -> SimpleNamespace:
    return build_world(cedar, rival, people, acme)


def test_every_page_has_a_strict_policy_and_keeps_it(world: SimpleNamespace, sign_in) -> None:
    """No inline script, style or handler on any page that an admin, a partner or anyone can open."""
    clients, wrong = {"admin": sign_in(world.admin), "contact": sign_in(world.contact), "link_holder": Client()}, []
    for page in TABLE:
        for actor, client in clients.items():
            answer = client.get(path_of(page, actor, world))
            if answer.streaming or not answer["Content-Type"].startswith("text/html"):
                continue
            policy, text = answer.get("Content-Security-Policy", ""), answer.text
            said = f"{page.name} as {actor}"
            if (
                page.name == "mail:message_html" and answer.status_code == 200
            ):  # a mail as it looks: no origin, no script
                sealed = "default-src 'none'" in policy and "sandbox" in policy and "allow-scripts" not in policy
                wrong += [] if sealed and "allow-same-origin" not in policy else [f"{said}: {policy}"]
                continue
            if "script-src 'self'" not in policy or "unsafe" in policy or "object-src 'none'" not in policy:
                wrong.append(f"{said}: {policy or 'no policy'}")
            if found := re.search(r"<[^>]+\s(style|on[a-z]+)=\"|<style|javascript:", text):
                wrong.append(f"{said}: {found[0][:80]}")
            for tag in re.findall(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"|\bnonce=))[^>]*>", text):
                wrong.append(f"{said}: {tag}")
            if answer["X-Content-Type-Options"] != "nosniff" or answer["X-Frame-Options"] not in ("DENY", "SAMEORIGIN"):
                wrong.append(f"{said}: headers")
    assert not wrong, "\n".join(["", *sorted(set(wrong))])


def test_no_browser_keeps_what_somebody_signed_in_saw(world: SimpleNamespace, sign_in) -> None:
    admin, contact = sign_in(world.admin), sign_in(world.contact)
    home = f"/cedar/portal/{world.acme.pk}/"
    for client, path in ((admin, "/cedar/"), (admin, "/cedar/partners/export.csv"), (admin, "/"), (contact, home)):
        assert "no-store" in client.get(path)["Cache-Control"], path
    assert admin.get(f"/cedar/partners/{world.acme.pk}/logo.png")["Cache-Control"] == "private, max-age=3600"
    assert "Cache-Control" not in Client().get("/cedar/work-based-learning/")


def test_no_next_leads_to_another_site(world: SimpleNamespace, sign_in) -> None:
    client = sign_in(world.admin)
    for to in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
    ):
        for path, data in (
            (f"/cedar/to-dos/{world.todo.pk}/", {"title": "Call", "due": "today", "owner": world.admin.pk, "next": to}),
            ("/i18n/language/", {"language": "es", "next": to}),
            ("/accounts/logout/", {"next": to}),
        ):
            answer = sign_in(world.admin).post(path, data)
            assert "evil" not in answer.get("Location", "") and "javascript" not in answer.get("Location", ""), path
        assert "evil" not in client.get(f"/accounts/login/?next={to}").get("Location", "")


def test_cookies_and_sessions(world: SimpleNamespace, settings) -> None:
    answer = Client().get("/accounts/login/")
    assert answer.cookies["csrftoken"]["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_post_without_its_token_is_refused(world: SimpleNamespace) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.admin, backend="wbl.accounts.backends.MembershipBackend")
    for path in (
        f"/cedar/partners/{world.acme.pk}/archive/",
        "/cedar/settings/people/invitation/",
        "/accounts/logout/",
    ):
        assert client.post(path).status_code == 403, path
