"""Imports of lists: the file, what each column means, and what became of every row."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.sites import Site
from wbl.files.models import StoredFile
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

MAX_ATTEMPTS = 2
FAILED_TWICE = "The import stopped twice while it was written, so it was given up. Nothing was changed; check the file and apply it again."
PROGRESS_SECONDS = 3600


class ImportState(models.TextChoices):
    COLUMNS = "columns", _("Choosing columns")
    CHECKING = "checking", _("Checking")
    CHECKED = "checked", _("Dry run")
    QUEUED = "queued", _("Waiting")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Taken back")
    DISCARDED = "discarded", _("Discarded")


class Outcome(models.TextChoices):
    CREATE = "create", _("Create")
    UPDATE = "update", _("Update")
    UNCHANGED = "unchanged", _("Unchanged")
    DUPLICATE = "duplicate", _("Check")
    SKIP = "skip", _("Skip")
    ERROR = "error", _("Error")


class Decision(models.TextChoices):
    UPDATE = "update", _("Update that one")
    BOTH = "both", _("Keep both")
    SKIP = "skip", _("Skip")
    MOVED = "moved", _("Update the address")


NO_ORGANIZATION = "The card names no organization"
OUTCOME_OF = {
    "": Outcome.DUPLICATE,
    "update": Outcome.UPDATE,
    "both": Outcome.CREATE,
    "skip": Outcome.SKIP,
    "moved": Outcome.UPDATE,
}
FURTHER_SITE = "Site added: "  # begins what a row says of an address that is not on file


class ImportQuerySet(DistrictQuerySet):
    def waiting(self) -> Self:
        """Asked for and not finished: what a sweep looks after."""
        return self.filter(state__in=[ImportState.CHECKING, ImportState.QUEUED, ImportState.APPLYING])

    def applied(self) -> Self:
        return self.filter(state=ImportState.APPLIED)

    def kept(self) -> Self:
        """All but the discarded ones, newest first."""
        return self.exclude(state=ImportState.DISCARDED).order_by("-id")


class Import(DistrictModel):
    """One uploaded list. `targets[i]` is the field that column `i` goes to, blank for none; nothing of the partners
    changes before it is applied, and applying happens in one transaction."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    sheets = models.JSONField(default=list)
    headers = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    targets = models.JSONField(default=list)
    # what words of the kind's and the stage's column mean: {"org_stage": {"signed mou": "committed"}}, blank to leave out
    meanings = models.JSONField(default=dict)
    # the list is newer than what is on file: its filled cells replace, blank ones never do
    overwrites = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.COLUMNS)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)
    kept_on_undo = models.JSONField(default=list)

    history_omits: ClassVar[tuple[str, ...]] = ("samples",)

    objects = DistrictManager.from_queryset(ImportQuerySet)()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["district", "state"], name="import_state"),
            models.Index(
                fields=["state"],
                name="import_waiting",
                condition=models.Q(state__in=["checking", "queued", "applying"]),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        name = "partners:import_columns" if self.state == ImportState.COLUMNS else "partners:import_plan"
        return reverse(name, args=[self.pk])

    @property
    def title(self) -> str:
        """The file's name without its ending, as a heading."""
        stem = self.filename.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")
        words = " ".join(stem.split()) or self.filename
        return words[:1].upper() + words[1:]

    @property
    def is_open(self) -> bool:
        """Nothing written yet, columns and decisions may change."""
        return self.state in (ImportState.COLUMNS, ImportState.CHECKED)

    @property
    def is_busy(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.QUEUED, ImportState.APPLYING)

    @property
    def to_write(self) -> int:
        """Rows that applying would write."""
        return int(self.counts.get("create", 0)) + int(self.counts.get("update", 0))

    # progress lives in the cache: its loss loses nothing

    def progress(self) -> tuple[int, int]:
        """`(rows done, rows in all)` of the run that is going on."""
        done, total = cache.get(f"import:{self.pk}", (0, self.rows_total))
        return done, total

    def tell_progress(self, done: int, total: int) -> None:
        cache.set(f"import:{self.pk}", (done, total), PROGRESS_SECONDS)

    # verbs that only move the state; each looks at the count of its conditional UPDATE

    def ask(self, *, state: str, by: Any) -> bool:
        """Queue the dry run (`checking`) or the application (`queued`), once; False when it is under way or done."""
        before = [ImportState.COLUMNS, ImportState.CHECKED] if state == ImportState.CHECKING else [ImportState.CHECKED]
        extra = {"applied_by": by} if state == ImportState.QUEUED else {}
        return self._move(before, state, asked_at=timezone.now(), attempts=0, problem="", **extra)

    def claim(self) -> bool:
        """Note the attempt in a commit of its own, before the work that may end the process; False if not ours to do."""
        if self.state == ImportState.CHECKING:
            return self._move([ImportState.CHECKING], ImportState.CHECKING, attempts=models.F("attempts") + 1)
        return self._move([ImportState.QUEUED], ImportState.APPLYING, attempts=models.F("attempts") + 1)

    def fail(self, *, problem: str) -> None:
        """Back to where it was asked from, with the reason; nothing was written."""
        back = ImportState.COLUMNS if self.state == ImportState.CHECKING else ImportState.CHECKED
        self._move([ImportState.CHECKING, ImportState.QUEUED, ImportState.APPLYING], back, problem=problem[:500])

    def discard(self) -> bool:
        """Forget a list that was not applied."""
        return self._move([ImportState.COLUMNS, ImportState.CHECKED], ImportState.DISCARDED)

    @transaction.atomic
    def recover(self) -> bool:
        """After a worker died or a message was lost: True when the work should be sent again.

        Whoever works holds the row's lock, so a row that can be locked is nobody's.
        """
        mine = Import.objects.select_for_update(skip_locked=True, of=("self",)).waiting().filter(pk=self.pk).first()
        if mine is None:
            return False
        if mine.attempts >= MAX_ATTEMPTS:
            mine.fail(problem=FAILED_TWICE)
            return False
        if mine.state == ImportState.APPLYING:
            mine._move([ImportState.APPLYING], ImportState.QUEUED)
        return True

    def _move(self, before: Sequence[str], after: str, **values: Any) -> bool:
        moved = Import.objects.filter(pk=self.pk, state__in=before).update(
            state=after, updated_at=timezone.now(), **values
        )
        if moved:
            self.refresh_from_db()
        return bool(moved)


class ImportMapping(DistrictModel):
    """How a list with these columns was mapped last, for the next one like it: its own choices, by folded header."""

    key = models.CharField(max_length=64)
    headers = models.JSONField(default=list)
    targets = models.JSONField(default=dict)
    meanings = models.JSONField(default=dict)
    overwrites = models.BooleanField(default=False)
    filename = models.CharField(max_length=200)

    class Meta:
        ordering = ("-updated_at",)
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="import_mapping_once")]

    def __str__(self) -> str:
        return self.filename


