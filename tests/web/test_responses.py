"""The same view answers a browser with a page and htmx with a part of it."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.test import RequestFactory

from wbl.tenancy.models import District
from wbl.web import fragment, go, toast
from wbl.web.middleware import HtmxRedirect
from wbl.web.urls import district_url, outside

PAGE = "<main>{% partialdef rows inline %}<p>{{ word }}</p>{% endpartialdef %}</main>"


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> str:
    (tmp_path / "page.html").write_text(PAGE)
    engine = engines["django"].engine  # type: ignore[attr-defined]
    monkeypatch.setattr(engine, "dirs", [tmp_path, *engine.dirs])
    monkeypatch.delitem(engine.__dict__, "template_loaders", raising=False)
    yield "page.html"
    engine.__dict__.pop("template_loaders", None)


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _request: HttpResponse()).process_request(request)
    return request


@pytest.mark.django_db
def test_htmx_gets_the_part_and_a_browser_the_page(template: str) -> None:
    assert b"<main>" in fragment(asked(), template, "rows", {"word": "x"}).content
    part = fragment(asked(**{"HX-Request": "true"}), template, "rows", {"word": "x"})
    assert part.content.startswith(b"<p>x</p>")
    assert part["Vary"] == "HX-Request"


@pytest.mark.django_db
def test_a_label_in_a_dialog_belongs_to_the_field_in_the_dialog(template: str, tmp_path: Any) -> None:
    class Named(forms.Form):
        name = forms.CharField()

    (tmp_path / "page.html").write_text(
        "<main>{% partialdef rows inline %}{% field form.name %}{% endpartialdef %}</main>"
    )
    behind = fragment(asked(), template, "rows", {"form": Named()}).content.decode()
    above = fragment(asked(**{"HX-Request": "true", "HX-Target": "dialog"}), template, "rows", {"form": Named()})
    html = above.content.decode()
    assert 'id="id_name"' in behind
    assert 'id="dialog_name"' in html
    assert 'for="dialog_name"' in html
    assert "id_name" not in html


@pytest.mark.django_db
def test_going_back_in_history_gets_the_page(template: str) -> None:
    request = asked(**{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<main>" in fragment(request, template, "rows", {"word": "x"}).content


@pytest.mark.django_db
def test_a_toast_rides_along_with_a_part(template: str) -> None:
    request = asked(**{"HX-Request": "true"})
    toast(request, "Moved <3 partners.", "/undo/")
    html = fragment(request, template, "rows", {}).content.decode()
    assert "Moved &lt;3 partners." in html
    assert 'hx-swap-oob="beforeend"' in html
    assert 'action="/undo/"' in html


def test_after_a_post_a_browser_is_redirected_and_htmx_loads_a_page() -> None:
    assert go(asked(), "/there/").status_code == 303
    answer = go(asked(**{"HX-Request": "true"}), "/there/")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/there/")


def test_a_plain_redirect_reaches_htmx_as_a_page_load() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect("/there/")

    answer = HtmxRedirect(view)(asked(**{"HX-Request": "true"}))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/there/")
    assert "Location" not in answer
    assert HtmxRedirect(view)(asked()).status_code == 302


def test_addresses_cross_from_one_table_to_the_other(in_cedar: District, rival: District) -> None:
    assert outside("account_login") == "/accounts/login/"
    assert district_url(rival, "admin:index") == "/prairie/admin/"
