"""Who asked a partner for what, and the guard before it is asked again: the one place that knows, for every form.

A district says how many days are to lie between two asks (`District.ask_guard_days`, in Settings). Within them a form
that asks shows who asked, for what and what they answered, and wants a tick and a reason, which stays on the timeline.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from partners.models import MailedAsk, Organization, TimelineEntry
from wbl.continuum.types import ExperienceType
from wbl.tenancy.scope import current_district
from wbl.web.dates import day_in_words

SHOWN = 5  # earlier asks that are told; more of them say the same

NOTHING = [("", "Nothing is asked"), *ExperienceType.choices]


@dataclass(frozen=True)
class Earlier:
    """An ask that still counts, as a sentence. `open` when nobody answered it yet."""

    entry: TimelineEntry

    @property
    def words(self) -> str:
        """Ben Oakes asked for an internship on Nov 3, for North High: not now."""
        entry = self.entry
        on = day_in_words(entry.at)
        school = f" for {entry.school}" if entry.school else ""
        answer = entry.get_answer_display().lower() if entry.answer else "no answer yet"  # type: ignore[attr-defined]
        what = entry.get_asked_for_display().lower()  # type: ignore[attr-defined]
        day = on.lower() if on == "Today" else f"on {on}"
        return f"{entry.by or 'The system'} asked for {a(what)} {day}{school}: {answer}."

    @property
    def open(self) -> bool:
        return not self.entry.answer


def a(noun: str) -> str:
    """An internship, a workplace tour."""
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


def earlier_asks(organization: Organization, *, now: dt.datetime | None = None) -> list[Earlier]:
    """Asks of this partner by anybody in the district within its days, newest first: one query."""
    since = (now or timezone.now()) - dt.timedelta(days=current_district().ask_guard_days)
    asks = organization.timeline.asks().filter(at__gt=since).select_related("by", "school")
    return [Earlier(entry) for entry in asks.newest()[:SHOWN]]


def is_same_ask(earlier: Earlier, *, type: str, by: Any) -> bool:
    """The same person asking for the same on the same day goes on with one ask: the second student, the other hour."""
    entry = earlier.entry
    same_day = timezone.localdate(entry.at) == timezone.localdate()
    return same_day and entry.asked_for == type and by is not None and entry.by_id == by.pk


def in_the_way(asks: list[Earlier], *, type: str, by: Any) -> list[Earlier]:
    """Of the earlier asks, those a person has to know of before asking for `type` (blank: for whatever it is)."""
    return [ask for ask in asks if not is_same_ask(ask, type=type, by=by)]


def said_yes_to(organization: Organization, type: str) -> bool:
    """Did they say yes to this within a year? Then planning it carries that out and asks for nothing new."""
    since = timezone.now() - dt.timedelta(days=365)
    return organization.timeline.filter(asked_for=type, answer="yes", at__gt=since).exists()


class AskAgain:
    """Mixin of every form that asks a partner: the tick, the reason, and the guard.

    A form calls `add_ask_fields()` after its own __init__, and `guard(…)` in its `clean`. Its template includes
    `partners/ask_guard.html with form=form`, which shows nothing while nobody asked lately.
    """

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    def add_ask_fields(self) -> None:
        self._told: dict[int, list[Earlier]] = {}
        self.fields["ask_anyway"] = forms.BooleanField(required=False, label="Ask all the same")
        self.fields["ask_reason"] = forms.CharField(
            required=False, max_length=200, label="Why ask again so soon", help_text="It stays on the timeline."
        )

    def asked_partner(self) -> Organization | None:
        """Whom the form asks; None while that is not known."""
        raise NotImplementedError

    @property
    def earlier(self) -> list[Earlier]:
        """What the form tells of earlier asks; nothing while it does not know of whom. Asked once for each partner."""
        partner = self.asked_partner()
        if partner is None:
            return []
        if partner.pk not in self._told:
            self._told[partner.pk] = earlier_asks(partner)
        return self._told[partner.pk]

    @property
    def guard_days(self) -> int:
        return current_district().ask_guard_days

    @property
    def reason_to_ask(self) -> str:
        """What stays on the timeline; blank where nothing was in the way."""
        return self.cleaned_data.get("ask_reason", "") if self.cleaned_data.get("ask_anyway") else ""

    def guard(self, *, type: str, by: Any) -> None:
        """Add an error unless nobody asked lately, or the person goes on deliberately."""
        before = in_the_way(self.earlier, type=type, by=by)
        if not before:
            return
        if not self.cleaned_data.get("ask_anyway"):
            said = " ".join(ask.words for ask in before)
            text = f"{said} To ask them again so soon, tick “Ask all the same” and say why."
            self.add_error("ask_anyway", text)  # type: ignore[attr-defined]
        elif not self.cleaned_data.get("ask_reason"):
            self.add_error("ask_reason", "Say in a few words why they are asked again so soon.")  # type: ignore[attr-defined]


class PlanningAsk(AskAgain):
    """For a form that plans something with a partner (a placement, an event): planning it asks them, unless they have
    agreed already. Give it `asking` (who plans) before it is validated."""

    asking: Any = None

    def add_ask_fields(self) -> None:
        self.fields["agreed"] = forms.BooleanField(
            required=False,
            label="They have said yes already",
            help_text="Otherwise planning it counts as asking them, and waits for their answer.",
        )
        super().add_ask_fields()

    def guard_planning(self, *, type: str) -> None:
        partner = self.asked_partner()
        if partner and not self.cleaned_data.get("agreed") and not said_yes_to(partner, type):
            self.guard(type=type, by=self.asking)

    def record_ask(self, *, type: str, kind: str, summary: str, about: Any, contact: Any, school: Any) -> None:
        """Write the ask into the timeline, unless it carries out an earlier yes."""
        partner = self.asked_partner()
        if partner is None or said_yes_to(partner, type):
            return
        partner.record(
            kind=kind,
            summary=summary,
            by=self.asking,
            contact=contact,
            about=about,
            asked_for=type,
            answer="yes" if self.cleaned_data.get("agreed") else "",
            school=school,
            asked_anyway=self.reason_to_ask,
        )


class LetterAsk(AskAgain, forms.Form):
    """Stands beside a letter to a contact: what it asks for, and the guard when it is a request for help."""

    template = "partners/letter_ask.html"

    category = forms.CharField(required=False, widget=forms.HiddenInput)
    asked_for = forms.ChoiceField(choices=NOTHING, required=False, label="What it asks for")

    def __init__(self, *args: Any, partner: Organization, by: Any, school_id: int | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.partner, self.by, self.school_id = partner, by, school_id
        self.add_ask_fields()

    def asked_partner(self) -> Organization:
        return self.partner

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("asked_for") or data.get("category") == "requests":
            self.guard(type=data.get("asked_for", ""), by=self.by)
        return data

    def save(self, message: Any) -> None:
        """Keep it with the letter until it goes out."""
        if self.cleaned_data["asked_for"] or self.reason_to_ask:
            MailedAsk.objects.get_or_create(
                message=message,
                defaults={
                    "asked_for": self.cleaned_data["asked_for"],
                    "asked_anyway": self.reason_to_ask,
                    "school_id": self.school_id,
                },
            )


def open_ask(organization: Organization, type: str) -> TimelineEntry | None:
    """The ask for this that still waits for its answer, if it is not older than half a year."""
    since = timezone.now() - dt.timedelta(days=182)
    waiting = organization.timeline.asks().filter(asked_for=type, answer="", at__gt=since)
    return waiting.newest().first()


class AnswerForm(forms.Form):
    """What a partner answered to an ask."""

    answer = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No"), ("later", "Later")], widget=forms.RadioSelect, label="They said"
    )
    note = forms.CharField(
        max_length=300,
        required=False,
        label="In one line",
        widget=forms.TextInput(attrs={"placeholder": "How they put it"}),
    )

    def save(self, entry: TimelineEntry, *, by: Any) -> None:
        entry.settle(answer=self.cleaned_data["answer"])
        if note := self.cleaned_data["note"]:
            what, said = entry.get_asked_for_display(), entry.get_answer_display()  # type: ignore[attr-defined]
            entry.organization.record(
                kind="note", summary=f"{what}: {said.lower()}. {note}", by=by, contact=entry.contact
            )
