"""Putting a row onto its organization: empty fields are filled, places and people added; nothing is overwritten, unless
the list is said to be newer: then its filled cells replace what is on file."""

from typing import TYPE_CHECKING, Any

from partners.importing.kindwords import KINDS
from partners.importing.known import CONTACT_FIELDS, Person, Place
from partners.importing.values import one_line, shown
from partners.models import Source
from partners.models.importing import FURTHER_SITE, Outcome
from partners.names import name_key, sort_key
from partners.streets import street_key

if TYPE_CHECKING:
    from partners.importing.planning import Line

LABELS = {
    "name": "Name",
    "kind": "Kind", "stage": "Stage", "owner_id": "Owner", "phone": "Phone", "phone_ext": "Extension", "email": "Email",
    "website": "Website", "naics": "NAICS code", "industry": "Industry", "employees": "Employees",
    "source_detail": "Referred by", "tags": "Tags", "notes": "Notes", "goes_by": "Goes by", "title": "Title",
    "other_emails": "Other emails", "mobile": "Mobile", "source": "Found through", "parent_id": "Parent company",
    "other_phones": "Other phones", "prefers": "Prefers", "best_time": "Best time", "language": "Language",
    "alumni_school": "Alumni of", "alumni_year": "Class of", "do_not_contact": "Do not contact",
}  # fmt: skip
TARGETS = {
    "name": ("org_name",),
    "kind": ("org_kind",), "stage": ("org_stage",), "phone": ("org_phone", "phone"), "email": ("org_email", "email"),
    "website": ("org_website",), "naics": ("org_naics",), "industry": ("org_industry",), "employees": ("org_size",),
    "source_detail": ("org_source",), "tags": ("org_tags",), "notes": ("note",), "owner_id": ("org_owner",),
    "title": ("contact_title",), "mobile": ("contact_mobile",), "source": ("org_channel",), "parent_id": ("org_parent",),
    "prefers": ("contact_prefers",), "best_time": ("contact_best_time",), "language": ("contact_language",),
    "alumni_school": ("contact_school",), "alumni_year": ("contact_class",),
}  # fmt: skip
"""Where a field's value came from in the list, to name the column of a value that was not taken over."""
REPLACED_OF_PEOPLE = (
    *("email", "phone", "title", "mobile", "goes_by"),
    *("prefers", "best_time", "language", "alumni_school", "alumni_year"),
)
"""What a newer list replaces of a person; "do not contact" is only ever added."""
UNTOLD = frozenset({"parent_id", "referred_by_id", "referred_by_contact_id"})
"""Ids of other records: what became of them is told by name."""
NOT_ALONE = UNTOLD | {"phone_ext"}
# a partner's kind and stage are never empty: what somebody set, or the default, stays
NEVER_FILLED = frozenset({"kind", "stage"})


def fill_organization(line: "Line", owner: int | None) -> list[str]:
    """Fill what the organization lacks; return what differs and stays as it is. Other records are tied to it later."""
    target, org = line.target, line.record.org
    assert target is not None
    differs: list[str] = []
    wanted = {
        key: value
        for key, value in org.items()
        if key not in ("name", "owner", "parent", "source_detail") and value not in ("", None, [])
    }
    if owner:
        wanted["owner_id"] = owner
    if line.record.own_id and not line.new and line.record.name and not line.record.named_after:
        target.values["name"], wanted["name"] = target.name, line.record.name
    if line.new:  # nothing stands there yet
        line.filled |= wanted
        target.values |= wanted
        target.settled.update((0, key) for key in wanted)
    else:
        for key, value in wanted.items():
            differs += fill_field(line, key, value)
    _settle_extension(line, target, org)
    return differs


def fill_field(line: "Line", key: str, value: Any) -> list[str]:
    """Fill one field of the organization; what differs and stays is returned, in words."""
    target = line.target
    assert target is not None
    have: Any = target.values.get(key)
    replaced = not line.new and _replace(line, target, 0, key, have, value)
    target.settled.add((0, key))
    if replaced:
        return []
    if have in ("", None, []) and (line.new or key not in NEVER_FILLED):
        line.filled[key] = target.values[key] = value
    elif key == "tags":
        if missing := [tag for tag in value if tag not in have]:
            not_taken(line, key, ", ".join(missing), have)
            return [f"Tags {', '.join(missing)} left out"]
    elif _plain(have) != _plain(value) and key != "owner_id" and not (key in NEVER_FILLED and target.id is None):
        not_taken(line, key, value, have)
        return [f"{LABELS[key]} “{_said(key, value)}” differs, “{_said(key, have)}” stays"]
    return []


