"""The twenty-second log: how, with whom, one line, next step. Nothing else is required."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partners.asks import NOTHING, AskAgain, open_ask
from partners.fields import OrganizationField
from partners.models import Contact, EntryKind, Organization, Stage, TimelineEntry
from partners.models.timeline import CONTACT_KINDS, LOGGED_BY_HAND
from wbl.tenancy.calendar import SchoolCalendar
from wbl.tenancy.models import School
from wbl.tenancy.record import kind_of
from wbl.todo.models import Todo
from wbl.todo.phrases import NoSuchDay, Phrase, read

ANSWERS = [("", "No answer yet"), ("yes", "Yes"), ("no", "No"), ("later", "Later")]
USUAL_DAYS = 7  # when a next step names no day
_BY_PERSON = re.compile(r"^(call|phone|ring|text)\b", re.I)
# only what is named a follow-up may be mailed by the rule "follow up when due"; anything else is somebody's own task
_FOLLOW_UP = re.compile(r"^follow(ing)?[ -]?up\b", re.I)

_SETTLED = re.compile(r"(\d{1,15}):(.*)", re.ASCII)


class LogForm(AskAgain, forms.Form):
    """One contact with a partner. Without `organization` the form asks for the partner by name.

    Of the to-dos that wait none is ticked but the one the log was opened from (`initial["closes"]`): whose work is done
    is for a person to say.
    """

    partner = OrganizationField(max_length=200, label="Partner", by_ear=True)
    kind = forms.ChoiceField(
        choices=[(k.value, k.label) for k in LOGGED_BY_HAND],
        initial=EntryKind.CALL,
        widget=forms.RadioSelect,
        label="How",
    )
    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(), required=False, label="Who", empty_label="Nobody in particular"
    )
    summary = forms.CharField(
        max_length=300, label="In one line", widget=forms.TextInput(attrs={"placeholder": "What was said, in one line"})
    )
    follow_up = forms.IntegerField(min_value=1, max_value=365, required=False)  # the button that spares the line below
    next_step = forms.CharField(max_length=200, required=False, label="Next step")
    # the log was opened to ask for something: then what it is must be said
    asking = forms.BooleanField(required=False, widget=forms.HiddenInput)
    asked_for = forms.ChoiceField(choices=NOTHING, required=False, label="Asked for")
    answer = forms.ChoiceField(
        choices=ANSWERS,
        required=False,
        label="Answer",
    )
    school = forms.ModelChoiceField(
        queryset=School.objects.filter(closed_on=None),
        required=False,
        label="For which school",
        empty_label="All schools",
    )
    at = forms.DateTimeField(
        required=False,
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes = forms.ModelMultipleChoiceField(
        queryset=Todo.objects.none(), required=False, label="Done with this", widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        organization: Organization | None = None,
        today: dt.date,
        by: Any = None,
        schools: Collection[int] | None = None,
        **kwargs: Any,
    ) -> None:
        """`schools` are the ids of the writer's own schools; the only one of them is the one they ask for."""
        super().__init__(*args, **kwargs)
        self.add_ask_fields()
        self.organization, self.today, self.by = organization, today, by
        self.phrase: Phrase | None = None
        self.settled: list[tuple[int, dt.date | None]] = []  # to-dos that were closed or put off, each as it was due
        if schools and len(schools) == 1:
            self.initial.setdefault("school", next(iter(schools)))
        if organization is None:
            self.fields.pop("contact")
            self.fields.pop("closes")
            return
        self.fields.pop("partner")
        self.fields["contact"].queryset = organization.contacts.current()  # type: ignore[attr-defined]
        waiting = Todo.objects.open().about(organization)
        self.fields["closes"].queryset = waiting  # type: ignore[attr-defined]
        first = organization.contacts.current().values_list("pk", flat=True).first()
        self.initial.setdefault("contact", first)

    def clean_partner(self) -> Organization:
        self.organization = self.cleaned_data["partner"]
        return self.cleaned_data["partner"]

    def asked_partner(self) -> Organization | None:
        return self.organization

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        asked = data.get("asked_for")
        if data.get("asking") and not asked and "asked_for" in self.fields and "asked_for" not in self.errors:
            self.add_error("asked_for", "Choose what they were asked for.")
        if asked and self.organization and not self._answered(asked):
            self.guard(type=asked, by=self.by)
        return data

    def _answered(self, asked: str) -> TimelineEntry | None:
        """The open ask that this line answers: it is no new one."""
        if not self.cleaned_data.get("answer") or self.organization is None:
            return None
        return open_ask(self.organization, asked)

    def clean_next_step(self) -> str:
        """What was typed, else the day of the button that was pressed."""
        days = self.cleaned_data.get("follow_up")
        typed = self.cleaned_data["next_step"] or (f"Follow up in {days} days" if days else "")
        try:
            self.phrase = read(typed, self.today) if typed else None
        except NoSuchDay as error:
            raise forms.ValidationError(str(error)) from None
        if self.phrase and self.phrase.day and self.phrase.day < self.today:
            raise forms.ValidationError(f"{self.phrase.day:%B} {self.phrase.day.day} has passed. Name a day to come.")
        return typed

    def clean_at(self) -> dt.datetime:
        at = self.cleaned_data["at"] or timezone.now()
        if at > timezone.now() + dt.timedelta(minutes=5):
            raise forms.ValidationError("This lies in the future. Make it a next step instead.")
        return at

    @transaction.atomic
    def save(self, *, by: Any) -> tuple[TimelineEntry, Todo | None]:
        """Write the entry, close what it settles, and put the next step on the list of whoever logs."""
        assert self.organization is not None
        data = self.cleaned_data
        answered = self._answered(data["asked_for"]) if data["asked_for"] else None
        if answered:
            answered.settle(answer=data["answer"])
        asks = bool(data["asked_for"]) and answered is None
        entry = self.organization.record(
            kind=data["kind"],
            summary=data["summary"],
            by=by,
            contact=data.get("contact"),
            at=data["at"],
            about=answered,
            asked_for=data["asked_for"] if asks else "",
            answer=data["answer"] if asks else "",
            school=data["school"] if asks else None,
            asked_anyway=self.reason_to_ask if asks else "",
        )
        for todo in data.get("closes") or ():
            self.settled.append((todo.pk, todo.due))
            todo.close(by=by)
        self.moved = move_on(entry, by=by)
        return entry, self._next_step(entry, by)

    def _next_step(self, entry: TimelineEntry, by: Any) -> Todo | None:
        if not self.phrase:
            return None
        title = self.phrase.rest or "Follow up"
        return Todo.open(
            title=title[0].upper() + title[1:],
            due=self.phrase.day or SchoolCalendar.load().next_school_day(self.today + dt.timedelta(days=USUAL_DAYS)),
            owner=by,
            about=self.organization,
            person=entry.contact,
            source=entry,
            kind=_kind_of(title),
        )


