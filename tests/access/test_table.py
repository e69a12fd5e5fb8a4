"""Every address × every actor, GET and POST, as tests/access/table.py says."""

from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.actors import ACTORS, FORGED, browsers, build_world
from tests.access.rows import Page
from tests.access.table import TABLE
from wbl.tenancy.catalog import tenant_models
from wbl.tenancy.scope import every_district
from wbl.web.urls import district_url, outside

STATUS = {"o": {200}, "s": {200, 204, 302, 303}, "r": {302}, "L": {302}, "f": {403}, "n": {404}, "m": {405}, "g": {410}}
DONE = {200, 204, 302, 303}
# tested by group: Django's admin in test_admin.py, allauth's pages in test_accounts_pages.py, mailed links in test_links.py, providers' hooks in tests/mail/test_hooks.py
GROUPS = (
    "admin:",
    "account_",
    "mfa_",
    "socialaccount_",
    "social/",
    "usersessions_",
    "openid_connect_",
    "links:",
    "hooks:",
)
GLOBAL = (
    "accounts_user",
    "accounts_membership",
    "partners_partneraccess",
    "tenancy_district",
    "tenancy_regionmember",
    "usersessions_usersession",
    "tenancy_formerslug",
)


def names_of(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """All names of a URL table, with their namespaces."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from names_of(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name or each.pattern}"


def test_every_address_has_a_row() -> None:
    known = {page.name for page in TABLE}
    there = {n for table in (settings.ROOT_URLCONF, settings.DISTRICT_URLCONF) for n in names_of(get_resolver(table))}
    lacking = sorted(n for n in there - known if not n.startswith(GROUPS))
    assert not lacking, f"Add a row to tests/access/table.py for: {', '.join(lacking)}"
    assert not sorted(known - there), "rows of addresses that are gone"


def test_every_row_has_a_letter_for_every_actor() -> None:
    for page in TABLE:
        assert {len(letters_of(w)) for w in (page.get, page.post or page.get)} == {len(ACTORS)}, page.name


@pytest.fixture
def world(cedar, rival, people, acme) -> SimpleNamespace:
    return build_world(cedar, rival, people, acme)


BY_APP: dict[str, list[Page]] = defaultdict(list)
for _page in TABLE:
    BY_APP[_page.name.partition(":")[0] if ":" in _page.name else "outside"].append(_page)


@pytest.mark.parametrize("app", sorted(BY_APP))
def test_every_actor_gets_what_the_table_says(app: str, world: SimpleNamespace) -> None:
    clients, before, wrong = browsers(world), fingerprint(), []
    for page in BY_APP[app]:
        turns = list(zip(ACTORS, letters_of(page.get), letters_of(page.post or page.get), strict=True))
        for actor, get, _post in turns:
            wrong += ask(page, actor, clients[actor], world, "GET", get)
        for actor, _get, post in turns:
            if not (page.post and post == "o"):
                wrong += ask(page, actor, clients[actor], world, "POST", post)
        if fingerprint() != before:
            wrong.append(f"{page.name}: a GET, or a POST of somebody who may not, has changed rows")
            break  # what follows would be measured against another world
        for actor, _get, post in turns:
            if page.post and post == "o":
                wrong += act(page, actor, clients[actor], world, before)
    assert not wrong, "\n".join(["", *wrong])


def ask(page: Page, actor: str, client: Client, world: SimpleNamespace, method: str, letter: str) -> list[str]:
    """What differs from the table for a request that changes nothing, in words."""
    path = path_of(page, actor, world)
    if method == "GET":
        answer = client.generic("GET", f"{path}?{page.query}")
    else:
        answer = client.post(path, data_of(page.data, world))
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[arg-type]
    wrong = []
    allowed = STATUS[letter] | ({405, 200} if method == "POST" and letter in "or" else set())
    if answer.status_code not in allowed or to_sign_in(answer) != (letter == "L"):
        wrong.append(f"{method} {page.name} as {actor}: {answer.status_code}, expected “{letter}”{errors_of(answer)}")
    if letter == "L" and method == "GET":
        htmx = client.get(path, headers={"HX-Request": "true"}).status_code
        wrong += [f"{page.name} as {actor}, to htmx: {htmx}"] if htmx != 401 else []
    return wrong


def act(page: Page, actor: str, client: Client, world: SimpleNamespace, before: list[Any]) -> list[str]:
    """What differs from the table for a POST that has to change a row; the world is as before afterwards."""
    saved = transaction.savepoint_create()
    try:
        answer = client.post(path_of(page, actor, world), data_of(page.data, world))
        changed = fingerprint() != before
    finally:
        transaction.savepoint_rollback(saved)
    said = f"POST {page.name} as {actor}: {answer.status_code}"
    if answer.status_code not in DONE or to_sign_in(answer):
        return [f"{said}, expected “o”{errors_of(answer)}"]
    return [] if changed else [f"{said}, but nothing changed{errors_of(answer)}"]


def to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def errors_of(answer: Any) -> str:
    form = (answer.context or {}).get("form") if hasattr(answer, "context") and answer.context else None
    return f" {dict(form.errors)}" if form is not None and getattr(form, "errors", None) else ""


def letters_of(who: str) -> str:
    return who.replace(" ", "")


def path_of(page: Page, actor: str, world: SimpleNamespace) -> str:
    args = [argument(word, actor, world) for word in page.args.split()]
    return outside(page.name, *args) if page.outside else district_url(SimpleNamespace(slug="cedar"), page.name, *args)


def argument(word: str, actor: str, world: SimpleNamespace) -> Any:
    if word.startswith("!"):
        return world.secrets[word[1:]] if actor == "link_holder" else FORGED
    row = getattr(world, word, None)
    return row.pk if hasattr(row, "pk") else word if row is None else row


def data_of(data: dict[str, Any], world: SimpleNamespace) -> dict[str, Any]:
    def value(given: Any) -> Any:
        if isinstance(given, list):
            return [value(each) for each in given]
        if callable(given):
            return given()
        return getattr(world, given[1:]).pk if isinstance(given, str) and given.startswith("@") else given

    return {key: value(given) for key, given in data.items()}


def fingerprint() -> list[Any]:
    """Of every row of every district and of the access tables. That a link was looked at is no change."""
    parts = [
        f"select '{table}', count(*), md5(string_agg((to_jsonb(t) - array['opened_at', 'updated_at', 'last_login'])::text, '|' order by t.id))"
        f" from {table} t"
        for table in (*(m._meta.db_table for m in tenant_models()), *GLOBAL)
    ]
    with every_district(), connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        return sorted(cursor.fetchall())
