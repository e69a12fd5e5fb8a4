"""The traps of two walls on one connection, each met once."""

import asyncio
import pickle
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory, override_settings

from partners.models import Contact, Organization
from wbl.tenancy.cache import district_key
from wbl.tenancy.middleware import DistrictMiddleware
from wbl.tenancy.models import District, FormerSlug, School
from wbl.tenancy.scope import NoDistrict, current_district, current_district_id, district, every_district
from wbl.tenancy.tasks import DistrictTask


def setting(name: str = "wbl.district") -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [name])
        return cursor.fetchone()[0] or ""


def test_scopes_nest_and_come_back(cedar: District, rival: District) -> None:
    with district(cedar):
        with district(rival):
            assert (current_district_id(), setting()) == (rival.pk, str(rival.pk))
        assert (current_district_id(), setting()) == (cedar.pk, str(cedar.pk))
    assert setting() == ""


def test_an_error_ends_the_scope(cedar: District) -> None:
    with pytest.raises(ZeroDivisionError), district(cedar):
        _ = 1 / 0
    assert setting() == ""
    with pytest.raises(NoDistrict):
        current_district()


def test_a_rolled_back_savepoint_inside_keeps_the_scope(cedar: District) -> None:
    with district(cedar):
        with pytest.raises(DatabaseError), transaction.atomic():
            School.objects.create(name="North")
            School.objects.create(name="North")
        School.objects.create(name="South")
        assert School.objects.count() == 1


def test_every_district_inside_a_district_and_back(cedar: District, rival: District) -> None:
    for where in (cedar, rival):
        with district(where):
            School.objects.create(name=f"School of {where}")
    with district(cedar):
        with every_district():
            assert School.objects.count() == 2
        assert School.objects.count() == 1
        with pytest.raises(ZeroDivisionError), every_district():
            _ = 1 / 0
        assert School.objects.count() == 1


def test_nothing_is_created_for_another_district(cedar: District, rival: District) -> None:
    with district(cedar), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        School.objects.create(name="North", district=rival)
    with district(cedar), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        school = School.objects.create(name="North")
        School.objects.filter(pk=school.pk).update(district=rival)


@pytest.mark.django_db(transaction=True)
def test_what_runs_on_commit_knows_the_district_of_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    monkeypatch.setattr(
        "celery.app.task.Task.apply_async",
        lambda self, args=None, kwargs=None, **options: sent.append(options["headers"]),
    )
    task = type("Note", (DistrictTask,), {"name": "tests.note", "run": lambda self: None})()
    cedar = District.objects.create(name="Cedar", slug="cedar", state="OK")
    with transaction.atomic():
        with district(cedar):
            task.delay_on_commit()
        assert sent == []
    assert [headers["wbl_district"] for headers in sent] == [cedar.pk]


def test_a_streamed_body_is_made_in_its_district(cedar: District, rival: District) -> None:
    with district(cedar):
        School.objects.create(name="North")

    def body():
        yield f"{current_district()} "
        yield from (school.name for school in School.objects.all())

    answer = DistrictMiddleware(lambda request: StreamingHttpResponse(body()))(RequestFactory().get("/cedar/x/"))
    parts = iter(answer.streaming_content)
    first = next(parts)
    with pytest.raises(NoDistrict):
        current_district()
    with district(rival):  # another request between two chunks
        assert School.objects.count() == 0
    assert b"".join([first, *parts]) == b"Cedar Valley Public Schools North"
    assert setting() == ""


def test_two_coroutines_keep_their_districts_apart(cedar: District, rival: District) -> None:
    async def work(where: District, gate: asyncio.Event, other: asyncio.Event) -> int:
        from wbl.tenancy import scope

        token = scope._active.set(where)
        gate.set()
        await other.wait()
        found = current_district_id()
        scope._active.reset(token)
        return found

    async def both() -> list[int]:
        one, two = asyncio.Event(), asyncio.Event()
        return await asyncio.gather(work(cedar, one, two), work(rival, two, one))

    assert asyncio.run(both()) == [cedar.pk, rival.pk]


def test_a_pickled_queryset_is_bound_where_it_is_opened(cedar: District, rival: District) -> None:
    with district(cedar):
        School.objects.create(name="North")
    query = pickle.dumps(School.objects.order_by("name").query)
    for where, names in ((cedar, ["North"]), (rival, [])):
        with district(where):
            again = School.objects.all()
            again.query = pickle.loads(query)
            assert [s.name for s in again] == names
    again = School.objects.all()
    again.query = pickle.loads(query)
    with pytest.raises(NoDistrict):
        list(again)


def test_subqueries_joins_and_prefetches_stay_inside(cedar: District, rival: District) -> None:
    for where in (cedar, rival):
        with district(where):
            made = Organization.objects.create(name=f"Partner of {where}")
            Contact.objects.create(organization=made, name=f"Contact in {where}")
    with district(cedar):
        inner = Organization.objects.filter(pk__in=Contact.objects.values("organization"))
        assert [o.name for o in inner] == [f"Partner of {cedar}"]
        assert [o.name for o in Organization.objects.filter(contacts__name__startswith="Contact")] == [
            f"Partner of {cedar}"
        ]
        assert [len(o.contacts.all()) for o in Organization.objects.prefetch_related("contacts")] == [1]
        assert Organization.objects.union(Organization.objects.all()).count() == 1


