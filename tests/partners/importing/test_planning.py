"""What the rows of a list would do to the partners on file, and what applying them does."""

import pytest

from partners.importing import running
from partners.importing.limits import Refused
from partners.models import Contact, Import, ImportRow, Organization, Site, TimelineEntry
from tests.partners.importing.given import DATA, needs_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(in_cedar, people):
    """`imported(csv, apply=True)` is the import of a list, checked and perhaps applied."""

    def run(text, apply=True, name="chamber-list.csv"):
        body = text.encode() if isinstance(text, str) else text
        job = running.receive(name=name, body=body, by=people.coordinator)
        assert running.ask_and_perform(job, by=people.coordinator)
        if apply:
            assert job.ask(state="queued", by=people.coordinator)
            running.perform(job)
            assert job.state == "applied"
        return job

    return run


def outcomes(job):
    return [(row.number, row.outcome) for row in job.rows.all()]


def reason(job, number):
    return job.rows.get(number=number).reason


def test_a_dry_run_writes_nothing_of_the_partners(imported):
    job = imported("Company,Contact,Email\nAcme,Ann Lee,ann@acme.example\n", apply=False)
    assert (job.state, job.counts["create"]) == ("checked", 1)
    assert Organization.objects.count() == Contact.objects.count() == 0


def test_one_row_makes_an_organization_its_site_and_its_contact(imported, people):
    imported(
        "Company,Type,Contact,Title,Email,Phone,Street,City,State,Zip,Website,NAICS,Employees,Tags,Notes,Owner\n"
        "Acme Mfg.,Non-profit,Ann Lee,Manager,ann@acme.example,(580) 555-0100 x4,12 Main St,Ada,Oklahoma,74820,acme.example,332710,40,"
        "welding;cnc,Likes tours,Marisol Tate\n"
    )
    acme = Organization.objects.get()
    assert (acme.name, acme.kind, acme.website, acme.domain) == (
        "Acme Mfg.",
        "community",
        "https://acme.example",
        "acme.example",
    )
    assert (acme.naics, acme.employees, acme.tags, acme.notes) == ("332710", 40, ["welding", "cnc"], "Likes tours")
    assert (acme.owner, acme.source, acme.name_key) == (people.coordinator, "import", "acme manufacturing")
    assert Site.objects.get().line == "12 Main St, Ada, OK 74820"
    ann = Contact.objects.get()
    assert (ann.name, ann.title, ann.email, ann.phone, ann.phone_ext) == (
        "Ann Lee",
        "Manager",
        "ann@acme.example",
        "+15805550100",
        "4",
    )
    assert TimelineEntry.objects.get().summary == "Imported from chamber-list.csv, row 2"


def test_the_same_file_again_changes_nothing(imported):
    text = "Company,Contact,Email,City\nAcme,Ann Lee,ann@acme.example,Ada\nBeta,Bo Ray,bo@beta.example,Ada\nAcme,Cy Fox,cy@acme.example,Tulsa\n"
    imported(text)
    before = [list(model.objects.order_by("pk").values()) for model in (Organization, Site, Contact, TimelineEntry)]
    again = imported(text)
    assert again.counts["unchanged"] == 3
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Organization, Site, Contact, TimelineEntry)
    ]


def test_rows_of_one_name_are_one_partner_with_a_site_for_each_address(imported):
    job = imported(
        "Company,Address,City,Zip\nAcme LLC,1 Main Street,Ada,74820\nACME,9 Oak,Ada,74820\nAcme,1 Main St.,Ada,74820\n"
    )
    assert outcomes(job) == [(2, "create"), (3, "update"), (4, "unchanged")]
    assert Organization.objects.count() == 1 and Site.objects.count() == 2
    assert reason(job, 3) == "Site added: 9 Oak, Ada, 74820"
    assert reason(job, 4) == "Same as row 2"


def test_an_update_fills_what_is_empty_and_never_overwrites(imported):
    acme = Organization.objects.create(name="Acme", phone="+15805550100")
    job = imported("Company,Company Phone,Website,Industry\nAcme,580-555-0199,acme.example,Machining\n")
    acme.refresh_from_db()
    assert (acme.phone, acme.website, acme.industry) == ("+15805550100", "https://acme.example", "Machining")
    assert acme.domain == "acme.example"
    assert "Phone “(580) 555-0199” differs, “(580) 555-0100” stays" in reason(job, 2)


