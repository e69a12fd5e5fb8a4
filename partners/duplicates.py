"""Are two partners one? The one place that answers, at typing, at import and in the nightly scan, and it says why.

A score from 0 to 1. The name gives most of it, address, phone, mail and web address raise it. How well it tells is
measured on labeled pairs (tests/data/duplicates/METHOD.md).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from partners.names import LEGAL_FORMS, name_key
from partners.streets import street_key

LIKELY = 0.8
"""From this score on two partners are shown as likely duplicates. Set on the labeled pairs."""

SIMILAR = 80
"""Names of this share of common signs (of 100) in one ZIP are asked about at import."""

WEAK = frozenset(
    "council district farmers human resource union academy accounting ag agencies agency agriculture air apartments arkansas assembly associated associates association "
    "attorney auto automotive bakery bank bar barber beauty big billing billings board bookkeeping bozeman brothers "
    "builders building business butte cafe capital care carpet carwash catering center central child children chinese "
    "chiropractic christian church city clean cleaners cleaning clinic club college communications community computer "
    "concrete conditioning construction consulting contracting contractor contractors convenience cooperative corner "
    "country county creations custom day daycare delivery dental dentistry design designs development discount "
    "distributing doctor east electric electrical energy engineering enterprise enterprises entertainment "
    "equipment estates event events excavating express family farm farms fashion financial firm first fitness flooring "
    "florist food foods foundation furniture gallery garage gas general glass great green grill grocery group hair hall "
    "handyman health heating helena holding holdings home homes hospital hotel house hvac improvement industrial "
    "industries inn institute insurance interior international investment investments island janitorial jewelry kalispell "
    "kitchen landscape landscaping law lawn learning liquor little livingston lodge logistics lounge lumber maintenance "
    "management manufacturing market marketing mart massage mechanical medical medicine memorial mexican mini ministries "
    "missoula mobile montana motel motor motors mountain nail nails national new north northwest office oil old one "
    "painting park partners pharmacy photography physical pizza place plaza plumbing pool preschool products professional "
    "project properties property public quality ranch real realty rehabilitation remodeling rental rentals repair resort "
    "resources restaurant retail revocable river rock roofing sales salon salons school seafood security senior services "
    "shop shoppe sign signs solutions south spa specialty sports state station steel storage store street studio studios "
    "super supplies supply surgery systems tax taxi technologies technology the therapy tile tire title tobacco towing "
    "trading transport transportation travel tree trucking trust united university upholstery valley veterinary video "
    "village wash washing waste water welding wellness west western window windows wine works world yard youth".split()
)
"""Words that many businesses share: two names that have only these in common are two businesses."""

BARE = frozenset(
    "biscuits coffee delivery enterprises food pizza restaurant sandwich sandwiches shop store stores".split()
)
"""What a brand may carry or leave out: Papa John's, Papa John's Pizza."""

_SUITE = re.compile(r" (?:ste|unit|apt|bldg|fl|rm|sp|space|lot|no)\b.*$")
_ORDINALS = frozenset("ii iii iv v vi vii viii ix".split())


@dataclass(slots=True, frozen=True)
class Facts:
    """What is compared of one partner. `places` are (street key, ZIP of five digits, folded city) of its sites; `phones`
    in E.164; `emails` of its people, folded."""

    key: str
    places: tuple[tuple[str, str, str], ...] = ()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    domain: str = ""

    @classmethod
    def of(
        cls,
        name: str,
        places: Iterable[tuple[str, str, str]] = (),
        phones: Iterable[str] = (),
        emails: Iterable[str] = (),
        domain: str = "",
    ) -> "Facts":
        """From values as they are stored: `places` are (street, ZIP, city)."""
        return cls(
            name_key(name),
            tuple((street_key(street), code[:5], city.casefold().strip()) for street, code, city in places),
            frozenset(phone for phone in phones if phone.startswith("+")),
            frozenset(email.casefold() for email in emails if email),
            domain,
        )


@dataclass(slots=True, frozen=True)
class Likeness:
    """`score` from 0 to 1, and why, in words: "name 87 % alike", "same street"."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def alike(one: Facts, other: Facts) -> Likeness:
    """How much speaks for the two being one partner.

    A shared address alone is an office building, a shared phone alone a bookkeeper: each needs a name that does not
    speak against it.
    """
    name = name_likeness(one.key, other.key)
    place = _place(one.places, other.places)
    score, reasons = name, ["same name" if name == 1 else f"name {round(fuzz.ratio(one.key, other.key))} % alike"]
    if place:
        reasons.append(place)
    if place == "same street" and name >= 0.65:
        score += (1 - score) * 0.4
    for shared, words, weight in (
        (one.domain and one.domain == other.domain, "same web or mail domain", 0.75),
        (one.phones & other.phones, "same phone", 0.7),
        (one.emails & other.emails, "a person with the same email", 0.75),
    ):
        if shared:
            reasons.append(words)
            score += (1 - score) * (weight if name >= 0.4 else weight * 0.8)
    return Likeness(min(score, 1.0), tuple(reasons))


def grounds(facts: Facts) -> set[str]:
    """What two partners must have one of in common to be compared at all: the beginning of a telling word, or a way to
    reach them. So thousands are compared without looking at every pair."""
    words = [word for word, weight in _core(facts.key) if weight == 1]
    found = {word[:4] for word in words} | {" ".join(word[:3] for word in facts.key.split()[:2])}
    found |= facts.phones | facts.emails | {f"@{facts.domain}"}
    return found - {"", "@"}