def _settle_extension(line: "Line", thing: Any, said: Any) -> None:
    """An extension goes with its phone: no new one beside an old number, no old one beside a new number."""
    fields = next((fields for changed, fields in line.replaced if changed is thing), {})
    if "phone" in fields and thing.values.get("phone_ext") and not said.get("phone_ext"):
        fields["phone_ext"] = (thing.values["phone_ext"], "")
        thing.values["phone_ext"] = ""
    if "phone" not in line.filled and "phone" not in fields:
        line.filled.pop("phone_ext", None)


def _replace(line: "Line", thing: Any, pk: int, key: str, have: Any, value: Any) -> bool:
    """Put what a newer list says in the place of what is on file; True when the field is settled so."""
    target = line.target
    assert target is not None
    if not line.overwrites or have in ("", None, []) or thing.id is None or (pk, key) in target.settled:
        return False
    if key == "tags":
        value = [*have, *(tag for tag in value if tag not in have)]
        if value == have:
            return True
    elif value == (one_line(have) if key == "name" else have) or (key != "name" and _plain(have) == _plain(value)):
        return True
    thing.values[key] = value
    for changed, fields in line.replaced:
        if changed is thing:
            fields[key] = (have, value)
            break
    else:
        line.replaced.append((thing, {key: (have, value)}))
    return True


def not_taken(line: "Line", key: str, value: Any, have: Any) -> None:
    """List a value that would overwrite another, with the column it stands in."""
    columns = [line.columns[target] for target in TARGETS.get(key, ()) if target in line.columns]
    if columns:
        line.record.left.append((columns[0], _short(value), f"differs from “{_short(have)}”, which stays"))


def add_site(line: "Line", *, moved: bool = False) -> list[str]:
    """Add the row's address unless the organization has it; fill what a known address lacks. With `moved` it takes the
    place of the only one on file. Returned is what speaks for asking whether they moved."""
    target, site = line.target, line.record.site
    assert target is not None
    if not site:
        return []
    street, zip5, city = street_key(site.get("street", "")), site.get("zip", "")[:5], site.get("city", "").casefold()
    for place in target.sites:
        if not (_same_place(place, street, zip5, city) if street or zip5 or city else _same_name(place, site)):
            continue
        missing = {key: value for key, value in site.items() if value and not place.values.get(key)}
        if missing:
            place.values.update(missing)
            place.street = place.street or street
            line.refilled.append((place, missing))
        return []
    only = target.sites[0] if len(target.sites) == 1 and target.sites[0].id else None
    if moved and only:
        _move(line, only, site, street)
        return []
    told = f"On file is {_line(only.values)}, which stays" if only else ""
    place = Place(None, dict(site), street)
    target.sites.append(place)
    line.sites.append(place)
    return [told] if told else []


def _move(line: "Line", place: Place, site: dict[str, str], street: str) -> None:
    """The address that is on file gives way, whole: the ZIP of the old one says nothing of the new."""
    wanted = {key: site.get(key, "") for key in ("street", "city", "state", "zip")}
    fields = {key: (place.values.get(key, ""), value) for key, value in wanted.items()}
    line.replaced.append((place, {key: pair for key, pair in fields.items() if pair[0] != pair[1]}))
    line.moved_from = _line(place.values)
    place.values.update(wanted)
    place.street = street


def _same_name(place: Place, site: dict[str, str]) -> bool:
    """A row that only names the site means the one of that name, or one without any."""
    return place.values.get("name", "").casefold() in ("", site.get("name", "").casefold())


def _same_place(place: Place, street: str, zip5: str, city: str) -> bool:
    """Equal streets, or one is blank, with nothing that speaks against it in ZIP or city."""
    if street and place.street and street != place.street:
        return False
    if zip5 and place.zip5:
        return zip5 == place.zip5
    have = place.values.get("city", "").casefold()
    return city == have if city and have else bool(street and street == place.street)


def add_people(line: "Line") -> list[str]:
    """Add the row's people unless the organization has them, by email or name; return what differs."""
    target = line.target
    assert target is not None
    differs: list[str] = []
    for contact in line.record.contacts:
        key, email = sort_key(contact["name"]), contact.get("email", "").lower()
        person = _person(target.people, key, email)
        if person is None:
            person = Person(None, dict(contact), key)
            target.people.append(person)
            line.people.append(person)
            continue
        missing = {k: contact[k] for k in CONTACT_FIELDS if contact.get(k) and not person.values.get(k)}
        if "phone" not in missing:
            missing.pop("phone_ext", None)
        if missing:
            person.values.update(missing)
            line.refilled.append((person, missing))
        for field in REPLACED_OF_PEOPLE:
            have, value = person.values.get(field), contact.get(field)
            if value and field not in missing and _replace(line, person, person.id or 0, field, have, value):
                continue
            if (
                field in ("email", "phone", "title", "prefers", "language")
                and have
                and value
                and _plain(have) != _plain(value)
            ):
                differs.append(
                    f"{person.values['name']}: {LABELS[field]} “{_short(value)}” differs, “{_short(have)}” stays"
                )
                not_taken(line, field, value, have)
        if person.id:
            target.settled |= {(person.id, field) for field in contact if contact[field]}
        if person.values.get("do_not_contact") and not contact.get("do_not_contact"):
            differs.append(f"{person.values['name']} stays opted out")
    return differs