def test_a_contact_who_opted_out_stays_so(imported):
    acme = Organization.objects.create(name="Acme")
    Contact.objects.create(organization=acme, name="Carla Mbeki", email="carla@acme.example", do_not_contact=True)
    job = imported("Company,Contact,Email,Title\nAcme,Carla Mbeki,carla@acme.example,Director\n")
    carla = Contact.objects.get()
    assert (carla.do_not_contact, carla.title) == (True, "Director")
    assert "Carla Mbeki stays opted out" in reason(job, 2)


@pytest.mark.parametrize(
    "row, why",
    [
        ("Halverson Machine and Tools,,,73000", "similar name in ZIP 73000"),
        ("The Machinists,halvorsen.example,,73001", "same website or mail domain (halvorsen.example)"),
        ("The Machinists,,(555) 014-0100,73001", "same phone (555) 014-0100"),
    ],
)
def test_what_looks_like_a_known_partner_is_asked_about(imported, row, why):
    known = Organization.objects.create(
        name="Halvorsen Machine & Tool", website="https://halvorsen.example", phone="+15550140100"
    )
    Site.objects.create(organization=known, city="Cedar Valley", zip="73000")
    job = imported(f"Company,Website,Company Phone,Zip\n{row}\n")
    line = job.rows.get()
    assert (line.outcome, line.reason, line.organization_id) == ("duplicate", why, known.pk)
    assert Organization.objects.count() == 1


def test_a_phone_of_a_partner_on_file_is_asked_about_though_its_own_row_has_it_too(imported):
    known = Organization.objects.create(name="Halvorsen Machine & Tool", phone="+15550140100")
    job = imported(
        "Company,Phone\nHalvorsen Machine & Tool,(555) 014-0100\nCopper Kettle,555-014-0100\n"
        "Ada Bakery,(555) 014-0101\nBo Bakery,(555) 014-0101\n"
    )
    assert [outcome for _number, outcome in outcomes(job)] == ["unchanged", "duplicate", "create", "create"]
    assert job.rows.get(number=3).organization_id == known.pk


def test_a_cell_that_is_not_taken_over_is_said_in_its_row_and_values_in_words(imported):
    Organization.objects.create(name="Bolt")
    job = imported("Company,Owner,Stage\nAcme,Ben Oaks,active\nBolt,,champion\n", apply=False)
    assert "“Ben Oaks” is no colleague of this district: not taken over" in reason(job, 2)
    assert "“Champion” differs, “Prospect” stays" in reason(job, 3)


def test_freemail_and_a_domain_of_many_say_nothing(imported):
    Organization.objects.create(name="Known", email="known@gmail.com")
    job = imported(
        "Company,Contact,Email\nAcme,Ann Lee,ann@gmail.com\nOffice of A,A B,a@office.example\nOffice of C,C D,c@office.example\n"
    )
    assert job.counts["create"] == 3
    assert imported("Company,Contact,Email\nOffice of E,E F,e@office.example\n").counts["create"] == 1


@pytest.mark.parametrize("decision, partners, contacts", [("update", 1, 1), ("both", 2, 1), ("skip", 1, 0)])
def test_a_doubt_is_settled_row_by_row(imported, people, decision, partners, contacts):
    known = Organization.objects.create(name="Halvorsen Machine & Tool", phone="+15550140100")
    job = imported("Company,Company Phone,Contact\nThe Machinists,(555) 014-0100,Ann Lee\n", apply=False)
    job.rows.get().decide(decision=decision)
    assert job.ask(state="queued", by=people.coordinator)
    running.perform(job)
    assert (Organization.objects.count(), Contact.objects.count()) == (partners, contacts)
    if decision == "update":
        assert Contact.objects.get().organization == known


