"""A student's card."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError

from pathways.models import Pathway
from placements.forms.fields import DayInput
from placements.models import Student
from wbl.tenancy.forms import DistrictModelForm
from wbl.tenancy.models import School
from wbl.tenancy.scope import current_district

OLDEST, YOUNGEST = 25, 10  # years: beyond these a birth date is a slip of the keyboard


class StudentForm(DistrictModelForm):
    class Meta:
        model = Student
        fields = (
            "name",
            "goes_by",
            "birth_date",
            "school",
            "grade",
            "graduation_year",
            "pathway",
            "concentrator",
            "guardian_name",
            "guardian_email",
            "left_on",
        )
        widgets = {"birth_date": DayInput(), "left_on": DayInput()}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["pathway"].queryset = Pathway.objects.present()  # type: ignore[attr-defined]
        school = self.fields["school"]
        assert isinstance(school, forms.ModelChoiceField)
        school.queryset = School.objects.filter(closed_on=None) | School.objects.filter(pk=self.instance.school_id)

    def clean_birth_date(self) -> dt.date:
        born, today = self.cleaned_data["birth_date"], current_district().today()
        years = (today - born).days / 365.25
        if not YOUNGEST <= years <= OLDEST:
            raise ValidationError(f"That makes the student {max(0, int(years))} years old. Is the year right?")
        return born

    def clean_graduation_year(self) -> int | None:
        year = self.cleaned_data["graduation_year"]
        if year is not None and not 2000 <= year <= 2100:
            raise ValidationError("Write the year with four digits, as 2027.")
        return year
