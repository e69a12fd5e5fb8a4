"""Each hostile file gets one sentence, within five seconds and 300 MB of the reading child."""

import json
import subprocess
import sys
import time

import pytest

from partners.importing.limits import Refused, check_size
from partners.importing.reading import read_file
from tests.partners.importing.given import DATA, ROOT, needs_data

SENTENCES = {
    "billion_laughs.xlsx": "XML entities",
    "bomb_rows.xlsx": "more than 100,000 rows",
    "bomb_shared_string.xlsx": "One cell of the workbook holds more than",
    "gif_html_polyglot.gif": "picture (GIF)",
    "html_as_jpg.jpg": "type “.jpg” can't be read",
    "huge_cell.csv": "Row 2, column A (“Company”): the cell holds 1,200,000 characters",
    "lying_dimension.xlsx": "column XFD, which makes 16,384 columns",
    "nul_bytes.csv": "Row 2, column A (“Company”): the cell holds a NUL character",
    "pixel_bomb_30000x30000.png": "picture (PNG)",
    "svg_as_png.png": "type “.png” can't be read",
    "traversal.zip": "ZIP archive",
    "unclosed_quote.csv": "A quotation mark opened in row 2",
    "wide.csv": "20,000 columns and the limit is 500",
    "xxe.xlsx": "XML entities",
}
MEASURED = """
import json, resource, sys
from partners.importing.limits import Refused
from partners.importing.reading import read_file
try:
    read_file(sys.argv[1])
    said = ""
except Refused as refusal:
    said = str(refusal)
print(json.dumps([said, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024]))
"""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run(
        [sys.executable, DATA / "08-security" / "make_hostile_files.py", folder], check=True, stdout=subprocess.DEVNULL
    )
    return folder


def read_measured(path):
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", MEASURED, path], cwd=ROOT, capture_output=True, check=True)
    said, megabytes = json.loads(done.stdout)
    return said, megabytes, time.monotonic() - began


@needs_data
@pytest.mark.parametrize("file", sorted(SENTENCES))
def test_hostile_file_gets_its_sentence_in_time_and_memory(hostile, file):
    said, megabytes, seconds = read_measured(hostile / file)
    assert SENTENCES[file] in said
    assert said.endswith(".") and "\n" not in said
    assert megabytes <= 300
    assert seconds <= 5


@needs_data
def test_every_hostile_file_has_a_sentence(hostile):
    assert {path.name for path in hostile.iterdir()} == set(SENTENCES)


@needs_data
def test_smaller_bombs_are_known_too(tmp_path):
    subprocess.run(
        [sys.executable, DATA / "08-security" / "make_hostile_files.py", tmp_path, "40"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for file in ("bomb_rows.xlsx", "bomb_shared_string.xlsx"):
        said, megabytes, seconds = read_measured(tmp_path / file)
        assert SENTENCES[file] in said
        assert megabytes <= 300 and seconds <= 5


def test_a_nul_hidden_in_a_workbook_is_named_with_its_cell(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Company", "City"])
    book.active.append(["Acme_x0000_", "Tulsa"])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(Refused, match=r"Row 2, column A \(“Company”\): the cell holds a NUL character"):
        read_file(tmp_path / "list.xlsx")


def test_an_empty_file_and_a_large_one_are_refused_by_their_size():
    with pytest.raises(Refused, match=r"empty \(0 bytes\)"):
        check_size(0)
    with pytest.raises(Refused, match="200 MB and the limit is 25 MB"):
        check_size(200 * 1024 * 1024)


@pytest.mark.parametrize(
    "data, name, said",
    [
        (b"%PDF-1.7 ...", "list.pdf", "a PDF document"),
        (b"<html><table><tr><td>Acme</td></tr></table>", "report.xls", "a web page"),
        (b"plain words", "list.xlsx", "named as a workbook but is none"),
        (b"plain words", "list.docx", "type “.docx”"),
        (bytes(range(1, 9)) * 500, "list.csv", "neither text nor a workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "list.xlsx",
            "protected by a password",
        ),
        (b"PK\x03\x04 cut off", "list.xlsx", "damaged"),
        ("Company;Ort\nmüller;Köln\n".encode("cp037"), "list.csv", "encoding"),
        ("会社,都市\n株式会社東京,東京\n".encode("shift_jis"), "list.csv", "encoding of the file is unknown"),
        (b"\xff\xfeC\x00o\x00\x00\xd8x\x00", "list.csv", "marked as UTF-16"),
        (b"\n\n \n", "list.csv", "holds no text"),
    ],
)
def test_what_is_no_list_gets_a_sentence_that_says_what_it_is(data, name, said):
    with pytest.raises(Refused) as refusal:
        read_file(data, name)
    assert said in str(refusal.value)
    assert str(refusal.value).endswith((".", "cells."))


def test_too_many_rows_are_refused_with_their_number():
    data = b"Company,City\n" + b"Acme,Tulsa\n" * 100_001
    with pytest.raises(Refused, match="100,001 rows and the limit is 100,000"):
        read_file(data, "list.csv")


def test_a_crash_of_the_child_is_a_sentence_here(monkeypatch):
    from partners.importing import reading

    monkeypatch.setattr(reading, "_run", lambda data, filename: b'{"sheet": {"name": ""}}\n[1,["half a li')
    with pytest.raises(Refused, match="can't be read, it seems to be damaged"):
        read_file(b"x", "list.csv")


def test_the_child_inherits_no_secret(monkeypatch):
    from partners.importing import reading

    seen = {}
    real = reading.subprocess.Popen

    def popen(command, **options):
        seen.update(options["env"])
        return real(command, **options)

    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setattr(reading.subprocess, "Popen", popen)
    read_file(b"Company\nAcme\n", "list.csv")
    assert "DATABASE_URL" not in seen
