"""A partner that is typed in, with its first person; likely duplicates are shown meanwhile."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partners.finding import Found, like_typed, others_address
from partners.forms import OrganizationForm
from partners.models import Contact, Organization
from partners.models.stages import stage_choices, step_of
from partners.reach import read_phone

PERSON = ("name", "title", "email", "phone")
FOLDED = ("naics", "industry", "employees", "parent")
TYPED = ("name", "phone", "email", "website", "person_email", "person_phone")
"""What is compared with the partners on file."""


class NewPartnerForm(OrganizationForm):
    """Likely duplicates on file, and an address that is somebody else's, are an error, once: `found` has the duplicates,
    `asks` tells that there is something to say yes to, `another` goes on."""

    another = forms.BooleanField(required=False, widget=forms.HiddenInput)
    person_name = forms.CharField(required=False, max_length=120, label="Their name")
    person_title = forms.CharField(required=False, max_length=120, label="Role or title")
    person_email = forms.CharField(required=False, max_length=254, label="Their email")
    person_phone = forms.CharField(required=False, max_length=100, label="Their phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nobody is added as paused or declined: that is a move, which asks why."""
        super().__init__(*args, **kwargs)
        del self.fields["stage_reason"], self.fields["revisit_on"]
        self.fields["phone"].help_text = "Any way you write it: 918-555-0142 x12."
        stages = [(key, name) for key, name in stage_choices() if not step_of(key).asks_reason]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]

    def watch(self, url: str) -> None:
        """Ask `url` while what tells partners apart is typed."""
        names = ", ".join(f"[name={name}]" for name in TYPED)
        for name in TYPED:
            self.fields[name].widget.attrs |= {
                "hx-get": url,
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#alike",
                "hx-include": f"#new-partner :is({names})",
                "hx-sync": "#alike:replace",
            }

    @property
    def more_said(self) -> bool:
        """Is something written, or wrong, in what stands folded away?"""
        return any(self[name].value() or self[name].errors for name in FOLDED)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if any(data.get(f"person_{key}") for key in PERSON) and not data.get("person_name"):
            self.add_error(
                "person_name", "Write the person’s name, or put the phone and email above, as the partner’s."
            )
        self.found: list[Found] = []
        if not data.get("another") and data.get("name"):
            self.found = like_typed(**{key: data.get(key, "") for key in TYPED})
        self.asks = bool(self.found)
        if self.found:
            raise ValidationError("This may be on file already: look at what stands above, or say it is another one.")
        whose = others_address(data.get("person_email", ""), data.get("person_name", ""))
        if whose and not data.get("another"):
            self.asks = True
            self.add_error("person_email", f"{whose} Mend it, or add the partner all the same.")
        return data

    def save(self, commit: bool = True) -> Organization:
        """Keep the partner, and the person where one is named."""
        made = super().save(commit)
        said = {key: self.cleaned_data[f"person_{key}"].strip() for key in PERSON}
        if said["name"]:
            phone = read_phone(said.pop("phone"))
            Contact.objects.create(organization=made, phone=phone.number, phone_ext=phone.ext, **said)
        return made


class TypedForm(forms.Form):
    """What is typed so far of a partner."""

    name = forms.CharField(required=False, max_length=200)
    phone = forms.CharField(required=False, max_length=100)
    email = forms.CharField(required=False, max_length=254)
    website = forms.CharField(required=False, max_length=300)
    person_email = forms.CharField(required=False, max_length=254)
    person_phone = forms.CharField(required=False, max_length=100)
