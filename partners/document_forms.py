"""Forms of papers: what coordinators file, what partners send."""

from typing import Any

from django import forms

from partners.models import PartnerDocument
from wbl.files.models import StoredFile
from wbl.tenancy.conflicts import GuardedMixin
from wbl.tenancy.forms import DistrictModelForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_MB = 10


def is_too_large(upload: Any) -> bool:
    """Larger than any paper has to be?"""
    return bool(upload.size > MOST_MB * 1024 * 1024)


class DocumentForm(GuardedMixin, DistrictModelForm):
    """A paper, with its file if there is one."""

    upload = forms.FileField(
        label="File", required=False, help_text=f"Any kind, up to {MOST_MB} MB. Nobody but coordinators can open it."
    )

    class Meta:
        model = PartnerDocument
        fields = ("kind", "title", "contact", "starts", "expires", "renews", "notice_days", "notes")
        help_texts = {
            "contact": "For a background check: whose it is.",
            "title": "What you call it, if the kind does not say it.",
            "notice_days": "How many days before the last day notice must be given, if it renews itself.",
        }
        widgets = {"starts": DAY, "expires": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.instance.organization.contacts.current()
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]
        self.fields["contact"].empty_label = "Nobody in particular"  # type: ignore[attr-defined]

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload and is_too_large(upload):
            raise forms.ValidationError(f"{upload.name} is larger than {MOST_MB} MB. Save a smaller copy, as a PDF.")
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("expires") and data["expires"] < data["starts"]:
            self.add_error("expires", "The last day lies before the first. Correct one of them.")
        if data.get("renews") and not data.get("expires"):
            self.add_error("expires", "One that renews itself has a last day of its term: give it.")
        return data

    def save_by(self, by: Any) -> PartnerDocument:
        """Keep it, with its file; the file it had before stays in the history of files."""
        if upload := self.cleaned_data.get("upload"):
            kept = StoredFile.keep(name=upload.name, content_type=upload.content_type or "", body=upload.read(), by=by)
            self.instance.file = kept
        self.instance.added_by = self.instance.added_by or by
        saved: PartnerDocument = self.save()
        return saved
