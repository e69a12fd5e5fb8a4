"""Forms of onboarding: a district's step, who does one with a partner and by when."""

from typing import Any

from django import forms

from partners.forms import members
from partners.models import Kind, OnboardingStep, OnboardingTask
from partners.onboarding_checks import checks
from wbl.accounts.forms import DayInput
from wbl.tenancy.forms import DistrictModelForm


class StepForm(DistrictModelForm):
    kinds = forms.MultipleChoiceField(
        label="For which partners",
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: for every kind.",
    )
    check_key = forms.ChoiceField(label="Done when", required=False)

    class Meta:
        model = OnboardingStep
        fields = ("title", "means", "kinds", "doer", "due_days", "check_key", "order")
        help_texts = {
            "means": "One sentence for whoever does it; the partner reads it in the portal.",
            "order": "Smaller numbers first.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = [(c.key, f"The system sees it: {c.label}") for c in checks()]
        self.fields["check_key"].choices = [("", "Somebody ticks it"), *seen]  # type: ignore[attr-defined]

    def clean_due_days(self) -> int:
        days = self.cleaned_data["due_days"]
        if days > 730:
            raise forms.ValidationError("Two years are the most. Write up to 730 days.")
        return days


class TaskForm(DistrictModelForm):
    class Meta:
        model = OnboardingTask
        fields = ("owner", "due")
        widgets = {"due": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members()  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = "The partner’s owner"  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """How a step ended: done, or not needed with this partner."""

    how = forms.ChoiceField(choices=[("done", "Done"), ("not_needed", "Not needed")])