def test_cache_keys_are_a_districts_own(cedar: District, rival: District) -> None:
    with district(cedar):
        cache.set("total", 7)
        assert cache.get("total") == 7
    with district(rival):
        assert cache.get("total") is None
    with pytest.raises(NoDistrict):
        cache.get("total")
    with pytest.raises(NoDistrict):
        cache.set("total", 1)
    cache.set("global:total", 9)
    with district(cedar):
        assert cache.get("global:total") == 9
        assert district_key("total", "", 1) != district_key(f"{cedar.pk}:total", "", 1)


def test_a_district_is_deleted_only_inside_its_scope(cedar: District, rival: District) -> None:
    with district(cedar):
        School.objects.create(name="North")
    with district(rival), pytest.raises(DatabaseError), transaction.atomic():
        District.objects.get(pk=cedar.pk).delete()
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
    cedar.remove()
    assert list(District.objects.all()) == [rival]


def test_copy_from_is_refused_and_a_temporary_table_is_the_way(in_cedar: District) -> None:
    with (
        pytest.raises(Exception, match="COPY FROM not supported"),
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.cursor.copy("copy tenancy_school (district_id, name) from stdin") as copy,
    ):
        copy.write_row([in_cedar.pk, "North"])
    with connection.cursor() as cursor:
        cursor.execute("create temporary table staged (name text) on commit drop")
        with cursor.cursor.copy("copy staged (name) from stdin") as copy:
            copy.write_row(["North"])
        cursor.execute(
            "insert into tenancy_school (district_id, name, address, updated_at) select %s, name, '', now() from staged",
            [in_cedar.pk],
        )
    assert School.objects.get().name == "North"


def test_a_small_integer_needs_a_cast_to_use_a_bigint_gin_index(db: None) -> None:
    """Trap 19: `smallint @> bigint-part of a composite GIN key` finds no operator of the index."""
    with connection.cursor() as cursor:
        cursor.execute("create temporary table keys (district_id bigint, words text[]) on commit drop")
        cursor.execute("insert into keys select n % 50, array['w' || n] from generate_series(1, 5000) n")
        cursor.execute("create index on keys using gin (district_id, words)")
        cursor.execute("analyze keys")
        cursor.execute("set local enable_seqscan = off")

        def plan(kind: str) -> str:
            cursor.execute(f"explain select * from keys where district_id = 7::{kind} and words @> array['w7']")
            return " ".join(row[0] for row in cursor.fetchall())

        condition = "district_id = '7'::bigint"
        assert condition in plan("bigint").partition("Index Cond")[2]
        assert "district_id" not in plan("smallint").partition("Index Cond")[2]


def test_a_direct_search_by_trigram_is_no_leak_either(cedar: District, rival: District) -> None:
    """`ILIKE` behind a policy is slow, not open; partners search through a definer function that reads the same setting."""
    with district(rival):
        Organization.objects.create(name="Retrograde Comics")
    with district(cedar):
        assert not Organization.objects.filter(name__icontains="comics").exists()


def test_unknown_slug_is_404_and_a_bare_one_gets_its_slash(people: SimpleNamespace, client: Client) -> None:
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/nowhere/partners/").status_code == 404
    answer = client.get("/cedar?next=x")
    assert (answer.status_code, answer["Location"]) == (302, "/cedar/?next=x")
    assert client.get("//evil.example/").status_code in (301, 302, 404)


def test_a_renamed_slug_redirects_until_somebody_takes_it(cedar: District, client: Client) -> None:
    cedar.rename(slug="cedar-valley")
    assert client.get("/cedar/partners/?page=2")["Location"] == "/cedar-valley/partners/?page=2"
    District.objects.create(name="New Cedar", slug="cedar", state="OK")
    assert client.get("/cedar/partners/")["Location"].startswith("/accounts/login/?next=/cedar/partners/")
    cedar.rename(slug="cedar-falls")
    cedar.rename(slug="cedar-valley")
    assert not FormerSlug.objects.filter(slug="cedar-valley").exists(), "no circle"


def test_reserved_slugs_are_refused_and_never_looked_up(db: None, client: Client) -> None:
    from django.core.exceptions import ValidationError
    from django.urls import get_resolver

    from wbl.tenancy.models import RESERVED_SLUGS

    first_parts = {str(p.pattern).partition("/")[0] for p in get_resolver("wbl.urls").url_patterns} - {""}
    assert first_parts <= RESERVED_SLUGS, "an address of the installation itself"
    for slug in [*sorted(RESERVED_SLUGS), "UPPER", "a/b", "-a", "a_b", "", "ä"]:
        with pytest.raises(ValidationError):
            District(name="X", slug=slug, state="OK").full_clean()


def test_a_request_leaves_neither_prefix_nor_scope_nor_actor(people: SimpleNamespace, sign_in, client: Client) -> None:
    assert sign_in(people.admin).get("/cedar/settings/").status_code == 200
    assert (setting(), setting("wbl.user")) == ("", "")
    assert client.get("/accounts/login/").status_code == 200
    assert sign_in(people.rival_admin).get("/prairie/settings/").status_code == 200
    with override_settings(DEBUG=False):
        assert client.get("/cedar/nothing-here/").status_code == 404
    assert setting() == ""
