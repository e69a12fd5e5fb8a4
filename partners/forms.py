"""Forms of partners, their sites and people."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.postgres.forms import SimpleArrayField

from partners import naics
from partners.fields import IndustryField, OrganizationField, ReferrerField
from partners.finding import others_address
from partners.importing.values import clean_zip
from partners.models import Contact, Kind, Organization, Site, Source
from partners.models.stages import stage_choices
from partners.reach import read_phone, read_phones, several
from partners.stage_forms import DAY, REASON_HINTS, ask_reason
from wbl.accounts.models import Membership, roles_that
from wbl.files.models import StoredFile
from wbl.files.pictures import MOST_BYTES, NoPicture, thumbnail
from wbl.tenancy.conflicts import GuardedMixin
from wbl.tenancy.forms import DistrictModelForm
from wbl.web.numbers import phone_text

PHONE_HINT = "Any way you write it: 918-555-0142 x12. What can't be read as a number is kept as typed."


def members() -> Any:
    """Users who may own a partner in the open district: who only reads could not do what it asks for."""
    current = Membership.objects.of_district().filter(ended_at=None, role__in=roles_that("log"))
    return get_user_model().objects.filter(pk__in=current.values("user")).order_by("name", "email")


class PhoneMixin:
    """Stores phones as E.164 with extension; what can't be parsed stays as typed (and is flagged where it is shown)."""

    cleaned_data: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first: dict[str, Any] = self.initial  # type: ignore[attr-defined]
        first |= {name: phone_text(first[name]) for name in ("phone", "mobile") if first.get(name)}
        if first.get("other_phones"):
            first["other_phones"] = ", ".join(map(phone_text, several(first["other_phones"])))
        if "phone_ext" not in self.fields and getattr(self.instance, "phone_ext", ""):  # type: ignore[attr-defined]
            first["phone"] = f"{phone_text(self.instance.phone)} x{self.instance.phone_ext}"

    def clean_phone(self) -> str:
        read = read_phone(self.cleaned_data["phone"])
        if "phone_ext" not in self.fields or read.ext:  # type: ignore[attr-defined]
            self.instance.phone_ext = read.ext
        return read.number

    def clean_zip(self) -> str:
        typed = self.cleaned_data["zip"].strip()
        return clean_zip(typed)[0] or typed

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip()

    def clean_other_phones(self) -> str:
        numbers = read_phones(self.cleaned_data["other_phones"])
        return ", ".join(f"{each.number} x{each.ext}" if each.ext else each.number for each in numbers)

    def clean_other_emails(self) -> str:
        return ", ".join(several(self.cleaned_data["other_emails"]))

    def clean_mobile(self) -> str:
        return read_phone(self.cleaned_data["mobile"]).number


class OrganizationForm(GuardedMixin, PhoneMixin, DistrictModelForm):
    tags = SimpleArrayField(forms.CharField(max_length=40), required=False, help_text="Separated by commas.")
    naics = IndustryField(
        required=False,
        max_length=200,
        label="Industry (NAICS 2022)",
        help_text="Type words or a code: machine shop, 332710. Codes of 2017 and 2012 are read as today’s.",
    )
    stage = forms.ChoiceField(choices=stage_choices, label="Stage")
    parent = OrganizationField(required=False, max_length=200, label="Parent company")
    referrer = ReferrerField(
        required=False,
        max_length=200,
        label="Who referred them",
        help_text="A partner or a person of one (Ray Halvorsen, Acme Manufacturing); anything else is kept as words.",
    )

    class Meta:
        model = Organization
        fields = (
            "name",
            "kind",
            "subkind",
            "stage",
            "stage_reason",
            "revisit_on",
            "owner",
            "phone",
            "website",
            "email",
            "naics",
            "industry",
            "employees",
            "parent",
            "source",
            "referrer",
            "tags",
            "notes",
        )
        error_messages = {"employees": {"min_value": "Write how many people work there: 0 or more."}}
        help_texts = {"phone": PHONE_HINT, "subkind": "If it is one.", "industry": "In your own words."} | REASON_HINTS
        widgets = {"notes": forms.Textarea(attrs={"rows": 3}), "revisit_on": DAY}

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["owner"].queryset = members()  # type: ignore[attr-defined]
        self.initial["parent"] = self.instance.parent
        one = self.instance
        self.initial["referrer"] = one.referred_by_contact or one.referred_by or one.source_detail

    def clean_subkind(self) -> str:
        return self.cleaned_data["subkind"] if self.cleaned_data.get("kind") == Kind.INTERMEDIARY else ""

    def clean_parent(self) -> Organization | None:
        parent: Organization | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and (parent == self.instance or self.instance in parent.above):
            raise forms.ValidationError(f"{parent} belongs to {self.instance} already; it can’t be its parent too.")
        return parent

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ask_reason(self, data)
        if data.get("naics") and not data.get("industry"):
            data["industry"] = naics.titles()[data["naics"]][:150]
        return data

    def save(self, commit: bool = True) -> Organization:
        """Keep it; a partner or person who newly referred it gets a line on their timeline."""
        found, was = self.cleaned_data.get("referrer"), self.instance.referred_by_id
        person = found if isinstance(found, Contact) else None
        by = person.organization if person else found if isinstance(found, Organization) else None
        if "referrer" in self.fields:
            self.instance.referred_by, self.instance.referred_by_contact = by, person
            self.instance.source_detail = "" if by else str(found or "")
            if found and not self.instance.source:
                self.instance.source = _channel_of(found)
        made: Organization = super().save(commit)
        if commit and by and by.pk != was:
            by.record(kind="referral", summary=f"Referred {made}.", by=self.by, contact=person, about=made)
        return made


