"""What many partners get at once besides a stage or an owner: a tag more, a tag less, their place in the archive."""

from typing import Any

from django.db.models import F, Func, Value
from django.utils import timezone

from partners.models.organizations import Organization
from wbl.tenancy.copying import update_rows

SETS = ("tag", "untag", "archive")


def put(field: str, value: str, rows: Any) -> dict[str, Any]:
    """Change those of `rows` that the change concerns, in two statements; returns what each had before, by id."""
    now = timezone.now()
    if field == "archive":
        rows = rows.filter(archived_at=None)
        before: dict[str, Any] = {str(pk): None for pk in rows.values_list("pk", flat=True)}
        rows.update(archived_at=now, updated_at=now)
        return before
    has_it = {"tags__contains": [value]}
    rows = rows.exclude(**has_it) if field == "tag" else rows.filter(**has_it)
    before = {str(pk): tags for pk, tags in rows.values_list("pk", "tags")}
    change = Func(F("tags"), Value(value), function="array_append" if field == "tag" else "array_remove")
    Organization.objects.filter(pk__in=[int(pk) for pk in before]).update(tags=change, updated_at=now)
    return before


def take_back(field: str, value: str, before: dict[str, Any]) -> int:
    """Give back what each had, where the change still stands; what else was changed since stays. Returns how many."""
    rows = Organization.objects.filter(pk__in=[int(pk) for pk in before])
    if field == "archive":
        return rows.exclude(archived_at=None).update(archived_at=None, updated_at=timezone.now())
    now = dict(rows.values_list("pk", "tags"))
    back: list[tuple[int, list[str]]] = []
    for pk, tags in now.items():
        had = before[str(pk)]
        if field == "tag" and value in tags and value not in had:
            back.append((pk, [tag for tag in tags if tag != value]))
        elif field == "untag" and value not in tags:
            without = [tag for tag in had if tag != value]
            back.append((pk, had if tags == without else [*tags, value]))
    return update_rows(Organization, ["tags"], back) if back else 0


def told(field: str, value: str, count: int) -> str:
    """What was done, in a sentence."""
    partners = f"{count:,} partner{'s' if count != 1 else ''}"
    return {
        "stage": f"Stage of {partners} changed.",
        "owner": f"Owner of {partners} changed.",
        "tag": f"Tag “{value}” added to {partners}.",
        "untag": f"Tag “{value}” taken from {partners}.",
        "archive": f"{partners} archived.",
    }[field]
