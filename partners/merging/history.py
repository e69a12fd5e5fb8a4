"""What the history of a partner or of a person says of merges."""

from typing import Any

from partners.models import Merge
from wbl.history.reading import Joined
from wbl.tenancy.record import kind_of


def joined(record: Any) -> list[Joined]:
    """Who went into this one, undone since or not: one query."""
    merges = Merge.objects.filter(kind=kind_of(record), survivor_id=record.pk).select_related("by")
    return [
        Joined(
            at=each.created_at,
            who=str(each.by or "The system"),
            model=type(record),
            pk=each.loser_id,
            name=each.loser_name,
            told=f"{each.loser_name} was merged into this one{', and taken out again' if each.undone_at else ''}",
            href=each.get_absolute_url(),
        )
        for each in merges.defer("plan", "told")
    ]
