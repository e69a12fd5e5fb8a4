"""The call list: one call after the other, each with what to say, logged as it ends."""

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from partners.log import LogForm
from partners.models import EntryKind, TimelineEntry
from wbl.tenancy.calendar import SchoolCalendar
from wbl.todo.models import Todo
from wbl.web.dates import day_in_words

REACHED, VOICEMAIL, NO_ANSWER, WRONG = "reached", "voicemail", "no_answer", "wrong_number"
OUTCOMES = [
    (REACHED, "Reached them"),
    (VOICEMAIL, "Left a message"),
    (NO_ANSWER, "No answer"),
    (WRONG, "Wrong number"),
]
NOT_REACHED = (VOICEMAIL, NO_ANSWER)
SAID = {VOICEMAIL: "Left a message.", NO_ANSWER: "Called, no answer.", WRONG: "Called: the number is wrong."}
LATER = ("asked_for", "answer", "school", "at", "closes", "kind", "follow_up", "ask_anyway", "ask_reason")


def waiting(user: Any) -> Any:
    """Calls about partners that are due, of one person or of everybody (None): oldest first."""
    rows = Todo.objects.open().filter(
        kind=Todo.Kind.CALL, about_kind="partners.organization", about_id__isnull=False, due__lte=timezone.localdate()
    )
    return (rows if user is None else rows.owned_by(user)).order_by("due", "id")


class CallForm(LogForm):
    """What came of a call. Nobody reached, and no other next step named: it comes back on the next school day."""

    outcome = forms.ChoiceField(choices=OUTCOMES, widget=forms.RadioSelect, label="What came of it", initial=REACHED)
    field_order = ("outcome", "contact", "summary", "next_step")

    def __init__(self, *args: Any, todo: Todo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.todo = todo
        for name in LATER:
            self.fields.pop(name, None)
        self.fields["summary"].required = False
        self.again = SchoolCalendar.load().next_school_day(self.today + dt.timedelta(days=1))
        self.fields["next_step"].help_text = (
            f"Blank: after a message or no answer the call comes back on {self.again:%A}, {day_in_words(self.again)}; "
            "when you reached them, nothing is left to do. Or name a step and its day: Send the form Friday."
        )
        self.order_fields(self.field_order)
        if todo.person_kind == "partners.contact":
            self.initial["contact"] = todo.person_id

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == REACHED and not data.get("summary") and "summary" not in self.errors:
            self.add_error("summary", "Say in a line what was said.")
        return data

    @transaction.atomic
    def save(self, *, by: Any) -> tuple[TimelineEntry, Todo | None]:
        data, outcome = self.cleaned_data, self.cleaned_data["outcome"]
        assert self.organization is not None
        self.settled = [(self.todo.pk, self.todo.due)]
        entry = self.organization.record(
            kind=EntryKind.NOTE if outcome in (NO_ANSWER, WRONG) else EntryKind.CALL,
            summary=" ".join(part for part in (SAID.get(outcome, ""), data["summary"]) if part),
            by=by,
            contact=data.get("contact"),
            about=self.todo,
        )
        if outcome in NOT_REACHED and not self.phrase:
            self.todo.postpone(due=self.again)
            return entry, self.todo
        self.todo.close(by=by)
        if outcome == WRONG and not self.phrase:
            return entry, self._find_a_number(by)
        return entry, self._next_step(entry, by)

    def _find_a_number(self, by: Any) -> Todo:
        who = self.cleaned_data.get("contact") or self.organization
        return Todo.open(
            title=f"Find another number of {who}",
            due=self.today,
            owner=by,
            about=self.organization,
            kind=Todo.Kind.TASK,
        )
