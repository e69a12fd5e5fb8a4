"""Forms of partners, their sites, people and offers."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.postgres.forms import SimpleArrayField
from django.http import QueryDict

from partners import naics
from partners.fields import IndustryField, OrganizationField, ReferrerField
from partners.finding import Found, like_typed
from partners.importing.values import clean_zip
from partners.listing import PartnerList
from partners.models import BulkChange, Contact, Kind, Organization, PartnerDocument, PipelineStage, Site, StageChange
from partners.models.stages import stage_choices, step_of
from partners.reach import read_phone, read_phones, several
from wbl.accounts.models import Membership
from wbl.files.models import StoredFile
from wbl.files.pictures import MOST_BYTES, NoPicture, thumbnail
from wbl.tenancy.conflicts import GuardedMixin
from wbl.tenancy.forms import DistrictModelForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_MB = 10
MOST_AT_ONCE = 10_000
NOBODY = "nobody"  # as the owner of many at once: the empty choice is no choice
PHONE_HINT = "Any way you write it: 918-555-0142 x12. What can't be read as a number is kept as typed."


def members() -> Any:
    """Users who may own a partner in the open district."""
    current = Membership.objects.of_district().filter(ended_at=None)
    return get_user_model().objects.filter(pk__in=current.values("user")).order_by("name", "email")


class PhoneMixin:
    """Stores phones as E.164 with extension; what can't be parsed stays as typed (and is flagged where it is shown)."""

    cleaned_data: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "phone_ext" not in self.fields and getattr(self.instance, "phone_ext", ""):  # type: ignore[attr-defined]
            self.initial["phone"] = f"{self.instance.phone} x{self.instance.phone_ext}"  # type: ignore[attr-defined]

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


REASON_HINTS = {
    "stage_reason": "For a partner who is paused or has declined: in their words.",
    "revisit_on": "On that day you have a to-do, and they stand on Today.",
}


