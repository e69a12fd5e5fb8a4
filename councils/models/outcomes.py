"""What came of a meeting: decisions, recommendations, actions."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models.councils import Council
from councils.models.meetings import AgendaItem, Meeting
from partners.models import Contact
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.todo.models import Todo
from wbl.web.dates import plain_day


class Purpose(models.TextChoices):
    """The four purposes of an advisory council (ORC 3313.82 names three; recommending other businesses is the fourth)."""

    ECONOMY = "economy", _("Economy and jobs")
    SKILLS = "skills", _("Skills and curriculum")
    RELATIONSHIP = "relationship", _("Schools and employers")
    BUSINESSES = "businesses", _("Other businesses")


class State(models.TextChoices):
    OPEN = "open", _("Open")
    BOARD = "board", _("To the board")
    REFERRAL = "referral", _("Referral to write")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Declined")


TONES = {"open": "", "board": "info", "referral": "warn", "adopted": "good", "declined": "line"}


class Decision(DistrictModel):
    """Something the council voted on."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("on item"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    text = models.CharField(_("decision"), max_length=300)
    moved_by = models.ForeignKey(
        Contact, verbose_name=_("moved by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seconded_by = models.ForeignKey(
        Contact, verbose_name=_("seconded by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#decisions"

    @property
    def in_words(self) -> str:
        """7 to 0, moved by Ingrid Sole, seconded by Lou Ferrante."""
        votes = f"{self.votes_for} to {self.votes_against or 0}" if self.votes_for is not None else ""
        held = f"{self.abstained} abstained" if self.abstained else ""
        moved = f"moved by {self.moved_by}" if self.moved_by else ""
        seconded = f"seconded by {self.seconded_by}" if self.seconded_by else ""
        return ", ".join(part for part in (votes, held, moved, seconded) if part)


class RecommendationQuerySet(DistrictQuerySet):
    def waiting(self) -> Self:
        """Nobody has answered the council yet."""
        return self.filter(state__in=[State.OPEN, State.BOARD, State.REFERRAL])


class Recommendation(DistrictModel):
    """Advice under a number of its own, typed by what a council is for, and what became of it."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="recommendations")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="recommendations")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField(editable=False)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    text = models.CharField(_("recommendation"), max_length=300)
    contact = models.ForeignKey(
        Contact, verbose_name=_("from"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("what became of it"), max_length=8, choices=State, default=State.OPEN)
    state_note = models.CharField(_("in a few words"), max_length=120, blank=True)
    state_on = models.DateField(_("on"), null=True, blank=True)

    objects = DistrictManager.from_queryset(RecommendationQuerySet)()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["district", "council", "number"], name="recommendation_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.text}"

    @property
    def label(self) -> str:
        return f"{self.council.letter}-{self.number}"

    @property
    def in_words(self) -> str:
        """Adopted; To the board, Nov 9."""
        on = plain_day(self.state_on) if self.state_on else ""
        return ", ".join(part for part in (str(self.get_state_display()), self.state_note, on) if part)  # type: ignore[attr-defined]

    @property
    def tone(self) -> str:
        return TONES[self.state]


class Action(DistrictModel):
    """Something somebody promised. It stands on a colleague's to-do list, or on that of whoever reminds a partner."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="actions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(_("action"), max_length=200)
    contact = models.ForeignKey(
        Contact, verbose_name=_("member"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("colleague"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due = models.DateField(_("due"))
    todo = models.ForeignKey(Todo, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("due", "id")

    def __str__(self) -> str:
        return self.text

    @property
    def owner(self) -> Any:
        return self.contact or self.user

    @property
    def is_done(self) -> bool:
        return bool(self.todo and self.todo.done_at)

    def put_on_list(self, *, by: Any) -> None:
        """Open the to-do: the colleague's own, or a reminder of the member for whoever wrote the action down."""
        title = self.text if self.user else f"{self.contact}: {self.text}"
        self.todo = Todo.open(
            title=title,
            due=self.due,
            owner=self.user or by,
            about=self.meeting,
            person=self.contact,
            source=self,
            kind=Todo.Kind.TASK,
        )
        self.save(update_fields=["todo", "updated_at"])

    def follow(self, *, by: Any) -> None:
        """The action changed: its to-do says the same, or begins anew."""
        if self.todo is None or self.todo.done_at:
            return
        self.todo.delete()
        self.todo = None
        self.put_on_list(by=by)

    def finish(self, *, by: Any) -> None:
        if self.todo and not self.todo.done_at:
            self.todo.close(by=by)

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.due < timezone.localdate()
