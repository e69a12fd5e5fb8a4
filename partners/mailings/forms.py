"""Forms of announcements: the words, and when they go out."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from partners.models import Organization
from partners.models.mailings import Mailing
from wbl.mail import hours
from wbl.mail.triggers import wrong_in
from wbl.tenancy.forms import DistrictModelForm


class MailingForm(DistrictModelForm):
    """What would fail in the inbox is an error here."""

    # whom it goes to, carried along until the draft is saved
    rows = forms.ModelMultipleChoiceField(
        queryset=Organization.objects.present(), required=False, widget=forms.MultipleHiddenInput
    )
    query = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    class Meta:
        model = Mailing
        fields = ("category", "subject", "body", "subject_es", "body_es")
        widgets = {"body": forms.Textarea(attrs={"rows": 12}), "body_es": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "body": "**bold**, “- ” begins a point, [words](https://address) a link; fields as in templates.",
            "body_es": "For contacts whose mails are in Spanish; without it they get the English one.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("subject", "body", "subject_es", "body_es"):
            text = (cleaned.get(name) or "").replace("\r\n", "\n")
            cleaned[name] = text
            if wrong := wrong_in(text, None):
                self.add_error(name, wrong)
        if cleaned.get("subject_es") and not cleaned.get("body_es") and "body_es" not in self.errors:
            self.add_error(
                "body_es", "There is a Spanish subject. Write the Spanish text too, or take the subject out."
            )
        return cleaned


class DispatchForm(forms.Form):
    """Now, or at a time of the district's clock; an hour that may come amiss is asked about once."""

    send_at = forms.DateTimeField(
        label="Send at",
        required=False,
        help_text="Blank: now.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    anyway = forms.BooleanField(label="Send it at this hour all the same", required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        now = timezone.now()
        if data is None and (good := hours.next_good(now)) > now:
            self.initial["send_at"] = timezone.localtime(good).replace(tzinfo=None)
            self.fields["send_at"].help_text = f"{hours.doubt(now)} So this is the next good hour; blank: now."
        self.asks = False

    def clean_send_at(self) -> dt.datetime | None:
        at = self.cleaned_data["send_at"]
        if at and at < timezone.now() - dt.timedelta(minutes=1):
            raise forms.ValidationError("This has passed. Name a time to come, or leave it blank.")
        return at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        why = hours.doubt(cleaned.get("send_at") or timezone.now()) if "send_at" not in self.errors else ""
        if why and not cleaned.get("anyway"):
            self.asks = True
            self.add_error("send_at", f"{why} Choose another hour, or tick that it shall go all the same.")
        return cleaned
