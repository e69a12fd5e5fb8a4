"""From the cells of a row to an organization, its address and its people; what fits nowhere is listed."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from partners.importing.contact_words import READERS
from partners.importing.fields import LABEL, LEFT, NOTE
from partners.importing.organizations import CLEANERS, Record
from partners.importing.people import full_name, read_people
from partners.importing.tables import Table
from partners.importing.values import clean_emails, clean_phone, clean_state, clean_zip, is_nothing, one_line, shown
from partners.names import fold
from partners.reach import FREEMAIL
from wbl.web.exports import unguarded

Cells = list[tuple[int, str]]
NAME_LIMIT, PERSON_LIMIT, OTHER_PHONES = 200, 120, 300
UNNAMED = "No name: the row names neither an organization nor a person"
MEANT = {"org_kind": "kind", "org_stage": "stage"}
"""Targets whose words a person may explain, and the field that takes the meaning."""
LIMITS = {
    "industry": 150, "source_detail": 200, "street": 200, "city": 100, "goes_by": 60, "title": 120, "name": 120,
}  # fmt: skip


class Reader:
    """Reads the rows of one table by a mapping: ``targets[i]`` is the field of column ``i``, blank for none."""

    def __init__(
        self,
        table: Table,
        targets: list[str],
        corrections: dict[int, dict[int, str]] | None = None,
        meanings: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.table = table
        self.targets = targets
        self.corrections = corrections or {}
        self.meanings = meanings or {}
        self.cleaners = [(target, clean) for target, clean in CLEANERS.items() if target in targets]
        self.plan = [(at, target) for at, target in enumerate(targets) if target not in (LEFT, LABEL)]
        self.labels = {at + 1: at for at, target in enumerate(targets) if target == LABEL}

    def records(self) -> Iterator[tuple[Record, list[str]]]:
        """Yield ``(record, cells)`` of every filled row below the header."""
        for number, cells in self.table.rows():
            yield self.read(number, cells), cells

    def read(self, number: int, cells: list[str]) -> Record:
        """Return the record of one row; never raises for what a cell holds."""
        record = Record(number)
        record.skip = self.table.footers.get(number) or self.table.no_row(cells)
        if record.skip:
            return record
        if number in self.corrections:
            cells = list(cells)
            for at, value in self.corrections[number].items():
                cells += [""] * (at + 1 - len(cells))
                cells[at] = value
        found: dict[str, Cells] = {}
        width = len(cells)
        for at, target in self.plan:
            if at < width and (cell := cells[at]):
                if cell[0] == "'":
                    cell = unguarded(cell)
                found.setdefault(target, []).append((at, cell))
        self._organization(record, found)
        self._site(record, found)
        if self.labels:
            self._by_label(record, found, cells)
        self._contacts(record, found)
        self._notes(record, found)
        self._named(record)
        return record

    # the organization

    def _organization(self, record: Record, found: dict[str, Cells]) -> None:
        org = record.org
        if name := _first(found, "org_name"):
            org["name"] = one_line(name)
            if len(org["name"]) > NAME_LIMIT:
                record.error = f"The name has {len(org['name'])} characters and the limit is {NAME_LIMIT}"
        for target, key in (("org_industry", "industry"), ("org_source", "source_detail")):
            _put(record, org, found, target, key)
        for target, clean in self.cleaners:
            for at, cell in found.pop(target, ()):
                if target not in self.meanings or not self._meant(record, target, at, cell):
                    clean(record, at, cell)

    def _meant(self, record: Record, target: str, at: int, cell: str) -> bool:
        """Take what somebody said this word means; False where nobody did."""
        meant = self.meanings[target].get(fold(one_line(cell)))
        if meant is None:
            return False
        if meant:
            record.org[MEANT[target]] = meant
        else:
            record.left.append((at, cell, "is left out, as was chosen for this value"))
        return True

    def _site(self, record: Record, found: dict[str, Cells]) -> None:
        site = record.site
        cells = found.pop("address1", []) + found.pop("address2", [])
        if cells:
            lines = (one_line(line).strip(" ,") for _, cell in cells for line in cell.splitlines())
            street = ", ".join(dict.fromkeys(line for line in lines if line))
            site["street"] = street[:200]
            if len(street) > 200:
                record.remarks.append("The street address was cut at 200 characters")
        _put(record, site, found, "city", "city")
        _put(record, site, found, "site_name", "name")
        for _, cell in found.pop("state", ()):
            site["state"] = clean_state(cell)
        for at, cell in found.pop("zip", ()):
            zip_code, remark = clean_zip(cell, site.get("state", ""))
            if zip_code:
                site["zip"] = zip_code
            else:
                record.left.append((at, cell, "is not a ZIP code"))
            if remark:
                record.remarks.append(remark)

    def _by_label(self, record: Record, found: dict[str, Cells], cells: list[str]) -> None:
        """Google says in the column before what a phone is: a fax is none, a mobile is one."""
        phones = found.pop("phone", [])
        for at, cell in phones:
            before = self.labels.get(at)
            label = cells[before].lower() if before is not None and before < len(cells) else ""
            if "fax" in label or "pager" in label:
                record.left.append((at, cell, f"is a {'fax' if 'fax' in label else 'pager'} number"))
            else:
                found.setdefault("contact_mobile" if "mobile" in label or "cell" in label else "phone", []).append(
                    (at, cell)
                )

    # its people

    def _contacts(self, record: Record, found: dict[str, Cells]) -> None:
        names = self._names(record, found)
        emails = self._emails(record, found)
        phones = self._phones(record, found, "phone")
        mobiles = self._phones(record, found, "contact_mobile")
        extension = _first(found, "phone_extension") or ""
        if not names and not emails and not record.contacts:
            if (phones or mobiles) and "phone" not in record.org:
                self._organization_phone(record, (phones or mobiles).pop(0), extension)
            self._leftover(record, phones + mobiles, found)
            return
        if not names and record.org.get("name") and _is_general(emails[0][1]) and "email" not in record.org:
            record.org["email"] = emails.pop(0)[1]
            if phones and "phone" not in record.org:
                self._organization_phone(record, phones.pop(0), extension)
        people: list[dict[str, Any]] = [{"name": name} for name in names] or (
            [{"name": emails[0][1]}] if emails else []
        )
        self._spread(record, people, emails)
        if people:
            first = people[0]
            for number, key in ((phones, "phone"), (mobiles, "mobile")):
                if number:
                    _, value, ext = number.pop(0)
                    first[key] = value
                    if key == "phone" and (ext or extension):
                        first["phone_ext"] = (ext or extension)[:10]
            self._about(record, first, found)
            phones = _other_phones(first, phones)
        elif phones and "phone" not in record.org:
            self._organization_phone(record, phones.pop(0), extension)
        self._leftover(record, phones + mobiles, found)
        record.contacts += people

    def _names(self, record: Record, found: dict[str, Cells]) -> list[str]:
        composed = full_name(
            first=one_line(_first(found, "contact_first") or ""),
            middle=one_line(_first(found, "contact_middle") or ""),
            last=one_line(_first(found, "contact_last") or ""),
            suffix=one_line(_first(found, "contact_suffix") or ""),
        )
        prefix = found.pop("contact_prefix", [])
        whole = found.pop("contact_name", [])
        names = [composed] if composed else []
        for at, cell in whole:
            if is_nothing(cell):
                record.left.append((at, cell, "says that there is no name"))
            elif not composed:
                names += read_people(cell)
            elif not _same_name(composed, cell):
                record.left.append((at, cell, "differs from first and last name, which are kept"))
        for at, cell in prefix:
            record.left.append((at, cell, "a form of address is not part of the name"))
        if len(names) > 1:
            record.remarks.append(f"{len(names)} contacts from “{one_line(whole[0][1])[:80]}”")
        for name in names:
            if len(name) > PERSON_LIMIT:
                record.error = f"A contact's name has {len(name)} characters and the limit is {PERSON_LIMIT}"
        return names

    def _emails(self, record: Record, found: dict[str, Cells]) -> list[tuple[int, str]]:
        emails: list[tuple[int, str]] = []
        for at, cell in found.pop("email", ()):
            if is_nothing(cell):
                record.left.append((at, cell, "says that there is no email"))
                continue
            good, bad = clean_emails(cell)
            emails += [(at, address) for address in good]
            if bad and good:
                record.left.append((at, bad, "is not an email address"))
            elif bad:
                record.error = record.error or f"Email “{one_line(bad)[:80]}” is not an address"
                record.left.append((at, cell, "is not an email address"))
            if len(good) > 1:
                record.remarks.append(f"{len(good)} email addresses in one cell")
        seen: dict[str, tuple[int, str]] = {}
        for at, address in emails:
            seen.setdefault(address.lower(), (at, address.lower()))
        return list(seen.values())

    def _phones(self, record: Record, found: dict[str, Cells], target: str) -> list[tuple[int, str, str]]:
        numbers: list[tuple[int, str, str]] = []
        for at, cell in found.pop(target, ()):
            if is_nothing(cell):
                record.left.append((at, cell, "says that there is no phone"))
                continue
            phone = clean_phone(cell)
            if phone.remark:
                record.remarks.append(phone.remark)
            if phone.number not in {number for _, number, _ in numbers}:
                numbers.append((at, phone.number, phone.ext))
            for other in phone.rest:
                read = clean_phone(other)
                numbers.append((at, read.number, read.ext))
        return numbers

    def _spread(self, record: Record, people: list[dict[str, Any]], emails: list[tuple[int, str]]) -> None:
        """As many addresses as people pair up in their order; else all belong to the first person."""
        if len(people) > 1 and len(emails) == len(people):
            for person, (_, address) in zip(people, emails, strict=True):
                person["email"] = address
        elif emails and people:
            people[0]["email"] = emails[0][1]
            others = ", ".join(address for _, address in emails[1:])
            if len(others) <= 500 and others:
                people[0]["other_emails"] = others
            elif others:
                record.left += [(at, address, "is one email too many") for at, address in emails[1:]]

    def _about(self, record: Record, person: dict[str, Any], found: dict[str, Cells]) -> None:
        _put(record, person, found, "contact_goes_by", "goes_by")
        _put(record, person, found, "contact_title", "title")
        for target, (key, read) in READERS.items():
            for at, cell in found.pop(target, ()):
                value, why = read(cell)
                if value is not None:
                    person[key] = value
                elif why and not is_nothing(cell):
                    record.left.append((at, cell, why))
        lines = [f"Department: {one_line(cell)}" for _, cell in found.pop("contact_department", ())]
        lines += [cell for _, cell in found.pop("contact_notes", ())]
        if lines:
            person["notes"] = "\n".join(lines)

    def _organization_phone(self, record: Record, phone: tuple[int, str, str], extension: str) -> None:
        record.org["phone"] = phone[1]
        if phone[2] or extension:
            record.org["phone_ext"] = (phone[2] or extension)[:10]

    def _leftover(self, record: Record, phones: list[tuple[int, str, str]], found: dict[str, Cells]) -> None:
        for at, number, _ in phones:
            record.left.append((at, shown(number), "is one phone number too many"))
        for target in ("contact_goes_by", "contact_title", "contact_department", "contact_notes", *READERS):
            for at, cell in found.pop(target, ()):
                record.left.append((at, cell, "belongs to a contact, and the row names none"))

    # notes, and the name

    def _notes(self, record: Record, found: dict[str, Cells]) -> None:
        lines = []
        for at, cell in found.pop(NOTE, ()):
            name = self.table.column_name(at)
            lines.append(cell if name.lower() in ("note", "notes", "comment", "comments") else f"{name}: {cell}")
        if lines:
            record.org["notes"] = "\n".join(lines)

    def _named(self, record: Record) -> None:
        if record.org.get("name") or record.error:
            return
        if not record.contacts:
            record.error = UNNAMED
            return
        person = record.contacts[0]
        domain = person.get("email", "").rpartition("@")[2].lower()
        if person["name"] == person.get("email") and domain and domain not in FREEMAIL:
            record.org["name"], record.named_after = domain, "domain"
        else:
            record.org["name"], record.named_after = person["name"], "person"
        record.remarks.append(f"No organization in the row: named after its {record.named_after}")


def _other_phones(person: dict[str, Any], phones: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Further numbers of a person stand beside the first; returned is what is too long to be kept there."""
    said = ", ".join(f"{number} x{ext}" if ext else number for _, number, ext in phones)
    if not said or len(said) > OTHER_PHONES:
        return phones
    person["other_phones"] = said
    return []


def _first(found: dict[str, Cells], target: str) -> str | None:
    cells = found.pop(target, None)
    return cells[0][1] if cells else None


def _put(record: Record, into: dict[str, Any], found: dict[str, Cells], target: str, key: str) -> None:
    """A one-line text; what is too long is listed rather than cut."""
    for at, cell in found.pop(target, ()):
        text = one_line(cell)
        if len(text) > LIMITS[key]:
            record.left.append((at, cell, f"is longer than {LIMITS[key]} characters"))
        elif key in into:
            record.left.append((at, cell, "is one too many"))
        else:
            into[key] = text


def _same_name(composed: str, cell: str) -> bool:
    return set(composed.lower().replace(",", " ").split()) <= set(cell.lower().replace(",", " ").split())


@lru_cache(maxsize=4096)
def _is_general(email: str) -> bool:
    return email.partition("@")[0].lower() in {
        "info",
        "office",
        "contact",
        "hello",
        "mail",
        "sales",
        "hr",
        "admin",
        "frontdesk",
        "reception",
        "jobs",
        "careers",
        "support",
    }
