"""Forms of the pipeline: a partner's move, a district's stages."""

from typing import Any

from django import forms

from partners.models import Organization, PipelineStage, StageChange
from partners.models.stages import stage_choices, step_of
from wbl.tenancy.forms import DistrictModelForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
REASON_HINTS = {
    "stage_reason": "For a partner who is paused or has declined: in their words.",
    "revisit_on": "On that day you have a to-do, and they stand on Today.",
}


def ask_reason(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """Off the ladder a reason is asked for; on it neither reason nor day is kept."""
    step = step_of(data.get("stage", ""))
    if not data.get("stage") or not step.asks_reason:
        data |= {name: empty for name, empty in (("stage_reason", ""), ("revisit_on", None)) if name in form.fields}
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
        labels = {"on_ladder": "A step up the ladder. (A stage that is none asks for a reason.)"}


class RetireForm(forms.Form):
    """Where the partners of a stage go that nobody uses any more."""

    replacement = forms.ChoiceField(label="Partners in this stage go to")

    def __init__(self, *args: Any, stage: PipelineStage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(key, name) for key, name in stage_choices() if key != stage.key]
        self.fields["replacement"] = forms.ChoiceField(label="Partners in this stage go to", choices=others)
