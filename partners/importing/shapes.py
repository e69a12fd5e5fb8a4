"""What a cell looks like, whatever its column is called."""

import re

from partners.importing.places import STATE_CODES, STATES

EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"()]{2,}")
PHONE = re.compile(
    r"(?:\+?1[\s.\-]*)?(?:\(\d{3}\)|\d{3})[\s.\-/]*\d{3}[\s.\-]*\d{4}(?:\s*(?:x|ext\.?|extension|#)\s*\d{1,6})?|\+\d[\d\s().\-]{7,18}",
    re.I,
)
FLOAT_PHONE = re.compile(r"[2-9]\.\d{1,9}e\+0?9", re.I)
URL = re.compile(
    r"(?:https?://|www\.)\S+|[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:com|org|net|edu|gov|us|biz|info|io|co)(?:/\S*)?", re.I
)
ZIP = re.compile(r"\d{5}(?:[-\s]?\d{4})?")
NUMBER = re.compile(r"[$€]?-?[\d.,]+%?")
LETTERS = re.compile(r"[^\W\d_]")
INVERTED = re.compile(r"[^,\d@]{2,40},\s*[^,\d@]{1,40}")
ORGANIZATION_WORDS = re.compile(
    r"\b(inc|llc|l\.l\.c|corp|co|company|ltd|lp|llp|pllc|services?|school|schools|college|university|hospital|clinic|church|bank|credit union|"
    r"office|center|centre|group|foundation|association|department|city of|county|restaurant|store|shop|construction|insurance|"
    r"systems|solutions|industries|enterprises|manufacturing|mfg|supply|consulting|academy|district|public|society|institute|&)\b|&",
    re.I,
)
FIRST_NAMES = frozenset(
    "james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica thomas "
    "sarah charles karen christopher lisa daniel nancy matthew betty anthony sandra mark margaret donald ashley steven kimberly "
    "andrew emily paul donna joshua michelle kenneth carol kevin amanda brian melissa timothy deborah ronald stephanie jason "
    "rebecca george laura edward helen jeffrey sharon ryan cynthia jacob kathleen nicholas amy gary angela eric shirley jonathan "
    "anna stephen brenda larry pamela justin emma scott nicole brandon samantha benjamin katherine samuel christine gregory debra "
    "alexander rachel frank carolyn patrick janet raymond catherine jack maria dennis heather jerry diane tyler olivia aaron julie "
    "jose joyce adam victoria nathan ruth henry virginia zachary lauren douglas kelly peter christina kyle joan noah evelyn ethan "
    "judith jeremy andrea walter hannah keith jacqueline christian cheryl terry megan sean gloria austin ann carl jane juan luis "
    "carlos miguel jesus ana rosa tom bill bob jim mike dave dan sue kathy ken jeff steve joe ed ted rick ron don pat chris alex "
    "lena ben sam greg tim tony nick matt rob jeff tammy tina wendy teresa theresa kim beth ellen marisol miles bea".split()
)


def is_value(cell: str) -> bool:
    """Tell whether a cell is plainly data, so that its row is no header."""
    return bool(
        EMAIL.search(cell)
        or PHONE.fullmatch(cell)
        or ZIP.fullmatch(cell)
        or cell.lower().startswith(("http://", "https://", "www."))
    )


def is_email(cell: str) -> bool:
    return bool(EMAIL.search(cell))


def is_phone(cell: str) -> bool:
    return bool(PHONE.search(cell) or FLOAT_PHONE.fullmatch(cell) or re.fullmatch(r"[2-9]\d{9}(\.0)?", cell))


def is_url(cell: str) -> bool:
    return bool(URL.fullmatch(cell)) and "@" not in cell


def is_profile(cell: str) -> bool:
    return "linkedin.com/in/" in cell.lower()


def is_zip(cell: str) -> bool:
    return bool(ZIP.fullmatch(cell) or re.fullmatch(r"\d{3,5}(\.0)?", cell))


def is_state(cell: str) -> bool:
    return cell.upper() in STATE_CODES or cell.lower() in STATES


def is_country(cell: str) -> bool:
    return cell.lower().replace(".", "") in {
        "us",
        "usa",
        "united states",
        "united states of america",
        "canada",
        "mexico",
        "america",
    }


def is_naics(cell: str) -> bool:
    return bool(re.fullmatch(r"\d{2,6}(\.0)?|\d\d-\d\d", cell))


def is_name(cell: str) -> bool:
    """Tell whether a cell may name something: it has letters and is no email, phone, address or number."""
    return bool(LETTERS.search(cell)) and not is_email(cell) and not is_url(cell) and not cell.isdigit()


def is_count(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d,]+(\.0)?|[\d,]+\s*(-|–|to)\s*[\d,]+|[\d,]+\+|[<>]\s*[\d,]+", cell))


def is_person(cell: str) -> bool:
    """Tell whether a name is a person's rather than an organization's: “Last, First”, or a common first name."""
    if ORGANIZATION_WORDS.search(cell):
        return False
    if INVERTED.fullmatch(cell):
        return True
    parts = cell.replace(".", "").split()
    return 2 <= len(parts) <= 4 and parts[0].lower() in FIRST_NAMES