def ask_reason(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Off the ladder a reason is asked for; on it neither reason nor day is kept."""
    step = step_of(data.get("stage", ""))
    if not data.get("stage") or not step.asks_reason:
        data["stage_reason"], data["revisit_on"] = "", None
    elif not data.get("stage_reason"):
        form.add_error("stage_reason", f"Say why they are “{step.name}”: whoever calls them next will want to know.")


class StageMoveForm(forms.Form):
    """To another stage."""

    stage = forms.ChoiceField(choices=stage_choices, widget=forms.RadioSelect, label="Stage")
    stage_reason = forms.CharField(
        max_length=200, required=False, label="Why paused or declined", help_text=REASON_HINTS["stage_reason"]
    )
    revisit_on = forms.DateField(
        required=False, label="Look at them again on", widget=DAY, help_text=REASON_HINTS["revisit_on"]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        ask_reason(self, data)
        return data

    def save(self, organization: Organization, *, by: Any) -> StageChange | None:
        data = self.cleaned_data
        return organization.move_to(
            stage=data["stage"], by=by, reason=data["stage_reason"], revisit_on=data["revisit_on"]
        )


class StageForm(DistrictModelForm):
    """One stage of the district."""

    class Meta:
        model = PipelineStage
        fields = ("name", "on_ladder", "is_warm")


class RetireForm(forms.Form):
    """Where the partners of a stage go that nobody uses any more."""

    replacement = forms.ChoiceField(label="Partners in this stage go to")

    def __init__(self, *args: Any, stage: PipelineStage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(key, name) for key, name in stage_choices() if key != stage.key]
        self.fields["replacement"] = forms.ChoiceField(label="Partners in this stage go to", choices=others)


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
            "tags",
            "notes",
        )
        help_texts = {"phone": PHONE_HINT, "subkind": "If it is one.", "industry": "In your own words."} | REASON_HINTS
        widgets = {"notes": forms.Textarea(attrs={"rows": 3}), "revisit_on": DAY}

    field_order = (
        *(
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
        ),
        *("employees", "parent", "source", "referrer", "tags", "notes"),
    )

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
        made: Organization = super().save(commit)
        if commit and by and by.pk != was:
            by.record(kind="referral", summary=f"Referred {made}.", by=self.by, contact=person, about=made)
        return made


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


class NewPartnerForm(OrganizationForm):
    """A partner that is typed in. Likely duplicates on file are an error, once: `found` has them, `another` goes on."""

    another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def watch(self, url: str) -> None:
        """Ask `url` while the name, phone, website or email is typed."""
        for name in ("name", "phone", "website", "email"):
            self.fields[name].widget.attrs |= {
                "hx-get": url,
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#alike",
                "hx-include": "#new-partner [name=name], [name=phone], [name=website], [name=email]",
                "hx-sync": "#alike:replace",
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.found: list[Found] = []
        if not data.get("another") and data.get("name"):
            self.found = like_typed(**{key: data.get(key, "") for key in ("name", "phone", "email", "website")})
        if self.found:
            raise forms.ValidationError(
                "This may be on file already: look at what stands above, or say it is another one."
            )
        return data


class TypedForm(forms.Form):
    """What is typed so far of a partner."""

    name = forms.CharField(required=False, max_length=200)
    phone = forms.CharField(required=False, max_length=100)
    email = forms.CharField(required=False, max_length=254)
    website = forms.CharField(required=False, max_length=300)

    def clean_phone(self) -> str:
        return read_phone(self.cleaned_data["phone"]).number


class SiteForm(GuardedMixin, PhoneMixin, DistrictModelForm):
    class Meta:
        model = Site
        fields = ("name", "street", "city", "state", "zip", "phone")


class ContactForm(GuardedMixin, PhoneMixin, DistrictModelForm):
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
        if upload and upload.size > MOST_MB * 1024 * 1024:
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


class BulkForm(forms.Form):
    """Ticked partners, or all that fit the state of the list (`query`), and what to do with them."""

    do = forms.ChoiceField(choices=[c for c in BulkChange.Field.choices if c[0] != BulkChange.Field.HANDOVER])
    rows = forms.ModelMultipleChoiceField(queryset=Organization.objects.present(), required=False)
    everything = forms.BooleanField(required=False)
    query = forms.CharField(max_length=4_000, required=False)
    stage = forms.ChoiceField(choices=stage_choices, required=False)
    owner = forms.ChoiceField(required=False)
    tag = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), str(user)) for user in members()]
        self.fields["owner"].choices = [(NOBODY, "Nobody"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        do = data.get("do", "")
        if data.get("everything"):
            matching = PartnerList(QueryDict(data.get("query", ""))).select(Organization.objects.present())
            data["rows"] = list(matching[: MOST_AT_ONCE + 1])
        if not data.get("rows"):
            raise forms.ValidationError("tick at least one partner")
        if len(data["rows"]) > MOST_AT_ONCE:
            raise forms.ValidationError(f"more than {MOST_AT_ONCE:,} partners match; use a filter")
        if do in ("tag", "untag") and not data.get("tag"):
            raise forms.ValidationError("write a tag")
        if do == "stage" and not data.get("stage"):
            raise forms.ValidationError("choose a stage")
        if do == "owner" and not data.get("owner"):
            raise forms.ValidationError("choose an owner")
        return data

    def save(self, *, by: Any) -> BulkChange:
        """Do it."""
        data = self.cleaned_data
        owner = None if data["owner"] in ("", NOBODY) else members().get(pk=data["owner"])
        value = {"untag": data["tag"], "archive": "", "owner": owner}.get(data["do"], data.get(data["do"]))
        return BulkChange.apply(field=data["do"], value=value, organizations=data["rows"], by=by)

    @property
    def why_not(self) -> str:
        """What is wrong, after “Nothing was changed: ”."""
        texts = [str(text) for texts in self.errors.values() for text in texts]
        return (texts[0] if texts else "").rstrip(".") or "choose what to do"
