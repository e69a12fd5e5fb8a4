"""Queries put into SQL once: the same walls, whoever asked first."""

import datetime as dt

import pytest
from django.db.models import Count

from partners.models import Contact, Organization
from wbl.tenancy.models import District
from wbl.tenancy.prepared import Given, Prepared
from wbl.tenancy.scope import NoDistrict, district, every_district
from wbl.todo.models import Todo


@pytest.fixture
def both(cedar: District, rival: District) -> tuple[District, District]:
    for where, name in ((cedar, "Acme"), (rival, "Bolt")):
        with district(where):
            made = Organization.objects.create(name=name)
            Contact.objects.create(organization=made, name=f"Ray of {name}")
            Todo.open(title=f"Call {name}", due=dt.date(2026, 1, 2), owner=None, about=made)
    return cedar, rival


def test_each_district_reads_its_own_rows_by_the_same_sql(both: tuple[District, District]) -> None:
    everyone = Prepared(lambda: Contact.objects.select_related("organization"))
    for where, name in zip(both, ("Acme", "Bolt"), strict=True):
        with district(where):
            assert [(c.name, c.organization.name) for c in everyone()] == [(f"Ray of {name}", name)]
            assert everyone.first().district_id == where.pk


def test_the_district_is_in_its_subqueries_and_joins_too(both: tuple[District, District]) -> None:
    names = Prepared(
        lambda: Organization.objects.filter(pk__in=Contact.objects.values("organization")).annotate(n=Count("contacts"))
    )
    for where, name in zip(both, ("Acme", "Bolt"), strict=True):
        with district(where):
            assert [(o.name, o.n) for o in names()] == [(name, 1)]


def test_without_a_district_it_is_refused_before_and_after_it_was_asked(both: tuple[District, District]) -> None:
    everyone = Prepared(lambda: Contact.objects.all())
    for _ in range(2):
        with pytest.raises(NoDistrict, match="with district"):
            everyone()
        with every_district(), pytest.raises(NoDistrict):
            everyone()
        with district(both[0]):
            assert len(everyone()) == 1


def test_what_is_given_is_a_value_and_never_sql(both: tuple[District, District]) -> None:
    named = Prepared(lambda: Contact.objects.filter(name=Given("name")).values_list("name", flat=True))
    late = Prepared(lambda: Todo.objects.late(Given("today")).filter(about_id__any=Given("ids")).values("title"))
    with district(both[0]):
        assert named(name="Ray of Acme") == ["Ray of Acme"]
        assert named(name="x' or 'a' = 'a") == []
        pk = Organization.objects.get().pk
        assert late(today=dt.date(2026, 1, 3), ids=[pk, 0]) == [{"title": "Call Acme"}]
        assert late(today=dt.date(2026, 1, 2), ids=[pk]) == late(today=dt.date(2026, 1, 3), ids=[]) == []
        assert late.first(today=dt.date(2026, 1, 2), ids=[pk]) is None
        with pytest.raises(KeyError, match="ids"):
            late(today=dt.date(2026, 1, 3))
