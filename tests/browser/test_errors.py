"""The pages one rarely sees: not found, not allowed, gone wrong. Each says what happened and leads on."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.browser.conftest import person
from wbl.home import today
from wbl.local.browser import violations

pytestmark = pytest.mark.browser


def judge(page: Any, status: int, url: str, heading: str) -> None:
    for width, scheme in ((1280, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.goto(url).status == status
        assert page.get_by_role("heading", level=1).inner_text() == heading
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert violations(page) == []
    page.get_by_role("link", name="Go to the start").click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1


def test_not_found(demo: SimpleNamespace, open_as: Any) -> None:
    judge(open_as(demo.marisol), 404, f"{demo.at}partners/999999/", "Nothing is here")


def test_not_allowed(demo: SimpleNamespace, open_as: Any) -> None:
    judge(open_as(demo.vera), 403, f"{demo.at}partners/new/", "Your role doesn’t allow this")


def test_gone_wrong(demo: SimpleNamespace, open_as: Any, monkeypatch: pytest.MonkeyPatch, live_server: Any) -> None:
    def broken(*args: Any) -> Any:
        raise RuntimeError("on purpose")

    page = open_as(demo.marisol)
    with monkeypatch.context() as patch:
        patch.setattr(today, "_since", broken)
        assert page.goto(demo.at).status == 500
        assert page.get_by_role("heading", level=1).inner_text() == "That went wrong on our side"
        assert violations(page) == []
        assert "on purpose" not in page.content()
    page.get_by_role("link", name="Go to the start").click()
    page.wait_for_url(f"**{demo.at}")


def test_a_stranger_is_told_nothing(demo: SimpleNamespace, open_as: Any) -> None:
    """The same words for a district one is no member of and for one that is not there."""
    page = open_as(person("stranger@example.org"))
    judge(page, 404, demo.at, "Nothing is here")
    seen = []
    for url in (demo.at, f"{demo.at}partners/", "/no-such-district/", "/no-such-district/partners/"):
        assert page.goto(url).status == 404
        seen.append(page.locator("main").inner_text())
        assert demo.district.name not in page.content()
    assert len(set(seen)) == 1


def test_somebody_unknown_is_asked_to_sign_in(demo: SimpleNamespace, open_as: Any) -> None:
    page = open_as(None)
    page.goto(f"{demo.at}partners/")
    assert page.url.endswith(f"/accounts/login/?next={demo.at}partners/")
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
