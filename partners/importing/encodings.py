"""Which encoding a text file has, and its text.

Unicode is recognised by its marks or its form; of the single-byte encodings, that one is taken under which the signs
outside ASCII look most like letters inside words.
"""

import codecs
import re
import unicodedata

from partners.importing.limits import Refused

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SINGLE_BYTE = ("cp1252", "mac_roman", "cp850", "latin-1")
NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "utf-32": "UTF-32", "cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850", "latin-1": "Latin-1",
}  # fmt: skip
UNKNOWN = "The encoding of the file is unknown{where}: save the list as “CSV UTF-8” and upload that file."

_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LIKELY = frozenset("áéíóúüñàèìòùâêîôûäëïöçãõåæøœßÁÉÍÓÚÜÑÄÖÅÇ")
_PUNCTUATION = frozenset("‘’“”–—…•®™©°½¼¾²³£€§¡¿«»\xa0´")


def decode(data: bytes) -> tuple[str, str]:
    """Return ``(text, encoding)``; raise `Refused` for bytes that no common encoding explains."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data, encoding), encoding
    wide = _wide_without_mark(data)
    if wide:
        return _strict(data, wide), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _mixed(data) or _single_byte(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        where = f" (marked as {NAMES[encoding]}, but byte {error.start:,} does not fit)"
        raise Refused(UNKNOWN.format(where=where)) from None


def _wide_without_mark(data: bytes) -> str:
    """UTF-16 of western text has a zero in every second byte; a stray NUL has not."""
    head = data[: 64 * 1024]
    half = len(head) // 2
    if half < 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    return ""


def _mixed(data: bytes) -> tuple[str, str] | None:
    """A UTF-8 file into which a few lines of another encoding were pasted keeps its UTF-8."""
    left = _UTF8_PAIR.sub(b"", data)
    pairs, strays = len(_UTF8_PAIR.findall(data)), len(_HIGH.findall(left))
    if pairs < 3 * strays:
        return None
    return data.decode("utf-8", errors="wbl-cp1252"), "utf-8"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("wbl-cp1252", _as_cp1252)


def _single_byte(data: bytes) -> tuple[str, str]:
    best, best_score = "", -1.0
    for encoding in SINGLE_BYTE:
        try:
            score = _plausibility(data, encoding)
        except UnicodeDecodeError:
            continue
        if score > best_score + 0.02:
            best, best_score = encoding, score
    if best_score < 0.6:
        raise Refused(UNKNOWN.format(where=_first_odd_place(data)))
    return data.decode(best), best


def _plausibility(data: bytes, encoding: str) -> float:
    """Share (0 to 1) of the signs outside ASCII that stand where such a sign stands in western text."""
    text = data.decode(encoding)
    total = good = 0.0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        sign, at = match.group(), match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        total += 1
        good += _sign_score(sign, before, after)
        if total >= 5_000:
            break
    return good / total if total else 1.0


def _sign_score(sign: str, before: str, after: str) -> float:
    in_word = (before.isalpha() and before.isascii()) or (after.isalpha() and after.isascii())
    if sign in _LIKELY:
        if sign.isupper() and before.islower():
            return 0.2
        return 1.0 if in_word else 0.5
    if sign in _PUNCTUATION:
        in_middle = before.isalpha() and after.isalpha()
        return 1.0 if sign in "’‘" or not in_middle else 0.3
    if unicodedata.category(sign)[0] == "L":
        return 0.6 if in_word else 0.2
    return 0.0


def _first_odd_place(data: bytes) -> str:
    match = _HIGH.search(data)
    if not match:
        return ""
    row = len(re.findall(rb"\r\n|\r|\n", data[: match.start()])) + 1
    return f" (first met in line {row:,})"