@lru_cache(maxsize=65_536)
def _core(key: str) -> tuple[tuple[str, float], ...]:
    """(word, weight) of what tells a name from others: legal forms and store numbers weigh nothing, so they are left out."""
    words = key.split()
    kept = [w for w in words if w not in LEGAL_FORMS and not w.isdigit() and w not in _ORDINALS] or words
    if all(_weight(w) < 1 for w in kept):
        kept = [w for w in words if w not in LEGAL_FORMS] or words
    return tuple((word, _weight(word)) for word in kept)


def _weight(word: str) -> float:
    return 0.1 if word in BARE else 0.35 if word in WEAK else 1.0


def name_likeness(one: str, other: str) -> float:
    """How alike two name keys are, 0 to 1.

    Words that only one name has count by their place: after what the two share they name a branch (Shotgun Dan's
    Pizza, Markham), before it another business (Best Janitorial, Arkansas Best Janitorial). Two names that each have
    words of their own are two lines of business, however much they share.
    """
    if one == other:
        return 1.0
    a, b = _core(one), _core(other)
    if len(a) > len(b):
        a, b = b, a
    pairs = _paired(a, b)
    own_a = [a[i] for i in range(len(a)) if i not in pairs]
    own_b = [(j, b[j]) for j in range(len(b)) if j not in {at for at, _ in pairs.values()}]
    full = sum(a[i][1] for i in pairs)
    shared = sum(a[i][1] * quality for i, (_, quality) in pairs.items())
    lost = sum(w for _, w in own_a) + sum(w for _, (_, w) in own_b)
    if not full:
        return 0.0
    dice = round(2 * shared / (2 * full + lost), 4)
    if not own_a and not own_b:
        return round((0.99 if full >= 1 else 0.9) * shared / full, 4)
    if own_a:
        slip = len(own_a) == len(own_b) == 1 and fuzz.ratio(own_a[0][0], own_b[0][1][0]) >= 80
        return 0.9 if slip and full >= 2 else min(dice, 0.6)
    if min(j for j, _ in own_b) < max(at for at, _ in pairs.values()) or full < 1:
        return min(dice, 0.68 if full >= 1 else 0.6)
    if sum(w for _, (_, w) in own_b) <= 0.2:
        return 0.95
    return max(dice, 0.82) if full >= 2 and len(own_b) <= 2 else min(dice, 0.7)


def _paired(a: tuple[tuple[str, float], ...], b: tuple[tuple[str, float], ...]) -> dict[int, tuple[int, float]]:
    found: dict[int, tuple[int, float]] = {}
    free = set(range(len(b)))
    for i, (word, _) in enumerate(a):
        best, at = 0.0, -1
        for j in free:
            quality = _same_word(word, b[j][0], i == len(a) - 1 and j == len(b) - 1)
            if quality > best:
                best, at = quality, j
        if at >= 0:
            found[i] = (at, best)
            free.discard(at)
    return found


def _same_word(one: str, other: str, last: bool) -> float:
    """1 for the same word, a little less for its plural, a slip of the pen or, at the end of a cut name, its beginning."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and long in (short + "s", short + "es"):
        return 0.98
    if last and len(short) >= 5 and long.startswith(short):
        return 0.93
    if one[0] != other[0] or ((one in WEAK) != (other in WEAK) and len(short) < 9):
        return 0.0
    distance = Levenshtein.distance(one, other, score_cutoff=2)
    if distance == 1 and len(short) >= 5:
        return 0.93 if len(short) > 6 else 0.8
    return 0.88 if distance == 2 and len(short) >= 9 else 0.0


def _place(one: Iterable[tuple[str, str, str]], other: Iterable[tuple[str, str, str]]) -> str:
    """The nearest that any of their sites come to each other, in words; nothing where they lie apart."""
    found = ""
    for street, code, city in one:
        for street_2, code_2, city_2 in other:
            near = code == code_2 if code and code_2 else bool(city and city == city_2)
            if street and near and (street == street_2 or _SUITE.sub("", street) == _SUITE.sub("", street_2)):
                return "same street"
            if near and code:
                found = f"same ZIP {code}"
    return found


class Names:
    """Name keys of one ZIP, to be searched for a similar one: what an import asks about before it makes a partner.

    A list is typed by hand, and a question costs little: so letters alone decide here (80 of 100 in common), and slips
    that would not make a likely duplicate are asked about too.
    """

    __slots__ = ("ids", "with_word")

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.with_word: dict[str, list[str]] = defaultdict(list)

    def add(self, key: str, organization: int) -> None:
        if key not in self.ids:
            self.ids[key] = organization
            for word in set(key.split()):
                self.with_word[word].append(key)

    def like(self, key: str) -> int | None:
        """Return the organization whose name is most like ``key``, if it is like enough.

        A slip spoils one word, or two if it hits the blank between them, so that of three words one is left to look for;
        shorter names are compared with all.
        """
        words = dict.fromkeys(key.split())
        near: Iterable[str] = self.ids.keys()
        if len(words) > 2:
            near = dict.fromkeys(name for word in words for name in self.with_word.get(word, ())).keys()
        found = process.extractOne(key, near, scorer=fuzz.ratio, score_cutoff=SIMILAR)
        return self.ids[found[0]] if found else None
