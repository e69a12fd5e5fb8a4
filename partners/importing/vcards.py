"""vCards 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as a table: one row a card, one column a property.

What people export is rarely to the letter of a standard, so nothing here is refused for its form: a line that is none
is passed over, a card that never ends is ended by the next.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from partners.importing.encodings import NAMES, decode
from partners.importing.limits import check_cell, check_shape
from partners.importing.texts import Rows

_BEGINS = re.compile(
    rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*b\x00?e\x00?g\x00?i\x00?n\x00?:\x00?v\x00?c\x00?a\x00?r\x00?d",
    re.I,
)
_FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")
_PARAM = re.compile(r';\s*([\w-]+)(?:=((?:"[^"]*"|[^";:])*))?')
_UNESCAPED = {"n": "\n", "N": "\n"}
_TECHNICAL = frozenset("VERSION PRODID REV CLIENTPIDMAP KIND SORT-STRING X-ABADR X-ABLABEL X-ABSHOWAS".split())
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_NAME_PARTS = ("Last name", "First name", "Middle name", "Name prefix", "Name suffix")
_NAMED = {"TITLE": "Job title", "ROLE": "Role", "NICKNAME": "Nickname", "BDAY": "Birthday", "URL": "Website"}
_FAX, _CELL = frozenset({"FAX", "PAGER"}), frozenset({"CELL", "MOBILE", "IPHONE"})


@dataclass(slots=True)
class Property:
    """One content line: ``name`` without its group and in capitals, ``types`` the values of TYPE (and bare parameters)."""

    name: str
    value: str
    types: frozenset[str]
    preferred: bool

    def parts(self) -> list[str]:
        """The value cut at its semicolons (N, ADR, ORG), each part as text."""
        return [_text(part) for part in re.split(r"(?<!\\);", self.value)]

    @property
    def text(self) -> str:
        return _text(self.value)


@dataclass(slots=True)
class Card:
    """The cells of one card by column, in the order in which they were met."""

    cells: dict[str, str] = field(default_factory=dict)

    def put(self, column: str, value: str) -> None:
        """Add a value; a second one of the column goes to “Column 2”."""
        value = value.strip()
        if not value:
            return
        name, number = column, 1
        while name in self.cells:
            if self.cells[name] == value:
                return
            number += 1
            name = f"{column} {number}"
        self.cells[name] = value


def is_vcards(data: bytes) -> bool:
    """Tell whether a file begins with a card, in whatever encoding."""
    return bool(_BEGINS.match(data[:200]))


def read_vcards(data: bytes) -> tuple[Rows, dict[str, str]]:
    """Return ``(rows, facts)``: the names of the columns under the number 0, then each card under its own. Raises `Refused`."""
    if b"\x00" not in data[:200]:  # lines are folded at bytes, in the middle of a letter too
        data = _FOLD.sub(b"", data)
    text, encoding = decode(data)
    cards = [_card(lines) for lines in _cards(text)]
    columns = list(dict.fromkeys(column for card in cards for column in card.cells))
    columns.sort(key=lambda column: _ORDER.get(re.sub(r" \d+$", "", column), len(_ORDER)))
    check_shape(rows=len(cards), columns=len(columns), cells=sum(len(card.cells) for card in cards))
    return _rows(cards, columns), {"encoding": NAMES[encoding], "delimiter": "", "cards": "yes"}


_ORDER = {
    name: at
    for at, name in enumerate(
        ("Organization", "Department", "Full name", "First name", "Middle name", "Last name", "Name prefix", "Name suffix",
         "Nickname", "Job title", "Role", "Company email", "Email", "Company phone", "Phone", "Mobile phone", "Street",
         "Address line 2", "City", "State", "ZIP", "Country", "Website", "Categories", "Notes", "Contact notes")
    )
}  # fmt: skip


def _rows(cards: list[Card], columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    yield 0, columns
    for number, card in enumerate(cards, 1):
        for at, value in enumerate(cells := [card.cells.get(column, "") for column in columns]):
            check_cell(value, row=number, column=at, header=columns[at])
        yield number, cells


def _cards(text: str) -> Iterator[list[Property]]:
    lines: list[Property] = []
    inside = False
    for line in _lines(text):
        mark = line.strip().upper()
        if mark.startswith(("BEGIN:VCARD", "END:VCARD")):
            if lines:
                yield lines
            lines, inside = [], mark.startswith("BEGIN")
        elif inside and (read := _property(line)):
            lines.append(read)
    if lines:
        yield lines


def _lines(text: str) -> Iterator[str]:
    """Unfolded lines; the soft line ends of quoted-printable too."""
    open_line = ""
    for line in re.sub(r"(?:\r\n|\r|\n)[ \t]", "", text).splitlines():
        line = open_line + line
        if "QUOTED-PRINTABLE" in line.partition(":")[0].upper() and line.endswith("="):
            open_line = line[:-1]
            continue
        open_line = ""
        yield line
    if open_line:
        yield open_line


def _property(line: str) -> Property | None:
    """Read ``item1.TEL;TYPE=work,voice;PREF=1:+1 555 …``; None for a line that is none."""
    head = re.match(r"\s*(?:[\w-]+\.)?([\w-]+)", line)
    if not head:
        return None
    at, params = head.end(), []
    while found := _PARAM.match(line, at):
        params.append((found[1].upper(), (found[2] or "").strip('"')))
        at = found.end()
    if line[at : at + 1] != ":":
        return None
    given = dict(reversed(params))
    types = {word.strip('"').upper() for key, value in params if key == "TYPE" for word in value.split(",")}
    types |= {key for key, value in params if not value}
    preferred = "PREF" in types or given.get("PREF") == "1"
    value = _decoded(line[at + 1 :], (given.get("ENCODING") or "").upper(), given.get("CHARSET", ""), types)
    return Property(head[1].upper(), value, frozenset(types), preferred)


def _decoded(value: str, encoding: str, charset: str, types: set[str]) -> str:
    if encoding != "QUOTED-PRINTABLE" and "QUOTED-PRINTABLE" not in types:
        return value
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return raw.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _text(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _UNESCAPED.get(found[1], found[1]), value).strip()


# one card


def _card(lines: list[Property]) -> Card:
    card = Card()
    by_name: dict[str, list[Property]] = {}
    for line in lines:
        by_name.setdefault(line.name, []).append(line)
    firm = _is_firm(by_name)
    _names(card, by_name, firm=firm)
    for column, value in _reach(by_name, firm=firm):
        card.put(column, value)
    _addresses(card, by_name.pop("ADR", []))
    for name, properties in by_name.items():
        for each in properties:
            if name not in _TECHNICAL:
                card.put(_column(name, firm=firm), _shown(name, each))
    return card


def _column(name: str, *, firm: bool) -> str:
    if name == "NOTE":
        return "Notes" if firm else "Contact notes"
    return _NAMED.get(name) or (name.title() if name.isalpha() and len(name) > 4 else name)


def _is_firm(by_name: dict[str, list[Property]]) -> bool:
    """A card of an organization: it says so, or names itself as its organization and nobody else."""
    if any(p.value.strip().upper() == "ORG" for p in by_name.get("KIND", ())):
        return True
    if any(p.value.strip().upper() == "COMPANY" for p in by_name.get("X-ABSHOWAS", ())):
        return True
    person = any(any(p.parts()) for p in by_name.get("N", ()))
    names = {p.text.casefold() for p in by_name.get("FN", ())}
    return not person and any(p.parts()[0].casefold() in names for p in by_name.get("ORG", ()))


def _names(card: Card, by_name: dict[str, list[Property]], *, firm: bool) -> None:
    organizations = by_name.pop("ORG", [])
    full = [p.text for p in by_name.pop("FN", [])]
    for each in organizations[:1]:
        name, *units = each.parts()
        card.put("Organization", name)
        card.put("Department", ", ".join(unit for unit in units if unit))
    for each in organizations[1:]:
        card.put("Other organization", ", ".join(filter(None, each.parts())))
    parts = [re.sub(r"(?<!\\),", " ", part) for p in by_name.pop("N", [])[:1] for part in p.parts()]
    if firm:
        if not organizations:
            card.put("Organization", full[0] if full else " ".join(parts))
        return
    for column, part in zip(_NAME_PARTS, parts, strict=False):
        card.put(column, part)
    known = set(" ".join(parts).replace(",", " ").split())
    for name in full:
        if (
            not known
            or not (parts[0] or (parts[1:] and parts[1]))
            or not set(name.replace(",", " ").split()) >= known - set(parts[3:])
        ):
            card.put("Full name", name)


def _reach(by_name: dict[str, list[Property]], *, firm: bool) -> Iterator[tuple[str, str]]:
    """Emails and phones, the preferred and those of work first."""
    for each in sorted(by_name.pop("EMAIL", []), key=_worth):
        yield ("Company email" if firm else "Email"), re.sub(r"(?i)^mailto:", "", each.text)
    mobiles = 0
    for each in sorted(by_name.pop("TEL", []), key=_worth):
        number = _phone(each.text)
        if each.types & _FAX:
            yield ("Pager" if "PAGER" in each.types else "Fax"), number
        elif each.types & _CELL and not mobiles:
            mobiles += 1
            yield "Mobile phone", number
        else:
            yield ("Company phone" if firm else "Phone"), number


def _worth(each: Property) -> tuple[bool, bool, bool]:
    """What comes first: the preferred, then work, home last."""
    return not each.preferred, "WORK" not in each.types, "HOME" in each.types


def _phone(text: str) -> str:
    number, _, extension = re.sub(r"(?i)^tel:", "", text).partition(";ext=")
    return f"{number} x{extension}" if extension else number.partition(";")[0]


def _addresses(card: Card, addresses: list[Property]) -> None:
    """The address of work; a home is not where a partner is."""
    taken = False
    for each in sorted(addresses, key=_worth):
        parts = (each.parts() + [""] * 7)[:7]
        box, extended, street, city, state, code, country = parts
        if taken or ("HOME" in each.types and "WORK" not in each.types):
            column = "Other address" if taken else "Home address"
            card.put(column, ", ".join(filter(None, (street, extended, box, city, f"{state} {code}".strip(), country))))
            continue
        taken = any(parts)
        second = ", ".join(filter(None, (extended, box if street else "")))
        named = {"Street": street or box, "Address line 2": second, "City": city, "State": state, "ZIP": code}
        for column, value in (named | {"Country": country}).items():
            card.put(column, value)


def _shown(name: str, each: Property) -> str:
    """A picture is told by its size, since a cell can't hold it."""
    value = each.value.strip()
    if name in _BINARY or value.startswith("data:") or {"B", "BASE64"} & each.types:
        encoded = re.sub(r"\s", "", value.partition(",")[2] if value.startswith("data:") else value)
        if re.fullmatch(r"(?i)https?://\S+", value):
            return value
        try:
            size = len(binascii.a2b_base64(encoded))
        except binascii.Error:
            size = len(encoded) * 3 // 4
        return f"({name.lower()}, {-(-size // 1024)} kB)"
    if name == "CATEGORIES":
        return "; ".join(_text(part) for part in re.split(r"(?<!\\),", value) if part.strip())
    return each.text
