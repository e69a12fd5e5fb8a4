"""Keys made from an organization's name: one to sort by, one to find it again.

Both are stored beside the name, so that every server sorts alike (the embedded PostgreSQL sorts by byte) and two lists
that spell one employer differently meet: ``Acme Mfg., Inc.`` and ``ACME MANUFACTURING`` have the same ``name_key``.
"""

import re
import unicodedata
from functools import lru_cache

MAX_KEY = 200

LEGAL_FORMS = frozenset(
    "inc incorporated llc llp lllp lp ltd limited corp corporation co company pllc plc pc pa psc npc "
    "gmbh ag kg sa sas sarl srl bv nv ab oy as pty".split()
)
"""Words dropped from the end of a name. They say how a firm is registered, not who it is."""

FILLERS = frozenset({"and", "the", "of"})

ABBREVIATIONS = {
    "acad": "academy", "acctg": "accounting", "admin": "administration", "agcy": "agency", "amer": "american",
    "appl": "appliance", "appls": "appliances", "assn": "association", "assoc": "associates", "assocs": "associates",
    "asso": "associates", "auth": "authority", "ave": "avenue", "bldg": "building", "bldrs": "builders",
    "blvd": "boulevard", "bros": "brothers", "bus": "business", "centre": "center", "chem": "chemical",
    "chiro": "chiropractic", "cmty": "community", "comm": "community", "comms": "communications", "const": "construction",
    "constr": "construction", "coop": "cooperative", "cnty": "county", "ctr": "center", "ctrs": "centers",
    "dept": "department", "dev": "development", "dist": "district", "distr": "distributing", "div": "division",
    "dr": "doctor", "educ": "education", "elec": "electric", "elem": "elementary", "eng": "engineering",
    "engr": "engineering", "ent": "enterprises", "entp": "enterprises", "equip": "equipment", "fdn": "foundation",
    "fed": "federal", "fin": "financial", "frt": "freight", "ft": "fort", "govt": "government", "grp": "group",
    "hlth": "health", "hosp": "hospital", "hts": "heights", "htg": "heating", "inds": "industries",
    "ins": "insurance", "inst": "institute", "intl": "international", "lab": "laboratory", "labs": "laboratories",
    "lib": "library", "mach": "machine", "maint": "maintenance", "med": "medical", "mem": "memorial",
    "mfg": "manufacturing", "mfr": "manufacturer", "mfrs": "manufacturers", "mgmt": "management", "mgt": "management",
    "mkt": "market", "mktg": "marketing", "mt": "mount", "mtn": "mountain", "mtrs": "motors", "natl": "national",
    "nat": "national", "ofc": "office", "okla": "oklahoma", "orgn": "organization", "pharm": "pharmacy",
    "photo": "photography", "plbg": "plumbing", "prod": "products", "prods": "products", "prof": "professional",
    "prop": "properties", "props": "properties", "pub": "public", "reg": "regional", "rest": "restaurant",
    "rpr": "repair", "rlty": "realty", "sch": "school", "schs": "schools", "svc": "services", "svcs": "services",
    "service": "services", "serv": "services", "soc": "society", "sol": "solutions", "solns": "solutions",
    "ste": "suite", "sys": "systems", "system": "systems", "tech": "technology", "techs": "technologies",
    "tel": "telephone", "transp": "transportation", "trans": "transportation", "trk": "trucking", "univ": "university",
    "util": "utilities", "vet": "veterinary", "vlg": "village", "whse": "warehouse", "whol": "wholesale",
    "xfer": "transfer",
}  # fmt: skip
"""Spellings that lists mix freely; each side of a pair folds to the same word."""

_TRADE_NAME = re.compile(
    r"\b(?:d\s*/\s*b\s*/\s*a|d\.b\.a\.?|dba|doing business as|trading as|t/a|aka|a/k/a)\b[\s:.,]*", re.I
)
_DROPPED = re.compile(r"['’‘`´.]")
_AND = re.compile(r"\s*[&+]\s*")
_NOT_WORD = re.compile(r"[\W_]+")
_GLUED_LEGAL = re.compile(r"(?:(?<=\w{4})(?:llc|pllc)|(?<=\w{6})(?:inc|ltd))$")
_LEADING = re.compile(r"^(?:[\W_]+|the\s+)+")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return ``text`` without accents, in lower case: ``"Ärzte"`` and ``"ARZTE"`` give ``"arzte"``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().replace("ø", "o").replace("ł", "l")


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """Return what two spellings of one organization's name have in common, for finding duplicates.

    Case, accents, punctuation, ``&``/``and``, ``The``, legal forms at the end (also those glued to the last word, as
    cut lists have them: ``COOLINGLLC``) and common abbreviations are levelled. Of ``Smith LLC dba Joe's Pizza`` the
    trade name counts. Never empty for a name that holds any sign at all; at most 200 characters.
    """
    folded = fold(name)
    words = _words(_trade_name(folded)) or _words(folded)
    if not words:
        return _SPACES.sub(" ", folded).strip()[:MAX_KEY]
    return " ".join(_expand(_without_legal_form(words)))[:MAX_KEY]


@lru_cache(maxsize=16_384)
def sort_key(name: str) -> str:
    """Return the folded name by which lists are ordered: no accents, no leading ``The``, quote or sign."""
    folded = _SPACES.sub(" ", fold(name)).strip()
    return (_LEADING.sub("", folded) or folded)[:MAX_KEY]


def _trade_name(folded: str) -> str:
    parts = _TRADE_NAME.split(folded)
    return next((part for part in reversed(parts) if part.strip()), folded)


def _words(folded: str) -> list[str]:
    text = _AND.sub(" and ", _DROPPED.sub("", folded))
    return _joined_initials(_NOT_WORD.sub(" ", text).split())


def _joined_initials(words: list[str]) -> list[str]:
    """``a b c supply`` is ``abc supply``: initials are written with and without blanks."""
    joined: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    if run:
        joined.append(run)
    return joined


def _without_legal_form(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and words[end - 1] in LEGAL_FORMS:
        end -= 1
    kept = words[:end]
    kept[-1] = _GLUED_LEGAL.sub("", kept[-1])
    return kept


def _expand(words: list[str]) -> list[str]:
    expanded = [ABBREVIATIONS.get(word, word) for word in words if word not in FILLERS]
    if expanded and expanded[0] == "st":
        expanded[0] = "saint"
    return expanded or words
