"""The columns of a list like an earlier one are mapped as a person mapped those."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from partners.importing.fields import BY_KEY
from partners.models import Import, ImportMapping
from partners.names import fold

ALIKE = 0.75
"""Lists that share this part of all their columns are of one make."""
LOOKED_AT = 100


def named(headers: Sequence[str]) -> list[str]:
    """Headers folded, each with its number where several are alike: what a column is called in a mapping."""
    seen: Counter[str] = Counter()
    names = []
    for header in headers:
        text = " ".join(fold(header).split())
        seen[text] += 1
        names.append(f"{text} ({seen[text]})" if seen[text] > 1 else text)
    return names


def remember(job: Import) -> None:
    """Keep the choices of a list for the next one with the same columns."""
    if not (job.facts.get("header_row") or job.facts.get("cards")):
        return
    names = named(job.headers)
    ImportMapping.objects.update_or_create(
        key=_key(names),
        defaults={
            "headers": sorted(names),
            "targets": dict(zip(names, job.targets, strict=True)),
            "meanings": job.meanings,
            "overwrites": job.overwrites,
            "filename": job.filename,
        },
    )


def recall(job: Import) -> None:
    """Map the columns as those of the list before, if there was one like it; `facts["as"]` names that list.

    Columns that are new keep their guess, unless its field is taken.
    """
    names = named(job.headers)
    found = _like(names)
    if found is None:
        return
    known = {name: found.targets[name] for name in names if name in found.targets}
    taken = {target for target in known.values() if target and target in BY_KEY and not BY_KEY[target].many}
    job.targets = [
        known.get(name, "" if guess in taken else guess) for name, guess in zip(names, job.targets, strict=True)
    ]
    job.meanings, job.overwrites = found.meanings, found.overwrites
    job.facts = {**job.facts, "as": found.filename, "as_at": found.updated_at.isoformat()}


def _like(names: list[str]) -> ImportMapping | None:
    """The mapping of the same columns, else the last one of a list that shares most of them."""
    same = ImportMapping.objects.filter(key=_key(names)).first()
    if same is not None:
        return same
    own = set(names)
    for mapping in ImportMapping.objects.order_by("-updated_at")[:LOOKED_AT]:
        others = set(mapping.headers)
        if own and len(own & others) >= ALIKE * len(own | others):
            return mapping
    return None


def _key(names: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()
