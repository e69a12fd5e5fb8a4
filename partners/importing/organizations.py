"""One row of a list once read, and the cleaners of an organization's own columns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from partners.importing.kindwords import read_channel, read_kind, read_stage
from partners.importing.values import (
    clean_count,
    clean_emails,
    clean_naics,
    clean_phone,
    clean_tags,
    clean_website,
    is_nothing,
    one_line,
)
from partners.naics import read_code


@dataclass(slots=True)
class Record:
    """One row of a list, read. ``own_id`` is the partner's id in a list that was exported here. ``org`` and ``site`` hold only what the row fills; ``named_after`` says that the
    organization had to be named after its person or domain.

    ``left`` lists the filled cells of mapped columns that fit nowhere: ``(column, value, why)``.
    """

    row: int
    org: dict[str, Any] = field(default_factory=dict)
    site: dict[str, str] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    left: list[tuple[int, str, str]] = field(default_factory=list)
    named_after: str = ""
    own_id: int = 0
    skip: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return str(self.org.get("name", ""))


def _own_id(record: Record, at: int, cell: str) -> None:
    if cell.isascii() and cell.isdigit() and len(cell) < 19:
        record.own_id = int(cell)
    else:
        record.left.append((at, cell, "is not an ID of an exported list"))


def _kind(record: Record, at: int, cell: str) -> None:
    kind, remark = read_kind(cell)
    if kind:
        record.org["kind"] = kind
        if remark:
            record.remarks.append(remark)
    else:
        record.left.append((at, cell, "is not a kind of partner"))


def _stage(record: Record, at: int, cell: str) -> None:
    if stage := read_stage(cell):
        record.org["stage"] = stage
    else:
        record.left.append((at, cell, "is not a stage"))


def _website(record: Record, at: int, cell: str) -> None:
    address, why = clean_website(cell)
    if address and "website" not in record.org:
        record.org["website"] = address
    elif not is_nothing(cell) or why:
        record.left.append((at, cell, why or "is one website too many"))


def _naics(record: Record, at: int, cell: str) -> None:
    if code := clean_naics(cell):
        today = read_code(code)
        record.org["naics"] = today.main or code
        if today.vintage:
            several = f", or one of {', '.join(today.codes[1:])}" if len(today.codes) > 1 else ""
            record.remarks.append(f"NAICS code {code} of {today.vintage} read as {today.main} of 2022{several}")
    else:
        record.left.append((at, cell, "is not a NAICS code"))


def _size(record: Record, at: int, cell: str) -> None:
    number, remark = clean_count(cell)
    if number is None:
        record.left.append((at, cell, "is not a number of people"))
        return
    record.org["employees"] = number
    if remark:
        record.remarks.append(remark)


def _tags(record: Record, at: int, cell: str) -> None:
    record.org["tags"] = list(dict.fromkeys([*record.org.get("tags", ()), *clean_tags(cell)]))


def _owner(record: Record, at: int, cell: str) -> None:
    record.org["owner"] = (at, one_line(cell))


def _channel(record: Record, at: int, cell: str) -> None:
    if channel := read_channel(cell):
        record.org["source"] = channel
    else:
        record.left.append(
            (at, cell, "is not a channel: council referral, intermediary, alumni, referral, event, cold contact")
        )


def _parent(record: Record, at: int, cell: str) -> None:
    """The name; whose it is, the plan finds out among the partners on file."""
    record.org["parent"] = (at, one_line(cell))


def _general_email(record: Record, at: int, cell: str) -> None:
    good, _ = clean_emails(cell)
    if good and "email" not in record.org:
        record.org["email"] = good[0]
        good = good[1:]
    elif not good:
        record.left.append((at, cell, "is not an email address"))
    record.left += [(at, address, "is one email too many") for address in good]


def _general_phone(record: Record, at: int, cell: str) -> None:
    if is_nothing(cell):
        record.left.append((at, cell, "says that there is no phone"))
        return
    phone = clean_phone(cell)
    if phone.remark:
        record.remarks.append(phone.remark)
    if "phone" in record.org:
        record.left.append((at, cell, "is one phone number too many"))
        return
    record.org["phone"] = phone.number
    if phone.ext:
        record.org["phone_ext"] = phone.ext
    record.left += [(at, other, "is one phone number too many") for other in phone.rest]


CLEANERS: dict[str, Callable[[Record, int, str], None]] = {
    "org_id": _own_id,
    "org_kind": _kind,
    "org_stage": _stage,
    "org_website": _website,
    "org_naics": _naics,
    "org_size": _size,
    "org_tags": _tags,
    "org_owner": _owner,
    "org_channel": _channel,
    "org_parent": _parent,
    "org_email": _general_email,
    "org_phone": _general_phone,
}