def _person(people: list[Person], key: str, email: str) -> Person | None:
    for person in people:
        if email and str(person.values.get("email", "")).lower() == email:
            return person
        # the same name with another address is another person only when both addresses are known and differ in full
        if key == person.key:
            return person
    return None


def describe(line: "Line") -> str:
    """Return in one line what the row changes and why."""
    parts: list[str] = []
    if line.new:
        parts.append(_of_new(line))
    elif line.outcome == Outcome.UNCHANGED:
        parts.append(_same(line))
    else:
        parts.append(_of_known(line))
    return ". ".join(part for part in (*parts, *line.record.remarks, *line.differs, *_unread(line)) if part)


def _unread(line: "Line") -> list[str]:
    """Cells of mapped columns that are not what their column holds, such as an owner who is nobody here."""
    left = line.record.left
    return [
        f"“{_short(text)}” {why}: not taken over" for _at, text, why in left if why.startswith(("is no ", "is not "))
    ]


def _of_new(line: "Line") -> str:
    values = line.record.org
    said = any(remark.startswith("Kind “") for remark in line.record.remarks)
    kind = "" if said else KINDS.get(values.get("kind", ""), "")
    head = ", ".join(value for value in (kind, values.get("industry", "")) if value) or _address(line)
    people = _people(line.people)
    return ". ".join(part for part in (head, f"Contact {people}" if people else "", *line.tied) if part)


def _of_known(line: "Line") -> str:
    assert line.target is not None
    parts = [
        _told(line, thing, key, *pair)
        for thing, fields in line.replaced
        if not isinstance(thing, Place)
        for key, pair in fields.items()
        if key not in UNTOLD and (key != "source_detail" or pair[1])
    ]
    if line.moved_from:
        parts.append(f"Address {line.moved_from} → {_line(line.record.site)}")
    parts += [f"{LABELS[key]} {_said(key, value)}" for key, value in line.filled.items() if key not in NOT_ALONE]
    parts += line.tied
    parts += [f"{FURTHER_SITE}{_line(place.values)}" for place in line.sites]
    parts += [f"Contact added: {_people([person])}" for person in line.people]
    for thing, missing in line.refilled:
        whose = thing.values["name"] if isinstance(thing, Person) else "Address"
        said = ("do not contact" if key == "do_not_contact" else _short(value) for key, value in missing.items())
        parts.append(f"{whose}: {', '.join(said)}")
    return ". ".join(parts)


def _told(line: "Line", thing: Any, key: str, have: Any, value: Any) -> str:
    """“Phone (405) 555-0101 → (405) 555-0102”: what is on file, and what will be."""
    whose = f"{thing.values['name']}: " if isinstance(thing, Person) else ""
    if key == "owner_id":
        have, value = (line.owners.get(pk, "somebody").title() for pk in (have, value))
    return f"{whose}{LABELS[key]} {_said(key, have)} → {_said(key, value) or 'none'}"


def _same(line: "Line") -> str:
    target = line.target
    assert target is not None
    if target.first_row and target.first_row != line.record.row:
        return f"Same as row {target.first_row}"
    return (
        "Same as on file" if name_key(target.name) == name_key(line.record.name) else f"Same as {target.name} on file"
    )


def _people(people: list[Person]) -> str:
    return "; ".join(map(_person_line, people))


def _person_line(person: Person) -> str:
    name, reach = person.values["name"], shown(str(person.values.get("phone", ""))) or person.values.get("email", "")
    return f"{name}, {reach}" if reach and reach != name else str(name)


def _address(line: "Line") -> str:
    return _line(line.record.site)


def _line(site: dict[str, str]) -> str:
    place = " ".join(part for part in (site.get("state", ""), site.get("zip", "")) if part)
    return ", ".join(part for part in (site.get("street", ""), site.get("city", ""), place) if part)


def _plain(value: Any) -> str:
    text = str(value).casefold().strip().rstrip("/")
    return text.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _said(key: str, value: Any) -> str:
    """A value as people read it: kinds, stages and channels are stored by their keys."""
    if key == "kind":
        return KINDS.get(value, value)
    if key == "source":
        return str(dict(Source.choices).get(value, value))
    return str(value).title() if key == "stage" else _short(value)


def _short(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list) else shown(str(value))
    return text if len(text) <= 60 else text[:57] + "…"