def move_on(entry: TimelineEntry, *, by: Any) -> bool:
    """A prospect somebody has been in touch with is a prospect no more: the first contact moves it to Contacted."""
    if entry.organization.stage != Stage.PROSPECT or entry.kind not in CONTACT_KINDS:
        return False
    entry.organization.move_to(stage=Stage.CONTACTED, by=by, because=entry)
    return True


def undo_address(entry: TimelineEntry, settled: Iterable[tuple[int, dt.date | None]]) -> str:
    """Where the line is taken back, with the to-dos that it settled: they wait again, for the day they waited for."""
    todos = urlencode([("again", f"{pk}:{due or ''}") for pk, due in settled])
    return reverse("partners:entry_removal", args=[entry.pk]) + (f"?{todos}" if todos else "")


def wait_again(entry: TimelineEntry, settled: Iterable[str], *, by: Any) -> None:
    """What `undo_address` named, unless somebody else has closed it since. Anything else in it names nothing."""
    for found in filter(None, map(_SETTLED.fullmatch, settled)):
        mine = Todo.objects.about(entry.organization).filter(Q(done_at=None) | Q(done_by=by))
        if todo := mine.filter(pk=found[1]).first():
            todo.reopen()
            with suppress(ValueError):
                todo.postpone(due=dt.date.fromisoformat(found[2]))


def move_back(entry: TimelineEntry) -> None:
    """The contact is taken back, and with it the step to Contacted, unless somebody has moved the partner since."""
    moves = entry.organization.stage_changes.filter(before__because=f"{kind_of(entry)} {entry.pk}")
    if change := moves.first():
        entry.organization.take_back(change)


def _kind_of(title: str) -> str:
    if _BY_PERSON.match(title):
        return Todo.Kind.CALL
    return Todo.Kind.FOLLOW_UP if _FOLLOW_UP.match(title) else Todo.Kind.TASK
