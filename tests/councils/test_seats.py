"""Who sits on a council: named, ended, brought back; too few is said on every page that shows the council."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Council, Seat
from partners.models import Contact, Organization
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def test_a_member_is_named_by_name(
    cedar: District, council: Council, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol, address = sign_in(people.coordinator), f"/cedar/councils/{council.pk}/seats/new/"
    sent = {"contact": "Pat Nobody", "category": "business"}
    assert b"Nobody is called" in marisol.post(address, sent).content
    with district(cedar):
        twin = Organization.objects.create(name="Bolt Electric")
        Contact.objects.create(organization=twin, name="Ray Halvorsen")
        Contact.objects.create(organization=twin, name="Bea Lund")
    both = marisol.post(address, {**sent, "contact": "Ray Halvorsen"})
    assert b"More than one fits" in both.content
    twice = marisol.post(address, {**sent, "contact": "Lou Ferrante"})
    assert twice.status_code == 422
    assert b"sits on the council already" in twice.content
    assert marisol.post(address, {**sent, "contact": "bea lund, bolt electric"}).status_code == 303
    with district(cedar):
        assert council.seats.filled().filter(contact__name="Bea Lund").count() == 1


def test_names_are_offered_while_one_types(council: Council, people: SimpleNamespace, sign_in: Any) -> None:
    marisol = sign_in(people.coordinator)
    found = marisol.get("/cedar/partners/names/?field=contact&of=person&contact=ferr").content.decode()
    assert "Lou Ferrante, Ironwood Welding" in found
    assert "Halvorsen" not in found
    found = marisol.get("/cedar/partners/names/?field=organization&of=partner&organization=ironw").content.decode()
    assert "Ironwood Welding" in found


def test_a_member_leaves_and_the_seat_stays_vacant_until_undone(
    cedar: District, council: Council, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    with district(cedar):
        seat = council.seats.filled().get(contact__name="Lou Ferrante")
    marisol.post(f"/cedar/councils/seats/{seat.pk}/vacancy/")
    with district(cedar):
        vacant = Seat.objects.get(follows=seat)
        assert str(vacant.organization) == "Ironwood Welding"
        assert council.seats.filled().count() == 8
    marisol.post(f"/cedar/councils/seats/{seat.pk}/return/")
    with district(cedar):
        assert council.seats.filled().count() == 9
        assert not Seat.objects.filter(pk=vacant.pk).exists()


def test_below_its_minimum_a_council_is_marked(
    cedar: District, council: Council, people: SimpleNamespace, sign_in: Any
) -> None:
    vera = sign_in(people.viewer)
    assert "Below 8" not in words(vera.get("/cedar/councils/"))
    with district(cedar):
        for seat in council.seats.filled()[:2]:
            seat.end()
    assert "Below 8" in words(vera.get("/cedar/councils/"))
    assert "7 members." in words(vera.get(f"/cedar/councils/{council.pk}/"))
    assert "has 7 members" in words(sign_in(people.coordinator).get("/cedar/?whose=all"))


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_the_composition_names_who_is_missing(council: Council, people: SimpleNamespace, sign_in: Any) -> None:
    shares = sign_in(people.viewer).get(f"/cedar/councils/{council.pk}/").context["composition"]
    assert {s.label: (s.count, s.gap) for s in shares["Speaks for"]} == {
        "Business": (7, False),
        "Labor": (0, True),
        "Education and training": (1, False),
        "Workforce board or chamber": (1, False),
    }


def test_bars_of_the_composition_share_one_scale(council: Council, people: SimpleNamespace, sign_in: Any) -> None:
    tables = sign_in(people.viewer).get(f"/cedar/councils/{council.pk}/").context["composition"].values()
    longer_with_more = sorted((s.count, s.width) for shares in tables for s in shares)
    assert [width for _count, width in longer_with_more] == sorted(width for _count, width in longer_with_more)
    assert {s.width for shares in tables for s in shares if s.count == 7} == {78}  # of nine who sit there


def test_a_term_that_ends_before_it_begins_is_refused(council: Council, people: SimpleNamespace, sign_in: Any) -> None:
    sent = {"category": "labor", "term_from": "2026-09-01", "term_to": "2025-09-01"}
    answer = sign_in(people.coordinator).post(f"/cedar/councils/{council.pk}/seats/new/", sent)
    assert answer.status_code == 422
    assert b"ends before it begins" in answer.content


def test_the_list_asks_as_often_for_three_councils_as_for_one(
    cedar: District, council: Council, people: SimpleNamespace, sign_in: Any
) -> None:
    vera = sign_in(people.viewer)
    vera.get("/cedar/councils/")
    with CaptureQueriesContext(connection) as one:
        vera.get("/cedar/councils/")
    with district(cedar):
        for name in ("Second", "Third"):
            more = Council.objects.create(name=name, letter="S")
            more.call_meeting(day=cedar.today(), starts=dt.time(8), ends=dt.time(9), place="", by=people.coordinator)
            Seat.objects.create(council=more, contact=Contact.objects.first())
    with CaptureQueriesContext(connection) as three:
        vera.get("/cedar/councils/")
    assert len(three) == len(one)


def test_a_seat_made_from_today_leads_back_to_today(council: Council, people: SimpleNamespace, sign_in: Any) -> None:
    marisol, address = sign_in(people.coordinator), f"/cedar/councils/{council.pk}/seats/new/"
    sent = {"category": "labor"}
    behind = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cedar/?whose=all"}
    assert marisol.post(address, sent, headers=behind)["HX-Redirect"] == "/cedar/?whose=all"
    assert marisol.post(address, sent)["Location"] == f"/cedar/councils/{council.pk}/"
