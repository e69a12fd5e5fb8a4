"""Cleaning of single values. Each function returns the value and, where something was mended, a remark that says what."""

import re
from decimal import Decimal, InvalidOperation

from partners.importing.places import state_code
from partners.reach import is_email, read_phone

NOTHING = frozenset("n/a na none null - -- --- unknown tbd #n/a #ref! #value! nan (blank) (none) 0/0/00 ? .".split()) | {
    "not available", "not applicable", "no email", "no phone"
}  # fmt: skip

_PLAIN_PHONE = re.compile(r"\(?([2-9]\d\d)\)?[\s.\-/]*(\d{3})[\s.\-]*(\d{4})")
_EXTENSION = re.compile(r"[\s,;]*(?:x|ext\.?|extension|#)\s*\.?:?\s*(\d{1,7})\s*$", re.I)
_SCIENTIFIC = re.compile(r"\+?\d(?:[.,]\d+)?e\+?\d{1,2}", re.I)
_SEVERAL = re.compile(r"\s*(?:;|\||\n|\s/\s|,(?=\s*[(+\d])|\bor\b|\band\b)\s*", re.I)
_EMAILS = re.compile(r"[^\s@<>,;:|/\"()\[\]]+@[^\s@<>,;:|/\"()\[\]]+")
_ZIP = re.compile(r"(\d{5})[-\s]*(\d{4})?")


def is_nothing(cell: str) -> bool:
    """Tell whether a cell says that there is nothing (“n/a”, “none”, “-”)."""
    return cell.lower() in NOTHING or not any(map(str.isalnum, cell))


def one_line(cell: str) -> str:
    """Return a text for a one-line field: inner line breaks and runs of blanks become one blank."""
    return (
        " ".join(cell.split())
        if "\n" in cell or "  " in cell or "\t" in cell or "\r" in cell or "\xa0" in cell
        else cell
    )


def shown(number: str) -> str:
    """Return an E.164 number as a US reader writes it."""
    if number.startswith("+1") and len(number) == 12:
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number


class PhoneValue:
    """A phone read from a cell: ``number`` in E.164 when ``ok``, else as typed; ``rest`` holds further numbers of the cell."""

    __slots__ = ("ext", "number", "ok", "remark", "rest")

    def __init__(
        self, number: str, ext: str = "", remark: str = "", rest: list[str] | None = None, *, ok: bool = True
    ) -> None:
        self.number, self.ext, self.remark, self.rest, self.ok = number, ext, remark, rest or [], ok


def clean_phone(cell: str) -> PhoneValue:
    """Read a US phone, with its extension; what can't be read is kept as typed, with a remark."""
    match = _PLAIN_PHONE.fullmatch(cell)
    if match:
        return PhoneValue("+1" + match[1] + match[2] + match[3])
    if _SCIENTIFIC.fullmatch(cell):
        return _scientific_phone(cell)
    first, *rest = [part for part in _SEVERAL.split(cell.removesuffix(".0")) if part] or [cell]
    if rest and not any(sum(map(str.isdigit, part)) >= 7 for part in rest):
        first, rest = cell, []
    extension = ""
    if found := _EXTENSION.search(first):
        extension, first = found[1], first[: found.start()]
    if plain := _PLAIN_PHONE.fullmatch(first.removeprefix("+").removeprefix("1").lstrip(" -.")):
        return PhoneValue("+1" + plain[1] + plain[2] + plain[3], extension, rest=rest)
    local = len(re.sub(r"\D", "", first)) == 7 and not first.startswith("+")
    read = read_phone(first)
    if read.ok and not local:
        return PhoneValue(read.number, extension or read.ext, rest=rest)
    why = "has no area code" if local else "is not a phone number"
    return PhoneValue(cell[:40], remark=f"Phone “{cell[:40]}” {why}, kept as it is", ok=False)


def _scientific_phone(cell: str) -> PhoneValue:
    """Excel shows a phone as 5.55014E+09; with ten digits kept it can be read again, with fewer it is lost."""
    try:
        digits = str(int(Decimal(cell.lower().replace(",", "."))))
    except (InvalidOperation, ValueError):
        digits = ""
    kept = len(re.sub(r"\D", "", cell.lower().split("e")[0]))
    if kept < len(digits) or not (
        plain := _PLAIN_PHONE.fullmatch(digits.removeprefix("1") if len(digits) == 11 else digits)
    ):
        return PhoneValue(cell[:40], remark=f"Phone {cell} lost its last digits in Excel, kept as it is", ok=False)
    number = "+1" + plain[1] + plain[2] + plain[3]
    return PhoneValue(number, remark=f"Phone {cell} read as {shown(number)}")


