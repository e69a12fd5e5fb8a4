"""Two spellings of one organization meet in `name_key`; lists are ordered by `sort_key`."""

import pytest

from partners.names import name_key, sort_key


@pytest.mark.parametrize(
    "one, other",
    [
        ("Acme Manufacturing, Inc.", "ACME Mfg Inc"),
        ("Halvorsen Machine & Tool", "Halvorsen Machine and Tool LLC"),
        ("ELITE SKILL HEATING & COOLINGLLC", "Elite Skill Heating & Cooling, L.L.C."),
        ("Joe's Pizza", "Smith Holdings LLC d/b/a JOES PIZZA"),
        ("Smith Holdings LLC DBA: Joe's Pizza", "Joe’s Pizza"),
        ("The Corner Diner", "@ THE CORNER DINER"),
        ("Café Zürich", "CAFE ZURICH CO."),
        ("A.B.C. Supply Co., Inc.", "A B C Supply"),
        ("St. Mary's Hosp.", "Saint Marys Hospital"),
        ("Anderson Bros. Svcs", "Anderson Brothers Service"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Acme Manufacturing", "Acme Machine"),
        ("Office of Andy Barr", "Office of Ed Case"),
        ("Company of Wolves", "Wolves"),
        ("First Bank", "Second Bank"),
    ],
)
def test_two_organizations_keep_two_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["Inc.", "The Company", "LLC", "@@@", "&", "株式会社", "🏫", "dba", "A"])
def test_a_name_of_signs_or_legal_words_alone_still_has_a_key(name):
    assert name_key(name)


def test_a_name_of_no_signs_has_no_key():
    assert name_key("  ") == ""


def test_lists_are_ordered_without_case_accent_or_article():
    names = ["Zebra", "acme", "The Beta Group", "Ärzte", "“Quoted” Café"]
    assert sorted(names, key=sort_key) == ["acme", "Ärzte", "The Beta Group", "“Quoted” Café", "Zebra"]
