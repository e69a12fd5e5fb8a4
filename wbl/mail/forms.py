"""The form of one letter."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string

from wbl.mail.categories import OPTIONAL, Category
from wbl.mail.models import Message
from wbl.mail.people import PersonKind, Recipient

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


__all__ = ["OPTIONAL", "WriteForm"]
