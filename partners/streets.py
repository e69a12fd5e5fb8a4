"""Two spellings of one street address meet in a key."""

import re
from functools import lru_cache

from partners.names import fold

_WORDS = {
    "street": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr", "lane": "ln",
    "court": "ct", "place": "pl", "highway": "hwy", "parkway": "pkwy", "pky": "pkwy", "circle": "cir", "suite": "ste",
    "terrace": "ter", "trail": "trl", "square": "sq", "building": "bldg", "floor": "fl", "flr": "fl", "room": "rm", "apartment": "apt",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "post": "p",
    "office": "o", "box": "box",
}  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")
_BOX = re.compile(r"^(?:p ?o|p o) box")


@lru_cache(maxsize=16_384)
def street_key(street: str) -> str:
    """Return what two spellings of an address have in common: ``"12 Main Street, Suite 4"`` is ``"12 main st ste 4"``."""
    words = _NOT_WORD.sub(" ", fold(street).replace("#", " ste ")).split()
    return _BOX.sub("po box", " ".join(_WORDS.get(word, word) for word in words))
