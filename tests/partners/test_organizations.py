"""What is known of a partner: industry, parent, who referred it, logo."""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from councils.models import Council
from partners import naics
from partners.models import Contact, Organization
from wbl.files.pictures import NoPicture, thumbnail
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

DATA = Path(os.environ.get("WBL_TEST_DATA", "../shared/data"))
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the folder of WBL_TEST_DATA is not there")
FORM = {"name": "Bolt Electric", "kind": "employer", "stage": "prospect"}


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def png(size: tuple[int, int] = (600, 300)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("332710", "332710"),
        ("machine shops", "332710"),
        ("446110", "456110"),  # pharmacies of 2017
        ("517110", "517111"),  # wired carriers of 2012
        ("332710 Machine Shops", "332710"),
    ],
)
def test_an_industry_is_chosen_by_words_or_code(browser: Client, cedar: District, typed: str, code: str) -> None:
    browser.post("/cedar/partners/new/", {**FORM, "naics": typed})
    with district(cedar):
        made = Organization.objects.get(name="Bolt Electric")
        assert made.naics == code
        assert made.industry == naics.titles()[code]


def test_an_industry_that_is_several_is_asked_about(browser: Client) -> None:
    page = browser.post("/cedar/partners/new/", {**FORM, "naics": "electric"}).content.decode()
    assert "More than one fits" in page
    assert (
        "No industry of NAICS 2022" in browser.post("/cedar/partners/new/", {**FORM, "naics": "zzz"}).content.decode()
    )
    names = browser.get("/cedar/partners/names/industries/?field=naics&naics=mach+shop").content.decode()
    assert "332710 Machine Shops" in names


def test_every_older_code_leads_to_one_of_2022() -> None:
    older = [line.split("\t") for line in (naics.DATA / "naics_older.tsv").read_text().splitlines()]
    assert len(older) > 160
    found = {code for _old, _vintage, codes in older for code in codes.split(",")}
    assert found <= set(naics.titles())


def census(vintage: int) -> dict[str, str]:
    """The Census Bureau's own list: title by code of six digits."""
    with (DATA / "02-naics" / f"naics_{vintage}_2-6digit.csv").open(newline="", encoding="utf-8-sig") as file:
        return {row[1]: row[2] for row in csv.reader(file) if len(row) > 2 and len(row[1]) == 6 and row[1].isdigit()}


@needs_data
def test_exactly_the_codes_that_2022_gave_up_are_mapped() -> None:
    """There is no concordance among the lists; what they tell is which codes went, and by their titles what became of most."""
    rows = [line.split("\t") for line in (naics.DATA / "naics_older.tsv").read_text().splitlines()]
    was, now = census(2017), census(2022)
    assert {old for old, vintage, _ in rows if vintage == "2017"} == was.keys() - now.keys()
    assert not {old for old, vintage, _ in rows if vintage == "2012"} & (was.keys() | now.keys())
    assert {code for *_, codes in rows for code in codes.split(",")} <= now.keys()
    alike = {
        old: any(telling(was[old]) & telling(now[code]) for code in codes.split(","))
        for old, vintage, codes in rows
        if vintage == "2017"
    }
    # renamed altogether: handbags, trusses, lenses, cameras, scales, electronic markets, mail order, web portals …
    assert sum(not same for same in alike.values()) <= 12, [old for old, same in alike.items() if not same]


def telling(title: str) -> set[str]:
    """The beginnings of a title's words, without those that stand in every other title."""
    plain = {
        "other",
        "except",
        "manufacturing",
        "stores",
        "merchant",
        "wholesalers",
        "services",
        "products",
        "retailers",
    }
    return {word[:5] for word in re.findall(r"[a-z]{4,}", title.lower()) if word not in plain}


