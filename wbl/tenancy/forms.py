"""The form that every tenant row is edited with."""

from django import forms


class DistrictModelForm(forms.ModelForm):
    """A ModelForm that also checks unique constraints over `district`, which is no form field."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"district"}  # type: ignore[misc]
