"""The form of one letter."""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.crypto import get_random_string

from wbl.files.models import StoredFile
from wbl.mail import hours, texts
from wbl.mail.categories import Category
from wbl.mail.models import Message
from wbl.mail.people import PersonKind, Recipient
from wbl.tenancy.scope import current_district

_CHOICES = [
    (c.value, c.label) for c in (Category.REQUESTS, Category.REMINDERS, Category.ANNOUNCEMENTS, Category.COUNCIL)
]
MOST_FILES, LARGEST = 5, 10_000_000  # bytes, all files of a mail: what mail servers surely take
_KEPT = signing.Signer(salt="wbl.mail.files")


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in uploads]


def _without_fields(text: str) -> str:
    """The text; raises ValidationError where it holds a field of templates, which nobody would fill."""
    if found := texts.called(text):
        said = [f"There is no field “{name}” in a mail written by hand." for name in found]
        raise forms.ValidationError([*said, "Write the words themselves."])
    return text


class WriteForm(forms.Form):
    """One mail to one person. The plain part is what is typed; the HTML part reads it as Markdown. No merge fields."""

    subject = forms.CharField(max_length=200)
    body = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 12}), strip=False)
    category = forms.ChoiceField(
        label="What it is", choices=_CHOICES, help_text="Whoever opted out of this kind does not get it."
    )
    send_at = forms.DateTimeField(
        label="Send at",
        required=False,
        help_text="Blank: within a minute.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    # asked for once, where the hour may come amiss
    anyway = forms.BooleanField(label="Send it at this hour all the same", required=False, widget=forms.HiddenInput)
    uploads = FilesField(label="Files", required=False, help_text="Up to 5, together 10 MB.")
    # files of a preview, kept so that nobody has to choose them twice
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    # two clicks on Send are one mail
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("once", get_random_string(20))
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_subject(self) -> str:
        return _without_fields(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if not body.strip():
            raise forms.ValidationError("A mail needs a text.")
        return _without_fields(body)

    def clean_category(self) -> str:
        """What asks for something is a request, so that whoever opted out of requests does not get it."""
        chosen: str = self.cleaned_data["category"]
        return Category.REQUESTS if self.data.get("asked_for") and chosen == Category.REMINDERS else chosen

    def clean_send_at(self) -> dt.datetime | None:
        at, now = self.cleaned_data["send_at"], timezone.now()
        if at and at < now - dt.timedelta(minutes=1):
            zone = current_district().time_zone.replace("_", " ")
            raise forms.ValidationError(f"This has passed ({zone} time). Name a time to come, or leave it blank.")
        if at and at > now + dt.timedelta(366):
            raise forms.ValidationError("This is more than a year away.")
        return at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        at = cleaned.get("send_at")
        if at and not cleaned.get("anyway") and (why := hours.doubt(at)):
            self.fields["anyway"].widget = forms.CheckboxInput()
            self.add_error("send_at", f"{why} Choose another hour, or tick that it shall go all the same.")
        uploads, kept = cleaned.get("uploads") or [], self._kept(cleaned.get("kept", ""))
        kept = [file for file in kept if str(file.pk) != self.data.get("drop")]
        if len(uploads) + len(kept) > MOST_FILES:
            self.add_error("uploads", f"At most {MOST_FILES} files. Put the others behind a link.")
        elif sum(u.size for u in uploads) + sum(f.size for f in kept) > LARGEST:
            self.add_error("uploads", "The files have more than 10 MB together. Put the large ones behind a link.")
        elif "uploads" not in self.errors:
            self.attached = kept
        return cleaned

    @staticmethod
    def _kept(signed: str) -> list[StoredFile]:
        try:
            ids = [int(n) for n in _KEPT.unsign(signed).split(",")] if signed else []
        except (signing.BadSignature, ValueError):
            return []
        return list(StoredFile.objects.filter(pk__in=ids).defer("body"))

    def keep_files(self) -> None:
        """Store what was uploaded, for the mail or until the preview is sent."""
        for upload in self.cleaned_data["uploads"]:
            body = upload.read()
            self.attached.append(
                StoredFile.keep(name=upload.name, content_type=upload.content_type or "", body=body, by=self.by)
            )
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["kept"] = _KEPT.sign(",".join(str(f.pk) for f in self.attached)) if self.attached else ""
        self.data = data

    def draft(self, to: Recipient, kind: PersonKind, *, by: Any) -> Message:
        """The unsaved message, for the preview."""
        message = Message.addressed(to, to.about, by)
        message.subject, message.source = self.cleaned_data["subject"], self.cleaned_data["body"]
        message.category, message.by_hand, message.rule_key = self.cleaned_data["category"], True, kind.single
        return message

    def save(self, to: Recipient, kind: PersonKind, *, by: Any) -> Message:
        self.keep_files()
        return Message.write(
            kind=kind.single,
            record=to.about,
            recipient=to,
            subject=self.cleaned_data["subject"],
            body=self.cleaned_data["body"],
            category=self.cleaned_data["category"],
            by=by,
            step=self.cleaned_data["once"],
            send_at=self.cleaned_data["send_at"],
            files=[file.pk for file in self.attached],
            because=f"{by} wrote it.",
        )
