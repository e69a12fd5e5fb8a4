"""Forms of templates and of what stands around every mail."""

from typing import Any

from django import forms

from wbl.files.pictures import NoPicture, thumbnail
from wbl.mail.categories import OPTIONAL
from wbl.mail.models import MailSettings, MailTemplate
from wbl.tenancy.forms import DistrictModelForm

LARGEST_LOGO = 2_000_000
LOGO_SIZE = (440, 96)


class TemplateForm(DistrictModelForm):
    """A template in both languages. What would fail in the inbox is an error here."""

    class Meta:
        model = MailTemplate
        fields = ("name", "category", "subject", "body", "subject_es", "body_es")
        widgets = {"body": forms.Textarea(attrs={"rows": 12}), "body_es": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "body": "**bold**, *italic*, “- ” begins a point, [words](https://address) a link. HTML is shown as typed.",
            "body_es": "For contacts whose mails are in Spanish; without it they get the English one.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(c.value, c.label) for c in OPTIONAL]  # type: ignore[attr-defined]
        if self.instance.trigger_key:  # what a rule's mail is, is the trigger's to say
            self.fields.pop("category")

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body")

    def clean_subject_es(self) -> str:
        return self._checked("subject_es")

    def clean_body_es(self) -> str:
        return self._checked("body_es")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("subject_es") and not cleaned.get("body_es") and "body_es" not in self.errors:
            self.add_error(
                "body_es", "There is a Spanish subject. Write the Spanish text too, or take the subject out."
            )
        return cleaned

    def _checked(self, name: str) -> str:
        text = self.cleaned_data[name].replace("\r\n", "\n")
        if wrong := self.instance.wrong_in(text):
            raise forms.ValidationError(wrong)
        return text


class MailSettingsForm(DistrictModelForm):
    """Answers, the lines and the logo of every mail, and how often announcements may come."""

    logo_file = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG, JPEG, GIF or WebP. It stands in place of the district’s name on top.",
    )
    no_logo = forms.BooleanField(label="No logo any more", required=False)

    class Meta:
        model = MailSettings
        fields = ("reply_to", "signature", "most", "within_days")
        widgets = {"signature": forms.Textarea(attrs={"rows": 3})}
        labels = {"most": "Announcements to one partner, at most", "within_days": "… in so many days"}
        help_texts = {
            "most": "Counted over the whole district; what would be one more is withheld, with this reason.",
        }

    field_order = ("reply_to", "signature", "logo_file", "no_logo", "most", "within_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["most"].min_value = self.fields["within_days"].min_value = 1  # type: ignore[attr-defined]
        if not self.instance.logo:
            self.fields.pop("no_logo")

    def clean_most(self) -> int:
        return self._at_least_one("most")

    def clean_within_days(self) -> int:
        return self._at_least_one("within_days")

    def _at_least_one(self, name: str) -> int:
        if (number := self.cleaned_data[name]) < 1:
            raise forms.ValidationError("At least 1.")
        return min(number, 365)

    def clean_logo_file(self) -> bytes:
        upload = self.cleaned_data["logo_file"]
        if not upload:
            return b""
        if upload.size > LARGEST_LOGO:
            raise forms.ValidationError("The picture has more than 2 MB. Save it smaller, and try again.")
        try:
            return thumbnail(upload.read(), LOGO_SIZE)
        except NoPicture as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def save(self, commit: bool = True) -> MailSettings:
        if logo := self.cleaned_data["logo_file"]:
            self.instance.logo = logo
        elif self.cleaned_data.get("no_logo"):
            self.instance.logo = b""
        return super().save(commit)
