"""The forms of Settings: people, schools, calendar, the district itself."""

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wbl.accounts.models import Membership, Role, User
from wbl.tenancy.forms import DistrictModelForm
from wbl.tenancy.models import District, NonSchoolDay, RegionMember, School, Term
from wbl.tenancy.scope import current_district

ROLE_HINT = (
    "Viewers read. Teachers and counselors also log contacts and see their own schools’ students. "
    "Coordinators change partners, councils and placements. Admins also manage people and settings."
)
US_ZONES = (
    "America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage "
    "America/Adak Pacific/Honolulu America/Puerto_Rico Pacific/Guam Pacific/Pago_Pago"
).split()


class DayInput(forms.DateInput):
    """The browser's own calendar; its value is always written as 2026-10-09."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class RoleFields(forms.Form):
    """A role and, for teachers and counselors, their schools."""

    role = forms.ChoiceField(choices=Role, initial=Role.STAFF, help_text=ROLE_HINT)
    schools = forms.ModelMultipleChoiceField(
        School.objects.filter(closed_on=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For a teacher or counselor: whose students they see.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") == Role.STAFF and not cleaned.get("schools") and School.objects.exists():
            self.add_error("schools", "Choose at least one school.")
        return cleaned


class InviteForm(RoleFields):
    email = forms.EmailField(max_length=254, label="Email")
    name = forms.CharField(max_length=120, required=False, label="Full name")
    field_order = ("email", "name", "role", "schools")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if Membership.objects.of_district().filter(user__email__iexact=email, ended_at=None).exists():
            raise ValidationError("This person is a member already. Change the role on their own page.")
        return email


class MemberForm(RoleFields):
    title = forms.CharField(max_length=80, required=False, help_text="What they do in the district.")
    field_order = ("role", "title", "schools")


class JoinForm(forms.Form):
    """A new account: the invitation proved the address."""

    name = forms.CharField(max_length=120, label=_("Full name"), widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 10 characters."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class SchoolForm(DistrictModelForm):
    class Meta:
        model = School
        fields = ("name", "address", "closed_on")
        widgets = {"closed_on": DayInput}
        help_texts = {"closed_on": "A closed school stays in past reports and takes no new students."}


class TermForm(DistrictModelForm):
    class Meta:
        model = Term
        fields = ("name", "first_day", "last_day")
        widgets = {"first_day": DayInput, "last_day": DayInput}


class NonSchoolDayForm(DistrictModelForm):
    last_day = forms.DateField(
        label="Last day", required=False, widget=DayInput, help_text="Leave it empty for a single day."
    )

    class Meta:
        model = NonSchoolDay
        fields = ("name", "first_day", "last_day")
        widgets = {"first_day": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.last_day == self.instance.first_day:
            self.initial["last_day"] = None

    def clean_last_day(self) -> Any:
        return self.cleaned_data["last_day"] or self.cleaned_data.get("first_day")


class DistrictForm(forms.ModelForm):
    """What the district says about itself. Its address (slug) and kind are the operator's to change."""

    time_zone = forms.ChoiceField()

    class Meta:
        model = District
        fields = (
            "name",
            "postal_address",
            "phone",
            "website",
            "time_zone",
            "public_contact",
            "public_email",
            "public_phone",
            "mail_from_name",
            "quiet_from",
            "quiet_until",
            "school_days_only",
            "ask_guard_days",
            "cooldown_days",
        )
        widgets = {"quiet_from": HourInput, "quiet_until": HourInput}
        labels = {
            "public_contact": "Name",
            "public_email": "Email",
            "public_phone": "Phone",
            "mail_from_name": "Sender’s name",
            "quiet_from": "Quiet from",
            "quiet_until": "Quiet until",
            "school_days_only": "Automatic mail goes out on school days only",
            "ask_guard_days": "Days between two asks",
            "cooldown_days": "Days of rest after something did not go well",
        }
        help_texts = {
            "public_contact": "A person or an office, as families should read it. Leave all three empty and nobody is named.",
            "school_days_only": "What somebody sends by hand goes out when they say.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones(self.instance.time_zone)  # type: ignore[attr-defined]


def zones(current: str = "") -> list[tuple[str, Any]]:
    """The zones of the United States first, then all others; the current one is always among them."""
    others = sorted(zoneinfo.available_timezones() - set(US_ZONES) | ({current} - {"", *US_ZONES}))
    return [
        ("United States", [(z, z.replace("_", " ")) for z in US_ZONES]),
        ("Elsewhere", [(z, z.replace("_", " ")) for z in others]),
    ]


class RegionMemberForm(forms.Form):
    """A region takes in a district by its address."""

    slug = forms.CharField(
        max_length=50, label="District’s address", help_text="What follows the slash in its pages, as cedar-valley."
    )

    def clean_slug(self) -> District:
        found = District.objects.filter(slug=self.cleaned_data["slug"].strip("/ ").lower(), kind="district").first()
        if found is None:
            raise ValidationError("No district has this address.")
        if self.members().filter(district=found).exists():
            raise ValidationError("This district belongs to the region already.")
        return found

    @staticmethod
    def members() -> QuerySet[RegionMember]:
        return RegionMember.objects.filter(region=current_district())
