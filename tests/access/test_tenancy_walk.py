"""Walk every address of the role table from the other side: another district's ids are 404, its words are on no page."""

from types import SimpleNamespace

import pytest
from django.test import Client

from partners.models import Contact, Organization
from placements.models import Student
from tests.access.actors import build_world
from tests.access.table import TABLE
from tests.access.test_table import argument, data_of, fingerprint
from wbl.accounts.models import Membership, Role, User
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import district
from wbl.web.urls import district_url

MARK = "Zyxwv"  # in every name of the rival's; no word of ours
INSIDE = [page for page in TABLE if not page.outside]
WITH_IDS = [page for page in INSIDE if page.args and not page.args.startswith("!")]


@pytest.fixture
def world(cedar, rival, people, acme) -> SimpleNamespace:
    with district(rival):
        theirs = Organization.objects.create(name=f"{MARK} Works", notes=MARK)
        Contact.objects.create(organization=theirs, name=f"{MARK} Contact", email=f"{MARK}@zyxwv.example")
        school = School.objects.create(name=f"{MARK} High")
        Student.objects.create(name=f"{MARK} Student", birth_date="2009-01-01", school=school)
        theirs.record(kind="call", summary=f"{MARK} said", by=people.rival_admin)
    member = User.objects.create_user(f"{MARK}@example.org", name=f"{MARK} Member")
    Membership.objects.create(user=member, district=rival, role=Role.COORDINATOR)
    return build_world(cedar, rival, people, acme)


def rows_of(page, world: SimpleNamespace) -> list:
    """The arguments of a page that are rows (not words or keys in the address)."""
    return [w for w in page.args.split() if hasattr(getattr(world, w, None), "pk")]


def test_another_districts_ids_are_not_there(world: SimpleNamespace, sign_in, rival: District) -> None:
    """Prairie's admin asks, in Prairie, for the ids of Cedar's rows."""
    client, before, wrong = sign_in(world.rival_admin), fingerprint(), []
    for page in WITH_IDS:
        if not rows_of(page, world):
            continue
        args = [argument(word, "rival_admin", world) for word in page.args.split()]
        path = district_url(SimpleNamespace(slug=rival.slug), page.name, *args)
        for answer in (client.get(path), client.post(path, data_of(page.data, world))):
            if answer.status_code not in (404, 405):
                wrong.append(f"{answer.request['REQUEST_METHOD']} {page.name}: {answer.status_code}")
    assert not wrong, "\n".join(["", *wrong])
    assert fingerprint() == before


def test_ids_of_another_district_in_the_data_choose_nothing(world: SimpleNamespace, sign_in, rival: District) -> None:
    """Forms of Prairie offer no row of Cedar: posting its id is an error, or ignored."""
    client, before = sign_in(world.rival_admin), fingerprint()
    for page in INSIDE:
        if page.post and not page.args and any(str(v).startswith(("@", "['@")) for v in page.data.values()):
            client.post(district_url(SimpleNamespace(slug=rival.slug), page.name), data_of(page.data, world))
    changed = [a for a, b in zip(fingerprint(), before, strict=True) if a != b]
    assert not changed, changed


def test_no_page_of_ours_has_a_word_of_theirs(world: SimpleNamespace, sign_in) -> None:
    client, found = sign_in(world.admin), []
    for page in INSIDE:
        args = [argument(word, "link_holder", world) for word in page.args.split()]
        for query in (page.query, f"q={MARK}"):
            answer = client.get(f"{district_url(SimpleNamespace(slug='cedar'), page.name, *args)}?{query}")
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = body.decode(errors="replace").replace(f"q={MARK}", "").replace(f'value="{MARK}"', "")
            if MARK.lower() in text.lower() and (query == page.query or f"{MARK} " in text):
                found.append(f"{page.name}?{query}")
    assert not found, found


def test_the_mark_is_on_their_own_pages(world: SimpleNamespace, sign_in) -> None:
    """Else the test above would prove nothing."""
    client: Client = sign_in(world.rival_admin)
    for path in ("partners/", f"search/?q={MARK}", "settings/people/", "placements/students/", "partners/export.csv"):
        answer = client.get(f"/prairie/{path}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert MARK in body.decode(), path
