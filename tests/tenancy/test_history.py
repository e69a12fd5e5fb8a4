"""The history is written by the database: bulk updates and SQL by hand are in it, and nobody alters it."""

import pytest
from django.db import DatabaseError, connection, transaction

from partners.models import Organization
from wbl.tenancy.models import Change, District, School
from wbl.tenancy.scope import acting, district


def changes(kind: str = "tenancy.school") -> list[tuple]:
    return list(Change.objects.filter(kind=kind).order_by("pk").values_list("op", "before", "after", "user_id"))


def test_create_change_delete_with_who(in_cedar: District, people) -> None:
    Change.objects.all()
    with acting(people.admin.pk):
        school = School.objects.create(name="West")
        school.name = "West High"
        school.save()
    school.delete()
    mine = changes()[-3:]
    assert mine[0] == ("insert", None, None, people.admin.pk)
    assert mine[1] == ("update", {"name": "West"}, {"name": "West High"}, people.admin.pk)
    assert (mine[2][0], mine[2][1]["name"], mine[2][3]) == ("delete", "West High", None)


def test_bulk_verbs_and_sql_by_hand(in_cedar: District) -> None:
    School.objects.bulk_create([School(name="A"), School(name="B")])
    School.objects.update(address="1 Road")
    School.objects.filter(name="A").update(name="A")  # nothing changes
    with connection.cursor() as cursor:
        cursor.execute("update tenancy_school set name = 'C' where name = 'B'")
        cursor.execute("delete from tenancy_school where name = 'A'")
    assert [(op, after) for op, _b, after, _u in changes()] == [
        ("insert", None),
        ("insert", None),
        ("update", {"address": "1 Road"}),
        ("update", {"address": "1 Road"}),
        ("update", {"name": "C"}),
        ("delete", None),
    ]


def test_it_can_be_read_in_its_own_district_only(cedar: District, rival: District) -> None:
    for where in (cedar, rival):
        with district(where):
            School.objects.create(name=f"School of {where}")
    with district(cedar):
        assert Change.objects.count() == 1
        assert set(Change.objects.values_list("district_id", flat=True)) == {cedar.pk}


@pytest.mark.parametrize(
    "verb",
    [
        "insert into tenancy_change (district_id, kind, record_id, op) select id, 'x', 1, 'insert' from tenancy_district",
        "update tenancy_change set before = null",
        "delete from tenancy_change",
        "truncate tenancy_change",
    ],
)
def test_nobody_alters_it(in_cedar: District, verb: str) -> None:
    School.objects.create(name="North")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_an_undone_transaction_leaves_none(in_cedar: District) -> None:
    with transaction.atomic():
        Organization.objects.create(name="Acme")
        transaction.set_rollback(True)
    with district(in_cedar):
        assert not Change.objects.filter(kind="partners.organization").exists()


def test_ten_thousand_rows_cost_one_statement(in_cedar: District) -> None:
    School.objects.bulk_create([School(name=f"School {n}") for n in range(500)])
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        School.objects.update(address="1 Road")
    assert len(asked) == 1 and Change.objects.filter(op="update").count() == 500
