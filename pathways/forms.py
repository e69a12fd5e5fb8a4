"""Forms of pathways: the pathway, and one for each kind of part that hangs on it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.fields import OrganizationField
from pathways.models import (
    Credential,
    EntryPoint,
    ExitPoint,
    Experience,
    Pathway,
    PathwayOccupation,
    Step,
    SupportService,
    Tie,
)
from wbl.tenancy.forms import DistrictModelForm


class PathwayForm(DistrictModelForm):
    class Meta:
        model = Pathway
        fields = ("name", "cluster", "description", "students", "finishers", "source", "source_url")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class PartForm(DistrictModelForm):
    """A part of one pathway: steps and occupations are chosen among its own."""

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pathway = pathway
        for name in ("step", "first_step", "last_step"):
            if name in self.fields:
                self.fields[name].queryset = pathway.steps.all()  # type: ignore[attr-defined]
                self.fields[name].empty_label = None  # type: ignore[attr-defined]
        if "occupation" in self.fields:
            self.fields["occupation"].queryset = pathway.occupations.all()  # type: ignore[attr-defined]
        if self._holds_pathway():
            self.instance.pathway = pathway

    def _get_validation_exclusions(self) -> set[str]:
        """The pathway is no field here, yet what is unique is unique within it."""
        return super()._get_validation_exclusions() - {"pathway"}

    def _holds_pathway(self) -> bool:
        return any(f.name == "pathway" for f in self.instance._meta.concrete_fields)


class StepForm(PartForm):
    class Meta:
        model = Step
        fields = ("grade", "name", "kind")

    def save(self, commit: bool = True) -> Any:
        """A new step goes to the end of the line."""
        if self.instance.pk:
            return super().save(commit)
        return self.pathway.append_step(**self.cleaned_data)


class EntryForm(PartForm):
    class Meta:
        model = EntryPoint
        fields = ("step", "who", "condition")


class CredentialForm(PartForm):
    class Meta:
        model = Credential
        fields = ("step", "name", "issuer", "stacks")


class ExperienceForm(PartForm):
    class Meta:
        model = Experience
        fields = ("step", "type", "hours")


class ExitForm(PartForm):
    class Meta:
        model = ExitPoint
        fields = ("step", "occupation")
        help_texts = {"occupation": _("Occupations are added further down, with their source.")}


class OccupationForm(PartForm):
    class Meta:
        model = PathwayOccupation
        fields = ("title", "soc", "wage", "openings", "source", "source_url")


class ServiceForm(PartForm):
    class Meta:
        model = SupportService
        fields = ("name", "provider", "first_step", "last_step")


class TieForm(PartForm):
    organization = OrganizationField(label=_("Partner"), help_text=_("Begin to type a name."))

    class Meta:
        model = Tie
        fields = ("organization", "role", "agreed_on")
        widgets = {"agreed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.organization_id:
            self.initial["organization"] = self.instance.organization


class MoveForm(forms.Form):
    """One place earlier or later on the line."""

    by = forms.TypedChoiceField(choices=[("-1", "Earlier"), ("1", "Later")], coerce=int)


@dataclass(frozen=True)
class Part:
    """A kind of part: its form, its words, and what must be there before it."""

    key: str
    form: type[PartForm]
    one: str
    many: str
    teach: str
    needs: str = "steps"

    @property
    def model(self) -> Any:
        return self.form._meta.model

    def rows(self, pathway: Pathway) -> Any:
        """All rows of this kind on the pathway, in the order of the map."""
        path = "pathway" if any(f.name == "pathway" for f in self.model._meta.concrete_fields) else "step__pathway"
        rows = self.model.objects.filter(**{path: pathway})
        return rows.select_related("step").order_by("step__order", "id") if path == "step__pathway" else rows


PARTS: dict[str, Part] = {
    part.key: part
    for part in (
        Part("steps", StepForm, "Step", "Steps", "Courses, programs and degrees, from first to last.", needs=""),
        Part("entries", EntryForm, "Way in", "Ways in", "Who may begin at which step."),
        Part("experiences", ExperienceForm, "Experience", "Work experience", "What students do with employers."),
        Part("credentials", CredentialForm, "Credential", "Credentials", "What is earned, and carried along."),
        Part("occupations", OccupationForm, "Occupation", "Occupations", "Demand and wages with source.", needs=""),
        Part(
            "exits", ExitForm, "Way out", "Ways out to work", "After which step one can take which job.", "occupations"
        ),
        Part("services", ServiceForm, "Support", "Support services", "What helps people stay, and for which steps."),
        Part("ties", TieForm, "Partner", "Partners", "Who teaches and who hires or hosts.", needs=""),
    )
}
