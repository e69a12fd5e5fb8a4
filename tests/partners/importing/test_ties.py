"""Who referred a partner and whose company it is, as a list says it: tied where it is clear, else kept as words."""

import pytest

from partners.importing.undoing import undo
from partners.models import Contact, Organization, TimelineEntry
from tests.partners.importing.test_second_file import apply, choose, newer, reasons, signed_in, upload

__all__ = ["signed_in"]

pytestmark = pytest.mark.django_db

LIST = (
    "Company,Contact,Email,Parent company,Referred by\n"
    'Beta Tool,Bo Li,bo@beta.example,Acme Holdings LLC,"Ann Lee, Acme Holdings"\n'
    "Gamma,Cy Fox,cy@gamma.example,,Bo Li\n"
    "Delta,,,Nowhere Inc.,a neighbor\n"
    "Acme Holdings,Ann Lee,ann@acme.example,,Rotary Club\n"
)


def imported(client, people, text=LIST):
    job = upload(client, text)
    assert "" not in job.targets
    choose(client, job)
    apply(job, people)
    return job


def named(name):
    return Organization.objects.select_related("referred_by", "referred_by_contact", "parent").get(name=name)


def test_parent_and_referrer_are_found_in_the_same_list_whatever_the_order(signed_in, people):
    rotary = Organization.objects.create(name="Rotary Club")
    job = imported(signed_in, people)
    beta, gamma, acme = named("Beta Tool"), named("Gamma"), named("Acme Holdings")
    assert beta.parent == beta.referred_by == acme
    assert beta.referred_by_contact == Contact.objects.get(name="Ann Lee")
    assert (gamma.referred_by, gamma.referred_by_contact.name, gamma.source_detail) == (beta, "Bo Li", "")
    assert acme.referred_by == rotary
    assert TimelineEntry.objects.get(organization=rotary).summary == "Referred Acme Holdings."
    told = dict(job.rows.values_list("name", "reason"))
    assert told["Beta Tool"].endswith("Parent company Acme Holdings. Referred by Ann Lee, Acme Holdings")
    again = upload(signed_in, LIST)
    choose(signed_in, again)
    assert {outcome for outcome, _ in reasons(again)} == {"unchanged"}
    undo(job, by=people.coordinator)
    assert Organization.objects.get() == rotary
    assert not TimelineEntry.objects.exists()


def test_who_is_unknown_stays_in_words_and_the_row_says_so(signed_in, people):
    job = imported(signed_in, people)
    assert (named("Delta").source_detail, named("Delta").referred_by, named("Delta").parent) == (
        "a neighbor",
        None,
        None,
    )
    row = job.rows.get(name="Delta")
    assert row.reason == (
        "“a neighbor” is kept as words: nobody on file or in this list is called that. "
        "“Nowhere Inc.” is no partner on file and stands in no row of this list: not taken over"
    )
    assert row.left == [[3, "Nowhere Inc.", "is no partner on file and stands in no row of this list"]]
    again = upload(signed_in, LIST)
    choose(signed_in, again)
    assert again.rows.get(name="Delta").reason.startswith("Same as on file")


def test_a_name_that_two_have_stays_in_words(signed_in, people):
    for firm in ("One", "Two"):
        Organization.objects.create(name=firm).contacts.create(name="Bo Li")
    Organization.objects.bulk_create(Organization(name="Twin", name_key="twin") for _ in range(2))
    job = imported(signed_in, people, "Company,Parent company,Referred by\nGamma,Twin,Bo Li\nEta,,Bo Li at Two\n")
    assert (named("Gamma").source_detail, named("Gamma").parent) == ("Bo Li", None)
    assert "“Bo Li” is kept as words: several here are called that" in job.rows.get(name="Gamma").reason
    assert job.rows.get(name="Gamma").left[0][2].startswith("is the name of several partners")
    assert named("Eta").referred_by_contact.organization.name == "Two"


def test_words_of_before_give_way_to_the_one_they_name(signed_in, people):
    gamma = Organization.objects.create(name="Gamma", source_detail="ray holt")
    ray = Organization.objects.create(name="Acme").contacts.create(name="Ray Holt")
    job = imported(signed_in, people, "Company,Referred by\nGamma,Ray Holt\n")
    assert reasons(job) == [("update", "Referred by Ray Holt, Acme")]
    assert (named("Gamma").referred_by_contact, named("Gamma").source_detail) == (ray, "")
    undo(job, by=people.coordinator)
    gamma.refresh_from_db()
    assert (gamma.referred_by_contact, gamma.referred_by, gamma.source_detail) == (None, None, "ray holt")


def test_another_referrer_stays_out_unless_the_list_is_newer(signed_in, people):
    ray, rotary = (Organization.objects.create(name=name) for name in ("Ray Co", "Rotary"))
    Organization.objects.create(name="Gamma", referred_by=ray, parent=ray)
    text = "Company,Parent company,Referred by\nGamma,Rotary,Rotary\n"
    assert reasons(imported(signed_in, people, text))[0][0] == "unchanged"
    assert named("Gamma").referred_by == named("Gamma").parent == ray
    job = newer(signed_in, text)
    apply(job, people)
    assert named("Gamma").referred_by == named("Gamma").parent == rotary
    undo(job, by=people.coordinator)
    assert named("Gamma").referred_by == named("Gamma").parent == ray


def test_nobody_is_above_itself(signed_in, people):
    job = imported(signed_in, people, "Company,Parent company,Referred by\nOne,Two,One\nTwo,One,\n")
    assert (named("One").parent, named("Two").parent) == (named("Two"), None)
    assert job.rows.get(name="Two").left == [[1, "One", "belongs to this partner itself"]]
    assert (named("One").source_detail, named("One").referred_by) == ("One", None)


def test_a_row_mended_alone_still_finds_whom_it_names_in_the_list(signed_in):
    job = upload(signed_in, LIST)
    choose(signed_in, job)
    signed_in.post(
        f"/cedar/partners/import/{job.pk}/rows/2/",
        {"cell_0": "Beta Tools", "cell_3": "Acme Holdings", "cell_4": "Ann Lee"},
    )
    row = job.rows.get(number=2)
    assert row.reason.endswith("Parent company Acme Holdings. Referred by Ann Lee, Acme Holdings")
    assert job.rows.get(name="Acme Holdings").outcome == "create"
