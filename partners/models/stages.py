"""The stages of a district's pipeline, and every move between them."""

import time
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.scope import current_district_id

KEY_LENGTH = 12
REMEMBERED = 30  # seconds that a process shows names without asking again
RUNGS = 6  # how many steps the drawn ladder has


class Stage(models.TextChoices):
    """The stages a district begins with; rows of PipelineStage take their place once somebody changes one."""

    PROSPECT = "prospect", _("Prospect")
    CONTACTED = "contacted", _("Contacted")
    MEETING = "meeting", _("Meeting")
    COMMITTED = "committed", _("Committed")
    ACTIVE = "active", _("Active")
    CHAMPION = "champion", _("Champion")
    PAUSED = "paused", _("Paused")
    DECLINED = "declined", _("Declined")


LADDER = (Stage.PROSPECT, Stage.CONTACTED, Stage.MEETING, Stage.COMMITTED, Stage.ACTIVE, Stage.CHAMPION)
WARM = (Stage.COMMITTED, Stage.ACTIVE, Stage.CHAMPION)


class StageQuerySet(DistrictQuerySet):
    def standing(self) -> Self:
        return self.filter(retired_at=None)


class PipelineStage(DistrictModel):
    """One stage of this district. Off the ladder (paused, declined) a reason is asked for."""

    key = models.CharField(max_length=KEY_LENGTH, editable=False)
    name = models.CharField(_("name"), max_length=40)
    place = models.PositiveSmallIntegerField(editable=False)
    on_ladder = models.BooleanField(_("a step up the ladder; off it a reason is asked for"), default=True)
    is_warm = models.BooleanField(_("they work with us: long silence is told on Today"), default=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(StageQuerySet)()

    class Meta:
        ordering = ("place", "id")
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="pipeline_stage_key")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or self._free_key()
        super().save(*args, **kwargs)
        forget()

    def _free_key(self) -> str:
        taken = set(PipelineStage.objects.values_list("key", flat=True))
        base = slugify(self.name).replace("-", "_")[: KEY_LENGTH - 3] or "stage"
        return next(key for n in range(1, 100) if (key := base if n == 1 else f"{base}_{n}") not in taken)

    @classmethod
    @transaction.atomic
    def own(cls) -> list[Self]:
        """The district's rows, made from the first stages when there are none yet."""
        if not cls.objects.exists():
            cls.objects.bulk_create(cls.first())
            forget()
        return list(cls.objects.all())

    @classmethod
    def first(cls) -> list[Self]:
        """The stages that a district begins with, unsaved."""
        return [
            cls(key=s.value, name=str(s.label), place=n, on_ladder=s in LADDER, is_warm=s in WARM)
            for n, s in enumerate(Stage)
        ]

    @property
    def is_first(self) -> bool:
        """New partners begin here, so it can be renamed and not retired."""
        return self.key == Stage.PROSPECT

    @classmethod
    @transaction.atomic
    def move(cls, *, pk: int, up: bool) -> None:
        """One place up or down among those that stand."""
        rows = list(cls.objects.standing().select_for_update())
        at = next(n for n, row in enumerate(rows) if row.pk == pk)
        to = at - 1 if up else at + 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
        for place, row in enumerate(rows):
            cls.objects.filter(pk=row.pk).exclude(place=place).update(place=place, updated_at=timezone.now())
        forget()

    def retire(self) -> None:
        """Nobody can be put here any more; its name stays known to what passed."""
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at", "updated_at"])

    def restore(self) -> None:
        self.retired_at = None
        self.save(update_fields=["retired_at", "updated_at"])


@dataclass(frozen=True)
class Step:
    """A stage as pages need it. `rung` is 1 to 6 on the ladder, 0 off it."""

    key: str
    name: str
    rung: int
    is_warm: bool
    retired: bool = False

    @property
    def asks_reason(self) -> bool:
        return not self.rung


_remembered: dict[int, tuple[float, dict[str, Step]]] = {}


def forget() -> None:
    """The open district's stages have changed: this process reads them anew."""
    _remembered.pop(current_district_id(), None)


def all_steps(*, fresh: bool = False) -> dict[str, Step]:
    """Every stage of the open district by key, retired ones too, in their order; one query in half a minute."""
    pk, now = current_district_id(), time.monotonic()
    known = _remembered.get(pk)
    if known is None or fresh or now - known[0] > REMEMBERED:
        known = (now, _load())
        _remembered[pk] = known
    return known[1]


def steps(*, fresh: bool = False) -> list[Step]:
    """The stages that a partner can be put into, in their order."""
    return [step for step in all_steps(fresh=fresh).values() if not step.retired]


def stage_choices(*, fresh: bool = True) -> list[tuple[str, str]]:
    """For a select; a form that takes a choice reads them anew."""
    return [(step.key, step.name) for step in steps(fresh=fresh)]


def warm_stages() -> list[str]:
    """Keys of the stages in which a partner works with the district."""
    return [step.key for step in all_steps().values() if step.is_warm]


def step_of(key: str) -> Step:
    """The stage with this key; one that another process has just made is looked for again."""
    found = all_steps().get(key) or all_steps(fresh=True).get(key)
    return found or Step(key, key, 0, is_warm=False)


def _load() -> dict[str, Step]:
    rows = PipelineStage.objects.values_list("key", "name", "on_ladder", "is_warm", "retired_at")
    found = [(key, name, on, warm, at is not None) for key, name, on, warm, at in rows]
    found = found or [(s.value, str(s.label), s in LADDER, s in WARM, False) for s in Stage]
    ladder = [key for key, _name, on, _warm, gone in found if on and not gone]
    return {
        key: Step(key, name, _rung(ladder.index(key), len(ladder)) if key in ladder else 0, warm, gone)
        for key, name, _on, warm, gone in found
    }


def _rung(at: int, of: int) -> int:
    """Up to six stages have a rung each; more share them."""
    return at + 1 if of <= RUNGS else 1 + round(at * (RUNGS - 1) / (of - 1))


class StageChange(DistrictModel):
    """One move of one partner: what funnels are counted from."""

    organization = models.ForeignKey("partners.Organization", on_delete=models.CASCADE, related_name="stage_changes")
    was = models.CharField(max_length=KEY_LENGTH)
    became = models.CharField(max_length=KEY_LENGTH)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    # how it stood before, for undo
    since = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)
    bulk = models.ForeignKey("partners.BulkChange", null=True, on_delete=models.CASCADE, related_name="stage_changes")

    class Meta:
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["district", "organization", "-at"], name="stage_change_organization"),
            models.Index(fields=["district", "-at"], name="stage_change_at"),
        ]

    def __str__(self) -> str:
        return f"{step_of(self.was).name} → {step_of(self.became).name}"
