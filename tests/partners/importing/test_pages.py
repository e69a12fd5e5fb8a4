"""From a file to its dry run in three inputs, then apply, mend, decide and take back, through the pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.importing.running import perform
from partners.models import Contact, Import, Organization

pytestmark = pytest.mark.django_db
LIST = (
    "Company,Contact,Email,Company Phone,City,Shoe size\n"
    "Kestrel Hydraulics,Bea Lund,bea@kestrel.example,580-555-0100,Ada,9\n"
    "Bright Start Daycare,,front desk,,Ada,\n"
    "The Machinists,,,(555) 014-0100,Ada,\n"
    "Total,3,,,,\n"
)


def upload(client, text=LIST, name="chamber-members.csv"):
    body = text if isinstance(text, bytes) else text.encode()
    return client.post("/cedar/partners/import/", {"file": SimpleUploadedFile(name, body)})


def at(job):
    return f"/cedar/partners/import/{job.pk}/"


@pytest.fixture
def client(people, sign_in):
    return sign_in(people.coordinator)


@pytest.fixture
def checked(client, in_cedar):
    """An import whose dry run is on the page."""
    Organization.objects.create(name="Halvorsen Machine & Tool", phone="+15550140100")
    client.get("/cedar/partners/import/")
    page = client.get(upload(client).url)
    fields = re.findall(r'name="(column_\d+)"', page.content.decode())
    form = page.context["form"]
    response = client.post(page.request["PATH_INFO"], {name: form[name].value() for name in fields})
    assert response.status_code == 302
    return Import.objects.get()


def html(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_limits_are_said_where_the_file_is_chosen(client):
    assert "up to 25 MB, 100,000 rows, 500 columns and 5 million cells" in html(client, "/cedar/partners/import/")


def test_columns_are_shown_with_samples_and_a_guess(client, in_cedar):
    page = html(client, upload(client).url)
    assert "Kestrel Hydraulics" in page and "“Company” goes to" in page
    assert Import.objects.get().targets == ["org_name", "contact_name", "email", "org_phone", "city", ""]


def test_misspelt_headers_are_guessed_and_idle_columns_are_named(client, in_cedar):
    text = "Companny,Ownr,Refered by,Adress,Owned,Shoe size\nAcme,Ann Lee,Ray,1 Main St,yes,9\n"
    page = html(client, upload(client, text).url)
    assert Import.objects.get().targets == ["org_name", "org_owner", "org_source", "address1", "", ""]
    assert "2 columns are not taken over: “Owned”, “Shoe size”." in page


def test_the_dry_run_says_what_each_row_does_and_writes_nothing(client, checked):
    page = html(client, at(checked))
    assert "Contact Bea Lund, bea@kestrel.example" in page
    assert "Email “front desk” is not an address" in page
    assert "Looks like" in page and "same phone (555) 014-0100" in page
    assert "Row holds only “Total 3”, so it is not a partner" in page
    assert "Apply 1 row" in page and "Nothing has been written yet" in page
    assert Organization.objects.count() == 1


def test_apply_writes_in_a_worker_and_the_page_can_be_left(
    client, checked, django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr("partners.tasks.run_import.delay_on_commit", lambda pk: sent.append(pk))
    client.post(f"{at(checked)}application/")
    assert sent == [checked.pk]
    assert "Waiting to be applied" in html(client, at(checked))
    checked.refresh_from_db()
    perform(checked)
    page = html(client, at(checked))
    assert "Created" in page and "Take it back" in page
    assert Organization.objects.filter(name="Kestrel Hydraulics").exists()
    assert client.get(f"{at(checked)}progress/").status_code == 302


def test_a_doubt_is_settled_and_can_be_opened_again(client, checked):
    url = f"{at(checked)}rows/4/decision/"
    client.post(url, {"decision": "update"})
    checked.refresh_from_db()
    assert (checked.counts["update"], checked.counts["duplicate"]) == (1, 0)
    assert "Decide again" in html(client, at(checked))
    client.post(url, {"decision": ""})
    checked.refresh_from_db()
    assert checked.counts["duplicate"] == 1


def test_a_wrong_cell_is_mended_on_the_page(client, checked):
    client.post(f"{at(checked)}rows/3/correction/", {"value": "desk@bright.example"})
    assert checked.rows.get(number=3).outcome == "create"


def test_a_column_is_kept_as_a_note_by_one_click(client, checked):
    assert "Keep “Shoe size” as a note" in html(client, at(checked))
    client.post(f"{at(checked)}columns/5/note/")
    checked.refresh_from_db()
    assert checked.targets[5] == "note" and checked.state == "checked"


def test_cells_not_taken_over_are_listed_with_row_and_column(client, checked):
    page = html(client, f"{at(checked)}left/")
    assert "Shoe size" in page and "the column is not taken over" in page
    lines = b"".join(client.get(f"{at(checked)}left.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["Row,Column,Value,Why", "2,Shoe size,9,the column is not taken over"]


def test_rows_not_applied_are_a_file_with_their_numbers(client, checked):
    text = b"".join(client.get(f"{at(checked)}rows.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith(
        "3,Error,Email “front desk” is not an address,Bright Start Daycare,,front desk"
    )
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["3", "4", "5"]
    xlsx = client.get(f"{at(checked)}rows.xlsx")
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"


def test_an_import_is_taken_back_from_its_page(client, checked, people):
    checked.ask(state="queued", by=people.coordinator)
    perform(checked)
    assert 'page-head__aside">2<' in html(client, "/cedar/partners/")
    client.post(f"{at(checked)}undo/")
    assert "taken back" in html(client, at(checked))
    assert 'page-head__aside">1<' in html(client, "/cedar/partners/")
    assert Organization.objects.count() == 1 and Contact.objects.count() == 0


def test_a_discarded_list_is_gone(client, checked):
    client.post(f"{at(checked)}discard/")
    assert client.get(f"/cedar/partners/import/{checked.pk}/").status_code == 404


def test_columns_of_the_same_single_field_are_refused(client, in_cedar):
    url = upload(client).url
    response = client.post(url, {"column_0": "org_name", "column_4": "org_name"})
    assert response.status_code == 422
    assert "is already taken from the column “Company”" in response.content.decode()


@pytest.mark.parametrize(
    "text, name, said",
    [
        (b"", "empty.csv", "The file is empty (0 bytes)"),
        (b"%PDF-1.7", "list.pdf", "a PDF document"),
        (b"Company,City\nAc\x00me,Ada\n", "nul.csv", "Row 2, column A (“Company”): the cell holds a NUL character"),
        (b"x" * (26 * 1024 * 1024), "large.csv", "26 MB and the limit is 25 MB"),
    ],
)
def test_a_bad_file_gets_one_sentence_and_leaves_nothing(client, in_cedar, text, name, said):
    response = upload(client, text, name)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Import.objects.count() == 0


def test_a_list_without_names_is_sent_back_to_its_columns(client, in_cedar):
    url = upload(client, "zip,city,state\n74820,Ada,OK\n").url
    client.post(url, {"column_0": "zip", "column_1": "city", "column_2": "state"})
    assert "No column holds a name" in html(client, url)


def test_another_sheet_can_be_taken(client, in_cedar, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Company", "City"])
    book.active.append(["Acme", "Ada"])
    other = book.create_sheet("Old partners")
    other.append(["Firm name", "Phone"])
    other.append(["Beta", "580-555-0100"])
    book.save(tmp_path / "list.xlsx")
    url = upload(client, (tmp_path / "list.xlsx").read_bytes(), "list.xlsx").url
    assert "Old partners, 2 rows" in html(client, url)
    client.post(url.replace("columns", "sheet"), {"sheet": "Old partners"})
    assert Import.objects.get().headers == ["Firm name", "Phone"]


@pytest.mark.parametrize("who, status", [("viewer", 403), ("staff", 403), ("coordinator", 200), ("rival_admin", 404)])
def test_imports_are_for_coordinators(people, sign_in, in_cedar, who, status):
    assert sign_in(getattr(people, who)).get("/cedar/partners/import/").status_code == status


def test_every_form_of_the_pages_carries_its_token(client, checked):
    """A part included with `only` loses the token unless it is handed on; the test client would not notice."""
    for path in ("/cedar/partners/import/", f"{at(checked)}columns/", at(checked), f"{at(checked)}left/"):
        forms = re.findall(r'<form[^>]*method="post".*?</form>', html(client, path))
        assert all("csrfmiddlewaretoken" in form for form in forms), path
