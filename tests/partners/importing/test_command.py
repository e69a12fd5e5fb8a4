"""`manage.py import_partners FILE --district S [--apply] [--json]`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partners.models import Import, Organization
from tests.partners.importing.given import DATA, needs_data
from wbl.tenancy.scope import district

pytestmark = pytest.mark.django_db


def run(*args):
    out = StringIO()
    call_command("import_partners", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def chamber(tmp_path):
    path = tmp_path / "chamber.csv"
    path.write_text("Company,Email\nAcme,ann@acme.example\nBeta,front desk\nTotal,2\n")
    return str(path)


def test_a_dry_run_prints_the_counts_and_leaves_nothing(cedar, chamber):
    answer = json.loads(run(chamber, "--district", "cedar", "--json"))
    assert answer == {
        "rows": 3, "create": 1, "update": 0, "unchanged": 0, "duplicate": 0, "skip": 1, "error": 1,
        "errors": [{"row": 3, "reason": "Email “front desk” is not an address"}],
    }  # fmt: skip
    with district(cedar):
        assert Organization.objects.count() == Import.objects.count() == 0


def test_apply_writes_and_again_changes_nothing(cedar, chamber):
    assert json.loads(run(chamber, "--district", "cedar", "--apply", "--json"))["create"] == 1
    assert json.loads(run(chamber, "--district", "cedar", "--apply", "--json"))["unchanged"] == 1
    with district(cedar):
        assert Organization.objects.get().name == "Acme"


def test_in_words_it_says_what_was_done(cedar, chamber):
    assert run(chamber, "--district", "cedar").startswith(
        "3 rows checked, nothing written; add --apply to write: 1 create"
    )


def test_what_is_wrong_is_one_sentence(cedar, chamber, tmp_path):
    with pytest.raises(CommandError, match="No district has the short name “nowhere”"):
        run(chamber, "--district", "nowhere")
    with pytest.raises(CommandError, match="No such file"):
        run(str(tmp_path / "none.csv"), "--district", "cedar")
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(CommandError, match=r"empty \(0 bytes\)"):
        run(str(tmp_path / "empty.csv"), "--district", "cedar")


@needs_data
def test_zip_codes_are_refused_and_nothing_is_left(cedar):
    with pytest.raises(CommandError, match=r"^No column holds a name"):
        run(str(DATA / "03-businesses" / "zip_codes.csv"), "--district", "cedar", "--apply", "--json")
    with district(cedar):
        assert Organization.objects.count() == 0


@needs_data
def test_montana_is_imported(cedar):
    answer = json.loads(
        run(str(DATA / "03-businesses" / "montana_ppp_150k_plus.csv"), "--district", "cedar", "--apply", "--json")
    )
    assert answer["rows"] == 2177 and answer["error"] == 0 and answer["create"] > 2000
