"""Two spellings of one partner meet, two partners stay two: measured on labeled pairs."""

import pytest

from partners.duplicates import Facts, alike
from tests.partners.labeled import pairs, recall_by_address, weighted


@pytest.fixture(scope="module")
def labeled():
    return list(pairs())


def test_likely_duplicates_are_duplicates_and_few_are_missed(labeled):
    precision, recall = weighted(labeled)
    print(f"precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.98
    assert recall >= 0.90


def test_most_of_one_address_are_found_where_the_names_have_something_in_common(labeled):
    found, every = recall_by_address(labeled)
    assert (found, every) == (8, 13)


@pytest.mark.parametrize(
    "one, other",
    [
        ("WENDY'S #46", "WENDY'S #6"),
        ("THE KROGER CO #550", "KROGER COMPANY #627"),
        ("EL PORTON MEXICAN RESTAURANT", "EL PORTON MEXICAN RESTAURA"),
        ("SUPERIOR HEATING & COOLINGLLC", "Superior Heating and Cooling"),
        ("Smith LLC dba Joe's Pizza", "JOE'S PIZZA"),
        ("SHARK'S FISH & CHICKEN", "SHARKS FISH AND CHICKEN"),
        ("Halvorsen Machine & Tool", "Halverson Machine and Tool LLC"),
        ("KB'S CLEANING SERVICE", "KB'S CLEANING SERVICES"),
    ],
)
def test_hard_cases_are_found(one, other):
    assert alike(Facts.of(one), Facts.of(other)).is_likely


@pytest.mark.parametrize(
    "one, other",
    [
        ("ARKANSAS BEST JANITORIAL SERVICES LLC", "BEST JANITORIAL SERVICES LLC"),
        ("DOLLAR GENERAL STORE #11680", "FAMILY DOLLAR STORE #25771"),
        ("SAGE PARTNERS", "STAGE PARTNERS LLC"),
        ("ROSE LAW FIRM PA", "MURPHY LAW FIRM PLLC"),
        ("Bank", "Bank of Little Rock"),
        ("", "x"),
    ],
)
def test_other_partners_are_left_alone(one, other):
    assert not alike(Facts.of(one), Facts.of(other)).is_likely


def test_it_says_why_in_words():
    one = Facts.of("Halvorsen Machine & Tool", [("2210 Kiowa Street", "73000", "Cedar Valley")], ["+15550143000"])
    other = Facts.of("Halverson Machine and Tool", [("2210 Kiowa St, Suite 3", "73000-1234", "")], ["+15550143000"])
    assert alike(one, other).reasons == ("name 91 % alike", "same street", "same phone")


def test_a_shared_phone_or_address_needs_a_name_that_does_not_speak_against_it():
    street = [("500 President Clinton Ave", "72201", "Little Rock")]
    jays, garden = Facts.of("JAY'S PIZZA", street), Facts.of("GARDEN SQUARE CAFE", street)
    assert not alike(jays, garden).is_likely
    accountant = ["+15015550100"]
    assert not alike(Facts.of("Jay's Pizza", phones=accountant), Facts.of("Osage Tile", phones=accountant)).is_likely
    assert alike(Facts.of("Ace Glass Works", phones=accountant), Facts.of("Ace Mirror", phones=accountant)).is_likely
