"""The stage of many partners at once: each with its line in the pipeline's record and on its timeline."""

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from partners.models.organizations import Organization
from partners.models.stages import Stage, StageChange
from partners.models.timeline import TimelineEntry
from wbl.tenancy.record import kind_of

BATCH = 1_000


def put_stage(value: str, rows: Any, *, bulk: Any, by: Any) -> None:
    """Move them; who had a reason or a day to come back goes by itself, so that both can be given back."""
    moved = list(rows.exclude(stage=value).select_related("owner"))
    for organization in (o for o in moved if o.stage_reason or o.revisit_on):
        if change := organization.move_to(stage=value, by=by):
            StageChange.objects.filter(pk=change.pk).update(bulk=bulk)
    plain, now = [o for o in moved if o.stage != value], timezone.now()
    changes = StageChange.objects.bulk_create(
        (
            StageChange(organization=o, was=o.stage, became=value, at=now, by=by, since=o.stage_since, bulk=bulk)
            for o in plain
        ),
        batch_size=BATCH,
    )
    TimelineEntry.objects.bulk_create((_told(change) for change in changes), batch_size=BATCH)
    ids = [o.pk for o in plain]
    if value == Stage.COMMITTED:
        from partners import onboarding

        onboarding.start_many(plain, by=by)
    Organization.objects.filter(pk__in=ids).update(stage=value, stage_since=now, updated_at=now)


def _told(change: StageChange) -> TimelineEntry:
    return TimelineEntry(
        organization_id=change.organization_id,
        kind="stage",
        at=change.at,
        by=change.by,
        summary=str(change),
        about_kind=kind_of(change),
        about_id=change.pk,
    )


def take_stages_back(bulk: Any) -> int:
    """Those that nobody has moved since stand where they stood; how many, with those that stood there before."""
    moves = StageChange.objects.filter(bulk=bulk)
    stayed = len(bulk.before) - moves.count()
    alone = moves.exclude(before={}).select_related("organization__owner", "by")
    done = sum(move.organization.take_back(move) for move in alone)
    later = StageChange.objects.filter(organization=OuterRef("organization"), pk__gt=OuterRef("pk"))
    rest = moves.filter(before={}, organization__stage=F("became")).annotate(later=Subquery(later.values("pk")[:1]))
    ids = list(rest.filter(later=None).values_list("pk", flat=True))
    mine = StageChange.objects.filter(pk__in=ids, organization=OuterRef("pk"))
    done += Organization.objects.filter(stage_changes__in=ids).update(
        stage=Subquery(mine.values("was")[:1]),
        stage_since=Subquery(mine.values("since")[:1]),
        updated_at=timezone.now(),
    )
    TimelineEntry.objects.filter(about_kind=kind_of(StageChange), about_id__in=ids).delete()
    StageChange.objects.filter(pk__in=ids).delete()
    return stayed + done
