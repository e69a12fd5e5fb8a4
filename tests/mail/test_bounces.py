"""Returned mail, as mail servers of thirty years wrote it. The labels of the second corpus are ours, read by hand:
hard where nobody is at the address or its domain takes no mail; soft where something else stood in the way."""

import csv
import os
import pathlib
from collections import Counter

import pytest

from wbl.mail import bounces

MAIL = pathlib.Path(os.environ.get("WBL_TEST_DATA", "../shared/data")) / "07-mail"
LABELS = pathlib.Path(__file__).parent.parent / "data" / "bounces_sisimai.csv"
needs = pytest.mark.skipif(not MAIL.is_dir(), reason="the real bounces are not there (WBL_TEST_DATA)")


def of(path: pathlib.Path) -> list[bounces.Returned]:
    return bounces.read(bounces.parsed(path.read_bytes()))


@needs
def test_of_116_real_bounces_114_name_the_address_and_whether_the_server_gave_up():
    right, wrong = 0, []
    folder = MAIL / "bounces-flufl"
    for row in csv.DictReader((folder / "expected.csv").open()):
        expected = {a.lower() for a in row["failed_addresses"].replace(";", " ").split()}
        found = of(folder / row["file"])
        same = {one.address for one in found if one.final != (row["is_temporary"] == "1")} == expected
        right += same
        if not same:
            wrong.append(row["file"])
    assert right >= 114, wrong


@needs
def test_hard_and_soft_are_told_apart_as_a_person_would():
    right, wrong = 0, []
    rows = list(csv.DictReader(LABELS.open()))
    for row in rows:
        found = {one.kind for one in of(MAIL / "bounces-sisimai" / row["file"])}
        same = found == set(row["expected"].split()) - {"none"}
        right += same
        if not same:
            wrong.append((row["file"], row["expected"], found))
    assert Counter(kind for row in rows for kind in row["expected"].split())["hard"] >= 25
    assert right >= 0.95 * len(rows), wrong


VACATION = b"""From: Ray <ray@acme.example>\r\nTo: r@x.example\r\nSubject: %s\r\n%s\r\n
I am away. Mail to user unknown: 550 5.1.1 <ray@acme.example> does not exist here until Monday.\r\n"""


@pytest.mark.parametrize(
    ("subject", "header"),
    [
        (b"Re: Tour?", b"Auto-Submitted: auto-replied\r\n"),
        (b"Re: Tour?", b"X-Autoreply: yes\r\nPrecedence: bulk\r\n"),
        (b"Out of Office: Tour?", b""),
        (b"Respuesta autom\xc3\xa1tica: Tour?", b""),
        (b"Re: Tour?", b""),
    ],
)
def test_no_vacation_notice_closes_an_address(subject, header):
    assert not [one for one in bounces.read(bounces.parsed(VACATION % (subject, header))) if one.kind == bounces.HARD]


def test_a_report_that_a_person_forwards_closes_nothing_by_itself():
    text = b"From: Ray <ray@acme.example>\r\nSubject: Fwd: failure\r\n\r\nThe following addresses had permanent fatal errors:\r\n<other@acme.example>\r\n"
    assert all(one.kind != bounces.HARD for one in bounces.read(bounces.parsed(text)))