class ImportRowQuerySet(DistrictQuerySet):
    def written(self) -> Self:
        """Rows that made or changed something."""
        return self.exclude(change={})

    def look_alikes(self) -> Self:
        """Undecided rows that look like one partner on file; where several fit, a person chooses."""
        return self.filter(outcome=Outcome.DUPLICATE, decision="", others=[]).exclude(organization_id=None)

    def of_moved(self) -> Self:
        """Rows that bring a second address to a partner who has one: they may have moved. A partner to whom the list
        brings several has several."""
        rows = self.filter(outcome=Outcome.UPDATE, decision="", reason__contains=FURTHER_SITE)
        brought = rows.order_by().values("organization_id").annotate(n=models.Count("pk")).filter(n=1)
        sites = Site.objects.order_by().values("organization_id").annotate(n=models.Count("pk")).filter(n=1)
        return rows.filter(organization_id__in=brought.values("organization_id")).filter(
            organization_id__in=sites.values("organization_id")
        )

    def not_applied(self) -> Self:
        """What the error file lists."""
        return self.filter(outcome__in=[Outcome.ERROR, Outcome.SKIP, Outcome.DUPLICATE])


class ImportRow(DistrictModel):
    """One row of the list: its cells as they were, what became of it and why.

    `change` is the undo record: ids that the row made and values that it filled. Rows repeat the file and are their own
    record of what happened, so they have no history beside them.
    """

    nouns: ClassVar[tuple[str, str]] = ("row of a list", "rows of lists")

    history: ClassVar[bool] = False

    # the key over (district, job) is the constraint; a second one would only cost every row a look-up
    job = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False, db_constraint=False)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    cells = models.JSONField(default=list)
    left = models.JSONField(default=list)
    change = models.JSONField(default=dict)
    # a record of what happened, which outlives the organization: no foreign key
    organization_id = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=6, choices=Decision, blank=True)
    # whom a doubtful row may be besides that one: [[id, why], …]
    others = models.JSONField(default=list)
    corrections = models.JSONField(default=dict)

    objects = DistrictManager.from_queryset(ImportRowQuerySet)()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["district", "job", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["district", "job", "outcome", "number"], name="import_row_outcome"),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}: {self.name}"

    @transaction.atomic
    def decide(self, *, decision: str, partner: int | None = None) -> bool:
        """Settle a doubtful row, and others of its name: update the known partner, keep both, or skip.

        `partner` is the one to update when the row itself is like none. False when the import can't be changed any more. The counts follow at once; applying plans anew.
        """
        job = Import.objects.select_for_update(of=("self",)).get(pk=self.job_id)
        if job.state != ImportState.CHECKED:
            return False
        rows = ImportRow.objects.filter(job=job, name=self.name).filter(
            models.Q(outcome=Outcome.DUPLICATE) | ~models.Q(decision="")
        )
        chosen = {"organization_id": partner} if partner else {}
        if decision == Decision.MOVED or (not decision and self.decision == Decision.MOVED):
            rows = ImportRow.objects.filter(pk=self.pk)  # of one row's address, whoever shares its name
        rows.update(decision=decision, outcome=OUTCOME_OF[decision], updated_at=timezone.now(), **chosen)
        counted = ImportRow.objects.filter(job=job).values_list("outcome").annotate(models.Count("pk"))
        job.counts = dict.fromkeys(Outcome.values, 0) | dict(counted.order_by())
        job.save(update_fields=["counts", "updated_at"])
        return True

    @property
    def current(self) -> list[str]:
        """The cells with what somebody corrected in them."""
        cells = list(self.cells)
        for at, value in self.corrections.items():
            cells += [""] * (int(at) + 1 - len(cells))
            cells[int(at)] = value
        return cells

    @property
    def is_doubtful(self) -> bool:
        """Somebody must say, or has said, whether this is the known partner."""
        return self.outcome == Outcome.DUPLICATE or bool(self.decision)
