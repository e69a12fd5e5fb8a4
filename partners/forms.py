"""Forms of partners, their sites, people and offers."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.postgres.forms import SimpleArrayField

from partners.models import Contact, Offer, Organization, Site, Stage
from partners.reach import is_email, read_phone
from wbl.accounts.models import Membership
from wbl.tenancy.forms import DistrictModelForm

PHONE_HINT = "Any way you write it: 918-555-0142 x12. What can't be read as a number is kept as typed."


def members() -> Any:
    """Users who may own a partner in the open district."""
    current = Membership.objects.of_district().filter(ended_at=None)
    return get_user_model().objects.filter(pk__in=current.values("user")).order_by("name", "email")


class PhoneMixin:
    """Stores phones as E.164 with extension; what can't be parsed stays as typed (and is flagged where it is shown)."""

    cleaned_data: dict[str, Any]

    def clean_phone(self) -> str:
        read = read_phone(self.cleaned_data["phone"])
        self.phone_ext = read.ext
        return read.number

    def clean_mobile(self) -> str:
        return read_phone(self.cleaned_data["mobile"]).number


class OrganizationForm(PhoneMixin, DistrictModelForm):
    tags = SimpleArrayField(forms.CharField(max_length=40), required=False, help_text="Separated by commas.")

    class Meta:
        model = Organization
        fields = (
            "name",
            "kind",
            "stage",
            "owner",
            "phone",
            "website",
            "email",
            "industry",
            "naics",
            "employees",
            "source",
            "source_detail",
            "tags",
            "notes",
        )
        help_texts = {"phone": PHONE_HINT, "naics": "Two to six digits, as 332710."}
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members()  # type: ignore[attr-defined]
        if self.instance.phone_ext:
            self.initial["phone"] = f"{self.instance.phone} x{self.instance.phone_ext}"

    def clean_naics(self) -> str:
        code = self.cleaned_data["naics"]
        if code and not (code.isascii() and code.isdigit() and len(code) >= 2):
            raise forms.ValidationError("A NAICS code has two to six digits.")
        return code

    def save(self, commit: bool = True) -> Organization:
        self.instance.phone_ext = self.phone_ext
        return super().save(commit)


class SiteForm(PhoneMixin, DistrictModelForm):
    class Meta:
        model = Site
        fields = ("name", "street", "city", "state", "zip", "phone")


class ContactForm(PhoneMixin, DistrictModelForm):
    class Meta:
        model = Contact
        fields = (
            "name",
            "goes_by",
            "title",
            "email",
            "phone",
            "mobile",
            "prefers",
            "best_time",
            "language",
            "alumni_school",
            "alumni_year",
            "notes",
            "do_not_contact",
        )
        help_texts = {
            "prefers": "Anything but email makes a to-do instead of an automatic mail.",
            "best_time": "As they said it: before 9 am.",
            "phone": PHONE_HINT,
        }
        widgets = {"notes": forms.Textarea(attrs={"rows": 2}), "prefers": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.phone_ext:
            self.initial["phone"] = f"{self.instance.phone} x{self.instance.phone_ext}"

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip()
        if email and not is_email(email):
            raise forms.ValidationError(f"“{email}” is no email address. Correct it, or keep it in the notes.")
        return email

    def save(self, commit: bool = True) -> Contact:
        self.instance.phone_ext = self.phone_ext
        return super().save(commit)


class OfferForm(DistrictModelForm):
    class Meta:
        model = Offer
        fields = ("type", "how_often", "seats", "when", "limits", "hours")
        help_texts = {
            "how_often": "2 a year",
            "when": "Tuesdays; in January",
            "limits": "Ages 16 and over, closed shoes",
        }


class BulkForm(forms.Form):
    """Ticked partners and what to do with them."""

    do = forms.ChoiceField(choices=[("stage", "Stage"), ("owner", "Owner"), ("tag", "Tag")])
    rows = forms.ModelMultipleChoiceField(queryset=Organization.objects.present())
    stage = forms.ChoiceField(choices=Stage, required=False)
    owner = forms.ModelChoiceField(queryset=None, required=False, empty_label="Nobody")
    tag = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members()  # type: ignore[attr-defined]