@needs_data
def test_codes_of_a_real_list_of_2017_are_read() -> None:
    with (DATA / "03-businesses" / "montana_ppp_150k_plus.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    column = next(name for name in rows[0] if "naics" in name.lower())
    codes = [row[column] for row in rows if row[column]]
    unread = [code for code in codes if not naics.read_code(code).codes]
    assert len(unread) <= 6, unread


def test_a_parent_stands_on_both_pages_and_never_in_a_circle(
    browser: Client, cedar: District, acme: Organization
) -> None:
    browser.post("/cedar/partners/new/", {**FORM, "parent": acme.name})
    with district(cedar):
        bolt = Organization.objects.get(name="Bolt Electric")
    assert "Parent of" in browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert "Belongs to" in browser.get(f"/cedar/partners/{bolt.pk}/").content.decode()
    page = browser.post(f"/cedar/partners/{acme.pk}/edit/", {**FORM, "name": acme.name, "parent": "Bolt Electric"})
    assert "belongs to Acme Manufacturing, Inc. already" in page.content.decode()


def test_who_referred_a_partner_stands_on_both_pages(browser: Client, cedar: District, acme: Organization) -> None:
    said = {
        "Bolt Electric": "Ray Halvorsen, Acme Manufacturing, Inc.",
        "Kiowa Print": acme.name,
        "Osage Tile": "a neighbor",
    }
    for name, referrer in said.items():
        browser.post("/cedar/partners/new/", {**FORM, "name": name, "referrer": referrer})
    with district(cedar):
        ray = Contact.objects.get()
        one, two, three = Organization.objects.filter(name__in=said).order_by("name")
        assert (one.referred_by, one.referred_by_contact) == (acme, ray)
        assert (two.referred_by, two.referred_by_contact) == (acme, None)
        assert (three.referred_by, three.source_detail) == (None, "a neighbor")
        assert {one.source, two.source, three.source} == {"referral"}
    page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert "Referred 2 partners" in page
    assert "Referred Bolt Electric." in page
    assert "Ray Halvorsen of" in " ".join(browser.get(f"/cedar/partners/{one.pk}/").content.decode().split())


@pytest.mark.parametrize(
    "who, channel",
    [("Ada Chamber", "intermediary"), ("Al Um", "alumni"), ("Bea Lund", "council"), ("Cy Dole", "referral")],
)
def test_who_referred_a_partner_is_its_channel_unless_one_is_given(
    browser: Client, cedar: District, acme: Organization, who: str, channel: str
) -> None:
    with district(cedar):
        Organization.objects.create(name="Ada Chamber", kind="intermediary")
        acme.contacts.create(name="Al Um", alumni_year=1999)
        acme.contacts.create(name="Cy Dole")
        Council.objects.create(name="Welding").seats.create(contact=acme.contacts.create(name="Bea Lund"))
    for name, given in (("Osage Tile", ""), ("Kiowa Print", "event")):
        browser.post("/cedar/partners/new/", {**FORM, "name": name, "referrer": who, "source": given})
    with district(cedar):
        found = dict(Organization.objects.filter(name__in=["Osage Tile", "Kiowa Print"]).values_list("name", "source"))
    assert found == {"Osage Tile": channel, "Kiowa Print": "event"}


def test_a_negative_number_of_people_gets_a_sentence(browser: Client) -> None:
    page = browser.post("/cedar/partners/new/", {**FORM, "name": "Osage Tile", "employees": "-3"}).content.decode()
    assert "Write how many people work there: 0 or more." in page
    assert "greater than or equal" not in page


def test_a_workforce_board_is_called_one(browser: Client, cedar: District) -> None:
    browser.post("/cedar/partners/new/", {**FORM, "kind": "intermediary", "subkind": "workforce"})
    with district(cedar):
        board = Organization.objects.get(name="Bolt Electric")
    assert "Workforce board" in browser.get(f"/cedar/partners/{board.pk}/").content.decode()


def test_a_logo_is_drawn_anew_and_shown(browser: Client, cedar: District, acme: Organization) -> None:
    logo = SimpleUploadedFile("logo.png", png() + b"<script>alert(1)</script>", "image/png")
    browser.post(f"/cedar/partners/{acme.pk}/logo/", {"file": logo})
    answer = browser.get(f"/cedar/partners/{acme.pk}/logo.png")
    assert answer["Content-Type"] == "image/png"
    assert b"script" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (480, 240)
    assert "/logo.png" in browser.get(f"/cedar/partners/{acme.pk}/").content.decode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "An SVG can hold programs"),
        (b'<?xml version="1.0"?><svg/>', "An SVG can hold programs"),
        (b"<!doctype html><script>alert(1)</script>", "no picture that can be read"),
        (b"GIF89a/*<html><script>alert(1)</script>*/=1;", "pixels|damaged|no picture"),
        (png()[:60], "damaged|no picture"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(NoPicture, match=reason):
        thumbnail(body)


@needs_data
def test_hostile_pictures_are_refused(tmp_path: Path, browser: Client, acme: Organization) -> None:
    maker = DATA / "08-security" / "make_hostile_files.py"
    subprocess.run([sys.executable, str(maker), str(tmp_path), "1"], check=True, capture_output=True)
    hostile = [f for f in tmp_path.iterdir() if f.suffix in {".png", ".jpg", ".gif", ".svg"}]
    assert len(hostile) >= 4
    for file in hostile:
        with pytest.raises(NoPicture):
            thumbnail(file.read_bytes())
    bomb = SimpleUploadedFile("logo.png", (tmp_path / "pixel_bomb_30000x30000.png").read_bytes(), "image/png")
    page = browser.post(f"/cedar/partners/{acme.pk}/logo/", {"file": bomb}).content.decode()
    assert "more than 25 million pixels" in page