def test_a_person_alone_goes_to_the_organization_that_has_the_domain(imported):
    known = Organization.objects.create(name="Acme", website="acme.example")
    job = imported('Name,Email\n"Lee, Ann",ann@acme.example\n"Ray, Bo",bo@gmail.com\n')
    assert outcomes(job) == [(2, "update"), (3, "create")]
    assert Contact.objects.get(name="Ann Lee").organization == known
    assert Contact.objects.get(name="Bo Ray").organization.name == "Bo Ray"


def test_rows_in_error_and_skipped_rows_are_left_and_the_others_written(imported):
    job = imported("Company,Email\nAcme,front desk\nBeta,b@beta.example\n,c@gamma.example x\nTotal,4\n")
    assert job.rows.get(number=2).reason == "Email “front desk” is not an address"
    assert Organization.objects.filter(name="Beta").exists() and not Organization.objects.filter(name="Acme").exists()
    assert job.rows.get(number=5).outcome == "skip"


def test_a_corrected_cell_is_read_instead_of_the_file(imported, people):
    job = imported("Company,Email\nAcme,front desk\nBeta,b@beta.example\n", apply=False)
    job.rows.filter(number=2).update(corrections={"1": "desk@acme.example"})
    assert running.ask_and_perform(job, by=people.coordinator)
    assert outcomes(job) == [(2, "create"), (3, "create")]


def test_cells_that_fit_nowhere_are_listed_with_their_row(imported):
    job = imported("Company,Phone,Contact,Phone 2,Shoe size\nAcme,580-555-0100,Ann Lee,580-555-0101,9\n")
    assert job.rows.get().left == []
    assert Contact.objects.get().other_phones == "+15805550101"
    job = imported("Company,Phone,Phone 2,Shoe size\nZeta,580-555-0100,580-555-0101,9\n")
    assert job.rows.get().left == [[2, "(580) 555-0101", "is one phone number too many"]]
    job = imported("Company,Phone,Contact,Phone 2,Shoe size\nBeta,580-555-0100,Ann Lee,580-555-0101,9\n")
    assert job.targets[4] == "" and job.rows.get().cells[4] == "9"


def test_a_column_kept_as_a_note_goes_into_the_notes(imported, people):
    job = imported("Company,Shoe size\nAcme,9\n", apply=False)
    job.targets[1] = "note"
    job.save()
    assert running.ask_and_perform(job, by=people.coordinator)
    job.ask(state="queued", by=people.coordinator)
    running.perform(job)
    assert Organization.objects.get().notes == "Shoe size: 9"


def test_a_list_without_names_is_refused_and_says_so(in_cedar, people):
    job = running.receive(name="zip.csv", body=b"zip,city\n74820,Ada\n", by=people.coordinator)
    assert running.ask_and_perform(job, by=people.coordinator)
    assert job.state == "columns" and job.problem.startswith("No column holds a name: of “zip”, “city”")


def test_a_hostile_file_leaves_nothing_behind(in_cedar, people):
    with pytest.raises(Refused):
        running.receive(name="x.csv", body=b"Company\nAc\x00me\n", by=people.coordinator)
    assert Import.objects.count() == 0 and ImportRow.objects.count() == 0


def test_exported_cells_lose_the_apostrophe_that_guarded_them(imported):
    imported("Company,City\n'=Equal Exchange Co-op,Ada\n'Twas Brewing,Ada\n")
    assert set(Organization.objects.values_list("name", flat=True)) == {"=Equal Exchange Co-op", "'Twas Brewing"}


def test_another_districts_partners_are_not_seen(imported, rival):
    from wbl.tenancy.scope import district

    with district(rival):
        Organization.objects.create(name="Acme", phone="+15805550100")
    assert imported("Company,Company Phone\nAcme,580-555-0100\n").counts["create"] == 1


@needs_data
def test_little_rock_gives_at_most_4621_partners_and_again_none(imported):
    body = (DATA / "03-businesses" / "little_rock_ar_business_licenses.csv").read_bytes()
    job = imported(body, name="little_rock.csv")
    assert sum(job.counts.values()) == 4795
    assert 4_400 <= job.counts["create"] <= 4_621
    assert job.counts["error"] == job.counts["skip"] == job.counts["duplicate"] == 0
    assert imported(body, name="little_rock.csv").counts["unchanged"] == 4795
