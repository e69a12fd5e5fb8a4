"""A region publishes; its districts read, and nobody else. Nothing flows the other way."""

import pytest
from django.db import DatabaseError, connection, transaction

from wbl.tenancy.models import District, Publication, RegionMember
from wbl.tenancy.scope import district


@pytest.fixture
def plains(cedar: District) -> District:
    made = District.objects.create(name="Plains Region", slug="plains", state="OK", kind="region")
    RegionMember.objects.create(region=made, district=cedar)
    with district(made):
        Publication.objects.create(kind="pathways.pathway", key="machining", version=1, title="Machining", body={})
    return made


def visible() -> list[str]:
    """Past the manager: what PostgreSQL itself lets through."""
    with connection.cursor() as cursor:
        cursor.execute("select title from tenancy_publication order by id")
        return [title for (title,) in cursor.fetchall()]


def test_member_districts_read(plains: District, cedar: District, rival: District) -> None:
    for where, titles in ((plains, ["Machining"]), (cedar, ["Machining"]), (rival, [])):
        with district(where):
            assert visible() == titles
    assert visible() == []


def test_and_cannot_write(plains: District, cedar: District) -> None:
    with district(cedar), connection.cursor() as cursor:
        cursor.execute("update tenancy_publication set title = 'Ours'")
        assert cursor.rowcount == 0
        cursor.execute("delete from tenancy_publication")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Publication.objects.create(district=plains, kind="x", key="y", version=1, title="Forged", body={})


def test_what_a_district_publishes_is_not_its_regions(plains: District, cedar: District) -> None:
    with district(cedar):
        Publication.objects.create(kind="x", key="y", version=1, title="Cedar's own", body={})
    with district(plains):
        assert visible() == ["Machining"]


def test_who_leaves_reads_no_more(plains: District, cedar: District, people, sign_in) -> None:
    tie = RegionMember.objects.get()
    assert "Plains Region" in sign_in(people.viewer).get("/cedar/settings/regions/").text
    assert sign_in(people.admin).post(f"/cedar/settings/regions/{tie.pk}/ending/").status_code == 302
    with district(cedar):
        assert visible() == []


def test_a_region_takes_a_district_in_and_a_district_takes_in_nobody(plains, cedar, rival, people, sign_in) -> None:
    from wbl.accounts.models import Membership, Role

    Membership.objects.create(user=people.stranger, district=plains, role=Role.ADMIN)
    client = sign_in(people.stranger)
    assert client.post("/plains/settings/regions/", {"slug": "nowhere"}).status_code == 422
    assert client.post("/plains/settings/regions/", {"slug": "/Prairie/"}).status_code == 302
    assert RegionMember.objects.filter(region=plains, district=rival).exists()
    assert client.post("/plains/settings/regions/", {"slug": "prairie"}).status_code == 422
    assert sign_in(people.admin).post("/cedar/settings/regions/", {"slug": "prairie"}).status_code == 404


def test_another_districts_tie_is_out_of_reach(plains, cedar, rival, people, sign_in) -> None:
    tie = RegionMember.objects.get()
    assert sign_in(people.rival_admin).post(f"/prairie/settings/regions/{tie.pk}/ending/").status_code == 404
    assert RegionMember.objects.exists()
