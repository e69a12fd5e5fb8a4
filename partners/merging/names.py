"""Names that partners had before they were merged into another."""

from collections.abc import Iterator

from partners.models import Merge


def merged_away() -> Iterator[tuple[int, str]]:
    """(partner, name key) of every name under which a list may still know it: one query."""
    rows = Merge.objects.standing().filter(kind="partners.organization").order_by("id")
    found = {
        loser: (survivor, key) for loser, survivor, key in rows.values_list("loser_id", "survivor_id", "loser_key")
    }
    for survivor, key in found.values():
        seen = set()
        while survivor in found and survivor not in seen:
            seen.add(survivor)
            survivor = found[survivor][0]
        yield survivor, key
