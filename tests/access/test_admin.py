"""/<district>/admin/: a tidy view of one district's rows, for its admins, and nothing of people's accounts."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.test import Client

from tests.access.actors import ACTORS, browsers, build_world
from tests.access.rows import MANAGE
from tests.access.test_table import STATUS, fingerprint, letters_of
from wbl.admin import DistrictAdmin
from wbl.tenancy.base import DistrictModel
from wbl.tenancy.models import Change, School
from wbl.tenancy.scope import district


@pytest.fixture
def world(cedar, rival, people, acme) -> SimpleNamespace:
    return build_world(cedar, rival, people, acme)


def pages_of(model: type[DistrictModel]) -> dict[str, str]:
    """Path of each page of a model, with a row if Cedar has one."""
    base = f"/cedar/admin/{model._meta.app_label}/{model._meta.model_name}/"
    row = model.objects.first()
    pages = {"list": base, "add": f"{base}add/"}
    if row:
        pages |= {p: f"{base}{row.pk}/{p}/" for p in ("change", "delete", "history")} | {"row": f"{base}{row.pk}/"}
    return pages


def test_only_rows_of_a_district_are_in_it() -> None:
    for model, options in admin.site._registry.items():
        assert issubclass(model, DistrictModel), f"{model._meta.label} is outside the walls"
        assert isinstance(options, DistrictAdmin), f"{model._meta.label} needs wbl.admin.DistrictAdmin"


def test_it_calls_things_as_people_do(people, cedar, sign_in) -> None:
    page = " ".join(sign_in(people.admin).get("/cedar/admin/").content.decode().split())
    for word in ("Days without school", "To-dos", "Kinds of experience"):
        assert f">{word}</a>" in page, word


def test_every_actor_gets_what_a_manage_page_gives(world: SimpleNamespace, cedar) -> None:
    wrong, before = [], fingerprint()
    paths = {"index": "/cedar/admin/", "jsi18n": "/cedar/admin/jsi18n/"}
    with district(cedar):
        for model in admin.site._registry:
            paths |= {f"{model._meta.label} {p}": path for p, path in pages_of(model).items()}
    for actor, letter in zip(ACTORS, letters_of(MANAGE), strict=True):
        client = browsers(world)[actor]
        for name, path in paths.items():
            saved = transaction.savepoint_create()
            got = client.get(path).status_code
            allowed = {200, 302, 403} if letter == "o" else STATUS[letter]  # the row's short address; add may be off
            posted = {letter: None} if letter == "o" else {letter: client.post(path, {"post": "yes"}).status_code}
            transaction.savepoint_rollback(saved)
            if got not in allowed or (posted[letter] is not None and posted[letter] not in STATUS[letter]):
                wrong.append(f"{name} as {actor}: GET {got}, POST {posted[letter]}, expected “{letter}”")
    assert not wrong, "\n".join(["", *wrong])
    assert fingerprint() == before


def values_of(form: Any) -> dict[str, Any]:
    """What a browser would post of a bound or unbound form, unchanged."""
    data = {}
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        parts = widget.decompress(value) if hasattr(widget, "widgets_names") else None
        if parts is not None:
            data |= {f"{bound.html_name}{n}": p or "" for n, p in zip(widget.widgets_names, parts, strict=True)}
        elif value is not None and value is not False:
            data[bound.html_name] = value if isinstance(value, list) else bound.field.prepare_value(value)
    return data


def test_an_admin_saves_every_kind_of_row(world: SimpleNamespace, cedar, sign_in) -> None:
    client, wrong = sign_in(world.admin), []
    with district(cedar):
        rows = {m: pages_of(m) for m in admin.site._registry}
    for model, pages in rows.items():
        if "change" not in pages:
            continue
        saved = transaction.savepoint_create()
        page = client.get(pages["change"])
        data = values_of(page.context["adminform"].form)
        for formset in page.context["inline_admin_formsets"]:
            data |= values_of(formset.formset.management_form)
            for form in formset.formset.initial_forms:
                data |= values_of(form)
        answer = client.post(pages["change"], data)
        if answer.status_code != 302:
            wrong.append(
                f"{model._meta.label}: {answer.status_code} {getattr(answer, 'context', None) and answer.context.get('errors')}"
            )
        transaction.savepoint_rollback(saved)
    assert not wrong, "\n".join(["", *wrong])


def test_changes_are_in_our_history_and_djangos_log_stays_empty(people, cedar, sign_in) -> None:
    client = sign_in(people.admin)
    path = f"/cedar/admin/tenancy/school/{people.north.pk}/"
    assert client.post("/cedar/admin/tenancy/school/add/", {"name": "East High"}).status_code == 302
    assert client.post(f"{path}change/", {"name": "North Central"}).status_code == 302
    told = " ".join(client.get(f"{path}history/").text.split())
    assert f"<s>{people.north.name}</s> North Central" in told
    assert client.post(f"{path}delete/", {"post": "yes"}).status_code in (302, 200, 403)
    assert not LogEntry.objects.exists()
    with district(cedar):
        ops = Change.objects.filter(kind="tenancy.school", user_id=people.admin.pk).values_list("op", flat=True)
        assert {"insert", "update"} <= set(ops)


def test_its_sign_in_page_is_ours(client: Client, cedar, people, sign_in) -> None:
    for path in ("/cedar/admin/", "/cedar/admin/login/", "/cedar/admin/login/?next=https://evil.example/"):
        answer = client.get(path)
        assert answer["Location"].startswith("/accounts/login/?next=/cedar/admin/"), path
    assert client.post("/cedar/admin/login/", {"username": "x", "password": "y"}).status_code == 302
    assert sign_in(people.admin).get("/cedar/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_another_districts_rows_are_not_there(people, rival, sign_in) -> None:
    with district(rival):
        theirs = School.objects.create(name="Their secret school")
    client = sign_in(people.admin)
    assert "Their secret school" not in client.get("/cedar/admin/tenancy/school/").text
    for page in ("change", "delete", "history"):
        answer = client.get(f"/cedar/admin/tenancy/school/{theirs.pk}/{page}/", follow=True)
        assert "Their secret school" not in answer.text
    with district(rival):
        assert School.objects.filter(pk=theirs.pk).exists()