def _channel_of(referrer: Any) -> str:
    """Through what a partner was found whom this person, partner or somebody in words referred."""
    person = referrer if isinstance(referrer, Contact) else None
    if person and Contact.objects.filter(pk=person.pk, seats__isnull=False, seats__ended_on=None).exists():
        return Source.COUNCIL
    by = person.organization if person else referrer if isinstance(referrer, Organization) else None
    if by and by.kind == Kind.INTERMEDIARY:
        return Source.INTERMEDIARY
    return Source.ALUMNI if person and (person.alumni_school or person.alumni_year) else Source.REFERRAL


class LogoForm(forms.Form):
    """A logo; what is no picture is refused with the reason."""

    file = forms.FileField(label="Logo", help_text="PNG, JPEG, GIF or WebP, up to 5 MB. It is drawn anew, small.")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.drawn = thumbnail(upload.read(MOST_BYTES + 1))
        except NoPicture as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return upload

    def save(self, organization: Organization, *, by: Any) -> None:
        kept = StoredFile.keep(name="logo.png", content_type="image/png", body=self.drawn, by=by)
        organization.logo = kept
        organization.save(update_fields=["logo"])


class SiteForm(GuardedMixin, PhoneMixin, DistrictModelForm):
    class Meta:
        model = Site
        fields = ("name", "street", "city", "state", "zip", "phone")


class ContactForm(GuardedMixin, PhoneMixin, DistrictModelForm):
    """An address that is somebody else's is asked about, once: `shared` saves it all the same."""

    shared = forms.BooleanField(required=False, widget=forms.HiddenInput, label="They share it: save all the same")

    class Meta:
        model = Contact
        fields = (
            "name",
            "goes_by",
            "title",
            "started_on",
            "email",
            "other_emails",
            "phone",
            "mobile",
            "other_phones",
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
            "other_emails": "With commas between. Answers from them are known as this person’s.",
            "other_phones": "With commas between, each with its extension: 918-555-0142 x12.",
        }
        widgets = {
            "notes": forms.Textarea(attrs={"rows": 2}),
            "prefers": forms.RadioSelect,
            "started_on": DAY,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        whose = ""
        if "email" in self.changed_data:
            whose = others_address(data.get("email", ""), data.get("name", ""), pk=self.instance.pk)
        if whose and not data.get("shared"):
            self.fields["shared"].widget = forms.CheckboxInput()
            self.add_error("email", f"{whose} Mend it, or tick “{self.fields['shared'].label}” and save again.")
        return data


class MoveForm(forms.Form):
    """A person goes to another partner: which, since when, as what."""

    partner = OrganizationField(label="Works now for", max_length=200)
    title = forms.CharField(max_length=120, required=False, label="Role or title there")
    on = forms.DateField(label="Since", widget=DAY)

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact

    def clean_partner(self) -> Organization:
        found: Organization = self.cleaned_data["partner"]
        if found.pk == self.contact.organization_id:
            raise forms.ValidationError(f"{self.contact} is at {found} already. Name the other partner.")
        return found

    def save(self, *, by: Any) -> Contact:
        data = self.cleaned_data
        return self.contact.move(organization=data["partner"], on=data["on"], title=data["title"], by=by)
