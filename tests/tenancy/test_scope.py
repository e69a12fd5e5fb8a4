"""Wall 1 and the traps of its scope."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import get_script_prefix, get_urlconf, reverse

from partners.models import Contact, Organization
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import NoDistrict, StraddledScope, current_district, district, every_district


def test_a_query_without_a_district_is_refused_with_the_remedy(db: None) -> None:
    for ask in (
        lambda: list(Organization.objects.all()),
        lambda: Organization.objects.count(),
        lambda: Organization.objects.update(name="x"),
        lambda: Organization.objects.all().delete(),
        lambda: Organization.objects.create(name="x"),
    ):
        with pytest.raises(NoDistrict, match="with district"):
            ask()


def test_a_queryset_made_outside_is_bound_where_it_runs(cedar: District, rival: District) -> None:
    everyone = Organization.objects.all()
    for where, name in ((cedar, "Acme"), (rival, "Bolt")):
        with district(where):
            Organization.objects.create(name=name)
    for where, name in ((cedar, "Acme"), (rival, "Bolt")):
        with district(where):
            assert [o.name for o in everyone.all()] == [name]


def test_every_district_reads_all_and_writes_nothing(cedar: District, rival: District) -> None:
    for where in (cedar, rival):
        with district(where):
            Organization.objects.create(name=f"Partner of {where}")
    with every_district():
        assert Organization.objects.count() == 2
    with pytest.raises(Exception, match="permission denied"), every_district():
        Organization.objects.update(name="x")
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone()[0] == "wbl_run"


def test_the_second_wall_catches_what_the_first_cannot(cedar: District, rival: District) -> None:
    with district(rival):
        theirs = Organization.objects.create(name="Theirs")
        School.objects.create(name="Their school")
    with district(cedar):
        assert not Organization._base_manager.filter(pk=theirs.pk).exists()
        assert not list(Organization.objects.raw("select * from partners_organization"))
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from partners_organization")
            assert cursor.fetchone()[0] == 0
        theirs.name = "Stolen"
        with pytest.raises(Exception, match=r"did not affect any rows|row-level security"), transaction.atomic():
            theirs.save(force_update=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.create(organization=theirs, name="Eve")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from partners_organization")
        assert cursor.fetchone()[0] == 0, "no district, no rows"


def test_the_error_of_a_broken_transaction_is_not_hidden_by_the_way_out(cedar: District) -> None:
    with pytest.raises(IntegrityError, match="school_name_once"), transaction.atomic(), district(cedar):
        School.objects.create(name="North")
        School.objects.create(name="North")
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('wbl.district', true)")
        assert cursor.fetchone()[0] in ("", None)


@pytest.mark.django_db(transaction=True)
def test_a_scope_that_straddles_a_transaction_is_closed_with_its_connection() -> None:
    cedar = District.objects.create(name="Cedar", slug="cedar", state="OK")
    scope, block = district(cedar), transaction.atomic()
    block.__enter__()
    scope.__enter__()
    block.__exit__(None, None, None)
    with pytest.raises(StraddledScope):
        scope.__exit__(None, None, None)
    with connection.cursor() as cursor:
        cursor.execute("select count(*), current_setting('wbl.district', true) from partners_organization")
        assert cursor.fetchone() == (0, None)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_comes_back_has_its_scope_again() -> None:
    cedar = District.objects.create(name="Cedar", slug="cedar", state="OK")
    with district(cedar):
        Organization.objects.create(name="Acme")
        connection.close()
        assert Organization.objects.count() == 1


def test_prefix_and_table_of_addresses_go_with_the_scope(cedar: District) -> None:
    before = get_script_prefix(), get_urlconf()
    with district(cedar):
        assert reverse("admin:index") == "/cedar/admin/"
        assert current_district() == cedar
    assert (get_script_prefix(), get_urlconf()) == before


def test_nothing_leaks_from_request_to_request(people: SimpleNamespace, sign_in, client: Client) -> None:
    assert sign_in(people.admin).get("/cedar/admin/").status_code == 200
    assert get_script_prefix() == "/"
    assert client.get("/accounts/login/").status_code == 200
    with pytest.raises(NoDistrict):
        Organization.objects.count()


def test_a_thread_has_no_district(in_cedar: District) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool, pytest.raises(NoDistrict):
        pool.submit(lambda: str(Organization.objects.all().query)).result()
