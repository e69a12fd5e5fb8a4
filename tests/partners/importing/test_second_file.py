"""A second list like the first: mapped the same way, updating what the first one brought, row by row mended."""

import pytest

from partners.importing import running
from partners.importing.undoing import undo
from partners.models import Contact, Import, ImportRow, Organization

pytestmark = pytest.mark.django_db

FIRST = "Firm,Status,Company Phone,Contact,Email,Shoe\nAcme,Signed MOU,580-555-0100,Ann Lee,ann@acme.example,9\n"


@pytest.fixture
def signed_in(client, in_cedar, people):
    client.force_login(people.coordinator)
    return client


def upload(client, text, name="list.csv"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post("/cedar/partners/import/", {"file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302, answer.content[:500]
    return Import.objects.latest("id")


def choose(client, job, **more):
    data = {f"column_{at}": target for at, target in enumerate(job.targets)} | more
    return client.post(f"/cedar/partners/import/{job.pk}/columns/", data)


def apply(job, people):
    job.refresh_from_db()
    assert job.ask(state="queued", by=people.coordinator)
    running.perform(job)
    assert job.state == "applied"


def reasons(job):
    return [(row.outcome, row.reason) for row in job.rows.all()]


def test_the_next_list_with_these_columns_is_mapped_as_the_last(signed_in):
    first = upload(signed_in, FIRST, "chamber.csv")
    assert first.targets[5] == ""
    choose(signed_in, first, column_5="note", column_1="")
    second = upload(signed_in, FIRST.replace("Shoe", "SHOE ").replace(",9", ",10"))
    assert (second.targets[5], second.targets[1]) == ("note", "")
    page = signed_in.get(f"/cedar/partners/import/{second.pk}/columns/").content.decode()
    assert "Mapped as “chamber.csv” was" in page
    signed_in.post(f"/cedar/partners/import/{second.pk}/guess/")
    second.refresh_from_db()
    assert (second.targets[5], second.targets[1]) == ("", "org_stage")


def test_a_list_with_one_more_column_is_mapped_as_the_last_one_like_it(signed_in):
    choose(signed_in, upload(signed_in, FIRST), column_5="note", column_1="")
    wider = upload(signed_in, FIRST.replace("Shoe", "Shoe,City").replace(",9", ",9,Ada"))
    assert wider.targets == ["org_name", "", "org_phone", "contact_name", "email", "note", "city"]
    other = upload(signed_in, "Firm,Shoe,Hat\nAcme,9,7\n")
    assert other.targets == ["org_name", "", ""]


def test_a_word_that_is_no_stage_is_asked_for_once(signed_in, people):
    job = upload(signed_in, FIRST)
    answer = choose(signed_in, job)
    assert answer.url.endswith("/values/")
    page = signed_in.get(answer.url).content.decode()
    assert "Signed MOU" in page
    assert "Not understood" in page
    signed_in.post(answer.url, {"word_0": "committed"})
    apply(job, people)
    assert Organization.objects.get().stage == "committed"
    again = upload(signed_in, FIRST.replace("Acme", "Beta").replace("acme", "beta").replace("0100", "0101"))
    assert choose(signed_in, again).url.endswith(f"/import/{again.pk}/")
    apply(again, people)
    assert Organization.objects.get(name="Beta").stage == "committed"


def newer(client, text):
    job = upload(client, text)
    choose(client, job, overwrites="on")
    return job


SECOND = "Firm,Company Phone,Contact,Email,Phone,Industry,Tags\nAcme,580-555-0999,Ann Lee,lee@acme.example,,,welding\n"


def test_a_newer_list_shows_old_and_new_and_blanks_overwrite_nothing(signed_in, people):
    acme = Organization.objects.create(name="Acme", phone="+15805550100", phone_ext="7", industry="Metal", tags=["cnc"])
    ann = Contact.objects.create(organization=acme, name="Ann Lee", email="ann@acme.example", phone="+15805550111")
    job = newer(signed_in, SECOND)
    changes = ("Tags cnc → cnc, welding", "Phone (580) 555-0100 → (580) 555-0999", "Extension 7 → none")
    email = "Ann Lee: Email ann@acme.example → lee@acme.example"
    assert reasons(job) == [("update", ". ".join([*changes, email]))]
    apply(job, people)
    acme.refresh_from_db()
    ann.refresh_from_db()
    assert (acme.phone, acme.phone_ext, acme.industry, acme.tags) == ("+15805550999", "", "Metal", ["cnc", "welding"])
    assert (ann.email, ann.phone, acme.domain) == ("lee@acme.example", "+15805550111", "")
    assert reasons(newer(signed_in, SECOND)) == [("unchanged", "Same as on file")]


def test_taking_a_newer_list_back_gives_back_what_was_on_file(signed_in, people):
    acme = Organization.objects.create(name="Acme", phone="+15805550100", tags=["cnc"], industry="")
    job = newer(signed_in, SECOND)
    apply(job, people)
    assert undo(job, by=people.coordinator)
    acme.refresh_from_db()
    assert (acme.phone, acme.tags) == ("+15805550100", ["cnc"])
    assert not acme.contacts.exists()
    assert job.kept_on_undo == []


def test_without_that_choice_nothing_is_overwritten(signed_in, people):
    Organization.objects.create(name="Acme", phone="+15805550100")
    job = upload(signed_in, SECOND)
    choose(signed_in, job)
    apply(job, people)
    assert Organization.objects.get().phone == "+15805550100"


def test_our_own_id_finds_a_partner_that_was_renamed(signed_in, people):
    acme, twin = (Organization.objects.create(name="Acme") for _ in range(2))
    job = newer(signed_in, f"wbl ID,Organization\n{twin.pk},Acme Metals\n{acme.pk},Acme\n999999,New\n")
    assert [outcome for outcome, _ in reasons(job)] == ["update", "unchanged", "create"]
    apply(job, people)
    twin.refresh_from_db()
    assert (twin.name, twin.name_key, twin.sort_name) == ("Acme Metals", "acme metals", "acme metals")


def test_an_error_is_mended_in_its_row_and_only_that_row_is_looked_at_again(signed_in, monkeypatch):
    job = upload(signed_in, "Company,Email\nAcme,front desk\nBeta,b@beta.example\n")
    choose(signed_in, job)
    assert job.rows.get(number=2).outcome == "error"
    monkeypatch.setattr(running, "read_file", None)
    address = f"/cedar/partners/import/{job.pk}/rows/2/"
    assert b"front desk" in signed_in.get(address).content
    signed_in.post(address, {"cell_0": "Acme Ltd", "cell_1": "desk@acme.example"})
    row = ImportRow.objects.get(job=job, number=2)
    assert (row.outcome, row.name, row.corrections) == (
        "create",
        "Acme Ltd",
        {"0": "Acme Ltd", "1": "desk@acme.example"},
    )
    job.refresh_from_db()
    assert (job.counts["create"], job.counts["error"]) == (2, 0)


MOVED = "Firm,Address,City,State,Zip\nAcme,9 New Road,Ada,OK,74820\n"


@pytest.fixture
def acme(in_cedar) -> Organization:
    found = Organization.objects.create(name="Acme")
    found.sites.create(street="1 Old Street", city="Tulsa", state="OK", zip="74103")
    return found


def test_another_address_is_a_further_site_and_is_shown_as_such(signed_in, acme, people):
    job = upload(signed_in, MOVED)
    choose(signed_in, job)
    said = "Site added: 9 New Road, Ada, OK 74820. On file is 1 Old Street, Tulsa, OK 74103, which stays"
    assert reasons(job) == [("update", said)]
    assert "They moved: update the address" in signed_in.get(f"/cedar/partners/import/{job.pk}/").content.decode()
    apply(job, people)
    assert acme.sites.count() == 2


def test_who_moved_has_the_new_address_alone_and_undo_brings_the_old_one_back(signed_in, acme, people):
    job = upload(signed_in, MOVED)
    choose(signed_in, job)
    signed_in.post(f"/cedar/partners/import/{job.pk}/rows/2/decision/", {"decision": "moved"})
    said = "Address 1 Old Street, Tulsa, OK 74103 → 9 New Road, Ada, OK 74820"
    assert reasons(job) == [("update", said)]
    apply(job, people)
    assert acme.sites.get().line == "9 New Road, Ada, OK 74820"
    undo(job, by=people.coordinator)
    assert acme.sites.get().line == "1 Old Street, Tulsa, OK 74103"


def test_look_alikes_and_moved_ones_are_decided_at_once(signed_in, acme, people):
    beta = Organization.objects.create(name="Beta", phone="+15805550101")
    eta = Organization.objects.create(name="Eta", phone="+15805550102")
    for name in ("Gamma", "Delta"):
        made = Organization.objects.create(name=name, phone=f"+1580555{len(name)}{ord(name[0])}0"[:12])
        made.sites.create(street="1 Old Street", city="Tulsa")
    several = "Gamma,7 East Road,Ada,,,\nGamma,8 East Road,Ada,,,\nDelta,6 West Road,Ada,,,\n"
    alike = f"Bettina,,,,,{beta.phone}\nEthel,,,,,{eta.phone}\n"
    job = upload(signed_in, MOVED.replace("Zip", "Zip,Phone").replace("74820", "74820,") + several + alike)
    choose(signed_in, job, column_5="org_phone")
    page = signed_in.get(f"/cedar/partners/import/{job.pk}/").content.decode()
    assert "Update all 2 addresses" in page  # not Gamma, whom the list gives two
    signed_in.post(f"/cedar/partners/import/{job.pk}/decisions/", {"decision": "moved"})
    signed_in.post(f"/cedar/partners/import/{job.pk}/decisions/", {"decision": "update"})
    outcomes = dict(job.rows.values_list("name", "outcome"))
    assert set(outcomes.values()) == {"update", "unchanged"}
    apply(job, people)
    assert [o.sites.count() for o in Organization.objects.order_by("sort_name")] == [1, 0, 1, 0, 3]


FULL = (
    "Company,Parent company,Found through,Plant name,Contact,Preferred channel,Best time,Language,Alumni school,Class of,"
    "Do not contact,Email\n"
    "Beta Tool,Acme,Chamber referral,Plant 2,Ann Lee,call,after 3,Spanish,Ada High,2004,,ann@beta.example\n"
    "Gamma,Nobody Inc.,the moon,,Bo Li,carrier pigeon,,Latin,,once,yes,bo@gamma.example\n"
)


def test_what_a_spreadsheet_says_of_people_and_kin_is_taken_over(signed_in, acme, people):
    job = upload(signed_in, FULL)
    assert "" not in job.targets
    choose(signed_in, job)
    apply(job, people)
    beta, gamma = Organization.objects.get(name="Beta Tool"), Organization.objects.get(name="Gamma")
    assert (beta.parent, beta.source, beta.sites.get().name) == (acme, "intermediary", "Plant 2")
    ann, bo = beta.contacts.get(), gamma.contacts.get()
    assert (ann.prefers, ann.best_time, ann.language) == ("phone", "after 3", "es")
    assert (ann.alumni_school, ann.alumni_year, ann.do_not_contact) == ("Ada High", 2004, False)
    assert (bo.prefers, bo.language, bo.alumni_year, bo.do_not_contact) == ("email", "en-us", None, True)
    assert (gamma.parent, gamma.source) == (None, "import")
    left = {value for _, value, _ in job.rows.get(name="Gamma").left}
    assert left == {"Nobody Inc.", "the moon", "carrier pigeon", "Latin", "once"}
    again = upload(signed_in, FULL)
    choose(signed_in, again)
    assert {outcome for outcome, _reason in reasons(again)} == {"unchanged"}
    undo(job, by=people.coordinator)
    assert Organization.objects.get() == acme


def test_a_row_that_is_like_two_partners_offers_both_and_one_chooses(signed_in, acme, people):
    line = Organization.objects.create(name="Halvorsen Lines", phone="+15805550101")
    row = "Firm,Phone,Zip\nAcmee,580-555-0101,74103\n"
    job = upload(signed_in, row)
    choose(signed_in, job)
    page = signed_in.get(f"/cedar/partners/import/{job.pk}/").content.decode()
    assert "Update Halvorsen Lines" in page and "Update Acme" in page
    assert "Edit row 2" in page
    assert "similar name in ZIP 74103" in page and "same phone (580) 555-0101" in page
    stranger = Organization.objects.create(name="Stranger")
    address = f"/cedar/partners/import/{job.pk}/rows/2/decision/"
    signed_in.post(address, {"decision": "update", "candidate": stranger.pk})
    assert job.rows.get().outcome == "duplicate"
    signed_in.post(address, {"decision": "update", "candidate": acme.pk})
    assert (job.rows.get().outcome, job.rows.get().organization_id) == ("update", acme.pk)
    signed_in.post(address, {"decision": ""})
    assert (job.rows.get().organization_id, job.rows.get().others) == (
        line.pk,
        [[acme.pk, "similar name in ZIP 74103"]],
    )
    signed_in.post(address, {"decision": "update", "candidate": acme.pk})
    apply(job, people)
    assert (acme.sites.count(), Organization.objects.get(pk=acme.pk).phone) == (1, "+15805550101")


def test_a_row_with_two_candidates_is_not_decided_with_the_many(signed_in, acme):
    for name, phone in (("Halvorsen", "0101"), ("Beta", "0102"), ("Eta", "0103")):
        Organization.objects.create(name=name, phone=f"+1580555{phone}")
    job = upload(signed_in, "Firm,Phone,Zip\nAcmee,580-555-0101,74103\nLine,580-555-0102,\nCo,580-555-0103,\n")
    choose(signed_in, job)
    assert "Update all 2 look-alikes" in signed_in.get(f"/cedar/partners/import/{job.pk}/").content.decode()