def clean_zip(cell: str, state: str = "") -> tuple[str, str]:
    """Return ``(ZIP, remark)``; zeros that a spreadsheet cut are put back. Blank for what is none of any country.

    Two lost zeros are believed in Puerto Rico and the Virgin Islands only: elsewhere three digits are a ZIP cut short.
    """
    text = cell.removesuffix(".0")
    if len(text) == 5 and text.isdigit():
        return text, ""
    match = _ZIP.fullmatch(text)
    if match:
        return (f"{match[1]}-{match[2]}" if match[2] else match[1]), ""
    digits = text.replace("-", "")
    if digits.isdigit():
        full = _with_zeros(digits, state)
        return full, f"ZIP code {cell} read as {full}, the zero was lost in Excel" if full else ""
    return (text, "") if re.fullmatch(r"[A-Za-z\d][A-Za-z\d -]{2,9}", text) and re.search(r"\d", text) else ("", "")


def _with_zeros(digits: str, state: str) -> str:
    if len(digits) == 4 or (len(digits) == 3 and state in ("PR", "VI")):
        return digits.zfill(5)
    if len(digits) == 8:
        return f"0{digits[:4]}-{digits[4:]}"
    return ""


def clean_state(cell: str) -> str:
    """Return the two letters of a US state, else the text as typed (30 characters)."""
    return state_code(cell) or cell[:30]


def clean_emails(cell: str) -> tuple[list[str], str]:
    """Return ``(addresses, what is not one)``: “Jane <jane@a.org>; b@a.org” gives two and nothing."""
    if " " not in cell and is_email(cell):
        return [cell], ""
    text = re.sub(r"mailto:|smtp:", "", cell, flags=re.I)
    found = [address.strip(".'") for address in _EMAILS.findall(text)]
    good = [address for address in dict.fromkeys(found) if is_email(address)]
    bad = next((address for address in found if not is_email(address)), "")
    return good, bad or ("" if good else cell)


def clean_website(cell: str) -> tuple[str, str]:
    """Return ``(address with its scheme, why it is none)``."""
    text = cell.split()[0].strip("<>,;") if cell.split() else ""
    if "@" in text and "/" not in text:
        return "", "is an email address, not a website"
    lower = text.lower()
    if not lower.startswith(("http://", "https://")):
        if "://" in lower or "." not in lower.strip(".") or lower.startswith(("javascript:", "data:")):
            return "", "is not a website"
        text = "https://" + text
    scheme, _, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    if not host or "." not in host:
        return "", "is not a website"
    return (
        (f"{scheme.lower()}://{host.lower()}{slash}{path}", "")
        if len(text) <= 300
        else ("", "is longer than 300 characters")
    )


def clean_count(cell: str) -> tuple[int | None, str]:
    """Return ``(employees, remark)``: “51-200” gives its lower end, “10,001+” the number."""
    numbers = re.findall(r"\d[\d,]*", cell.removesuffix(".0"))
    if (
        not numbers
        or len(numbers[0]) > 11
        or re.search(r"[A-Za-z]{4,}", re.sub(r"(?i)employees|people|staff|about|over", "", cell))
    ):
        return None, ""
    number = int(numbers[0].replace(",", ""))
    if number > 2_000_000_000:
        return None, ""
    return number, f"“{cell}” people employed read as {number:,}" if len(numbers) > 1 else ""


def clean_naics(cell: str) -> str:
    """Return a NAICS code of two to six digits (or a sector range), or nothing."""
    found = re.match(r"(\d\d-\d\d|\d{2,6})(?:\.0)?(?:\D|$)", cell)
    return found[1] if found else ""


def clean_tags(cell: str) -> list[str]:
    """Return the tags of a cell; Google's own groups (“* myContacts”) are left out."""
    tags = (one_line(part).strip(" *#") for part in re.split(r":::|[;|\n]", cell))
    return list(
        dict.fromkeys(
            tag[:40]
            for tag in tags
            if tag and tag.lower() not in {"mycontacts", "my contacts", "starred", "other contacts"}
        )
    )
