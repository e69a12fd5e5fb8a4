"""A region shares a pathway; its districts see it, adopt a copy and see what a later version changes."""

from types import SimpleNamespace
from typing import Any

import pytest

from pathways import versions
from pathways.models import Credential, Pathway
from tests.pathways.conftest import lay
from wbl.accounts.models import Membership, Role, User
from wbl.tenancy.models import District, Publication
from wbl.tenancy.scope import district


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def shared(region: District) -> Publication:
    with district(region):
        lay("Wind Energy")
        return versions.share(Pathway.objects.drawn().get())


def test_a_member_district_sees_and_adopts_a_copy(
    cedar: District, region: District, shared: Publication, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    page = marisol.get("/cedar/pathways/").content.decode()
    assert "From your region" in page
    assert "Wind Energy" in page
    marisol.post(f"/cedar/pathways/from-region/{shared.pk}/adoption/")
    with district(cedar):
        ours = Pathway.objects.drawn().get()
        assert [s.name for s in ours.steps.all()] == ["Intro", "Blueprint", "Machining I"]
        assert versions.body_of(ours) == shared.body
        assert ours.adoption.version == 1
        assert ours.students is None
    assert "From your region" not in marisol.get("/cedar/pathways/").content.decode()


def test_who_is_no_member_sees_nothing(
    rival: District, shared: Publication, people: SimpleNamespace, sign_in: Any
) -> None:
    rita = sign_in(people.rival_admin)
    assert "Wind Energy" not in rita.get("/prairie/pathways/").content.decode()
    assert rita.post(f"/prairie/pathways/from-region/{shared.pk}/adoption/").status_code == 404
    with district(rival):
        assert not Pathway.objects.exists()


def test_a_later_version_is_shown_as_a_difference_and_taken_over(
    cedar: District, region: District, shared: Publication, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    marisol.post(f"/cedar/pathways/from-region/{shared.pk}/adoption/")
    with district(cedar):
        ours = Pathway.objects.get()
        Pathway.objects.update(students=40)
    with district(region):
        theirs = Pathway.objects.drawn().get()
        Credential.objects.create(step=theirs.steps.last(), name="Tower rescue")
        theirs.steps.first().credentials.all().delete()
        assert versions.share(Pathway.objects.drawn().get()).version == 2
        assert versions.share(Pathway.objects.drawn().get()).version == 2
    assert "version 2" in marisol.get(f"/cedar/pathways/{ours.pk}/").content.decode()
    diff = marisol.get(f"/cedar/pathways/{ours.pk}/update/").content.decode()
    assert "earns Tower rescue</ins>" in diff
    assert "earns OSHA 10</del>" in diff
    assert sign_in(people.viewer).post(f"/cedar/pathways/{ours.pk}/update/").status_code == 403
    marisol.post(f"/cedar/pathways/{ours.pk}/update/")
    with district(cedar):
        now = Pathway.objects.drawn().get()
        assert now.adoption.version == 2
        assert now.students == 40
        assert [c.name for s in now.steps.all() for c in s.credentials.all()] == [
            "First aid card",
            "NIMS Measurement",
            "Tower rescue",
        ]


def test_only_a_region_shares(cedar: District, region: District, pathway: Pathway, people: Any, sign_in: Any) -> None:
    assert sign_in(people.coordinator).post(f"/cedar/pathways/{pathway.pk}/sharing/").status_code == 404
    rae = User.objects.create_user("rae@example.org", name="Rae Region")
    Membership.objects.create(user=rae, district=region, role=Role.COORDINATOR)
    with district(region):
        theirs = lay("Wind Energy")
    assert sign_in(rae).post(f"/plains/pathways/{theirs.pk}/sharing/").status_code == 303
    with district(region):
        assert Publication.objects.get().title == "Wind Energy"


def test_a_region_reads_which_version_its_districts_see_and_since_when(
    region: District, shared: Publication, people: Any, sign_in: Any
) -> None:
    rae = User.objects.create_user("rae@example.org", name="Rae Region")
    Membership.objects.create(user=rae, district=region, role=Role.ADMIN)
    with district(region):
        theirs = Pathway.objects.get()
        lay("Solar Energy")
    browser, here = sign_in(rae), f"/plains/pathways/{theirs.pk}/"
    assert "Your districts see <strong>version 1</strong>, shared today" in words(browser.get(here))
    assert "Share anew" not in words(browser.get(here))
    assert "version 1, since today" in words(browser.get("/plains/pathways/"))
    assert "Nothing yet" in words(browser.get("/plains/pathways/"))
    with district(region):
        theirs.append_step(grade="Grade 12", name="Towers")
    assert "What you changed since is not in it." in words(browser.get(here))
    browser.post(f"{here}sharing/")
    assert "Your districts see <strong>version 2</strong>" in words(browser.get(here))
    settings = words(browser.get("/plains/settings/regions/"))
    assert "Your districts see version 2, since today" in settings
    assert f'href="{here}"' in settings


def test_a_district_reads_since_when_a_version_is_shared(shared: Publication, people: Any, sign_in: Any) -> None:
    assert "version 1, since today" in words(sign_in(people.coordinator).get("/cedar/pathways/"))


def test_a_taken_name_gets_the_regions_behind_it(cedar: District, shared: Publication, people: Any) -> None:
    with district(cedar):
        lay("Wind Energy")
        assert versions.adopt(versions.from_regions()[0], by=people.coordinator).name == "Wind Energy (Plains Region)"
