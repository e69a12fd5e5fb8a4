"""Forms of mail: one letter, a rule."""

import re
from typing import Any

from django import forms
from django.utils.crypto import get_random_string

from wbl.mail.categories import OPTIONAL, Category
from wbl.mail.models import Message, Rule
from wbl.mail.people import PersonKind, Recipient
from wbl.tenancy.forms import DistrictModelForm

_OFFSET = re.compile(r"^(\d{1,3})\s*days?\s+(before|after)$", re.IGNORECASE)
_CHOICES = [
    (c.value, c.label) for c in (Category.REQUESTS, Category.REMINDERS, Category.ANNOUNCEMENTS, Category.COUNCIL)
]


class WriteForm(forms.Form):
    """One mail to one person. What is typed is what they read: no markup, no merge fields."""

    subject = forms.CharField(max_length=200)
    body = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 12}), strip=False)
    category = forms.ChoiceField(
        label="What it is", choices=_CHOICES, help_text="Whoever opted out of this kind does not get it."
    )
    # two clicks on Send are one mail
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("once", get_random_string(20))
        super().__init__(*args, **kwargs)

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if not body.strip():
            raise forms.ValidationError("A mail needs a text.")
        return body

    def draft(self, to: Recipient, *, by: Any) -> Message:
        """The unsaved message, for the preview."""
        message = Message.addressed(to, to.about, by)
        message.subject, message.source = self.cleaned_data["subject"], self.cleaned_data["body"]
        message.category, message.by_hand, message.rule_key = self.cleaned_data["category"], True, "preview"
        return message

    def save(self, to: Recipient, kind: PersonKind, *, by: Any) -> Message:
        return Message.write(
            kind=kind.single,
            record=to.about,
            recipient=to,
            subject=self.cleaned_data["subject"],
            body=self.cleaned_data["body"],
            category=self.cleaned_data["category"],
            by=by,
            step=self.cleaned_data["once"],
            because=f"{by} wrote it.",
        )


class RuleForm(DistrictModelForm):
    """When a rule writes, and what."""

    when = forms.CharField(label="When", max_length=120, help_text="As in: on the day, 2 days before, 7 days after.")

    class Meta:
        model = Rule
        fields = ("subject", "body", "hour", "quiet_hours", "school_days")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 12}),
            "hour": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    field_order = ("subject", "body", "when", "hour", "quiet_hours", "school_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("when", self.instance.when())

    def clean_when(self) -> list[int]:
        offsets = [self._offset(part) for part in self.cleaned_data["when"].split(",") if part.strip()]
        if not offsets:
            raise forms.ValidationError("Say at least one day, as in: on the day.")
        return sorted(set(offsets))

    def _offset(self, part: str) -> int:
        words = " ".join(part.split()).lower()
        if words == "on the day":
            return 0
        found = _OFFSET.match(words)
        if not found or int(found[1]) > 365:
            raise forms.ValidationError(
                f"“{part.strip()}” is no day I understand; write 2 days before, on the day, 7 days after."
            )
        return int(found[1]) * (-1 if found[2] == "before" else 1)

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body")

    def _checked(self, name: str) -> str:
        text = self.cleaned_data[name].replace("\r\n", "\n")
        if wrong := self.instance.wrong_in(text):
            raise forms.ValidationError(wrong)
        return text

    def save(self, commit: bool = True) -> Rule:
        self.instance.offsets = self.cleaned_data["when"]
        self.instance.planned_at = None
        return super().save(commit)


__all__ = ["OPTIONAL", "RuleForm", "WriteForm"]
