"""Choosing what the one partner or contact has that two become, and whom to merge with."""

from typing import Any

from django import forms

from partners.fields import ContactField, OrganizationField
from partners.merging.comparing import Compared
from partners.merging.wording import shown

MINE, THEIRS = "mine", "theirs"


class Either(forms.ChoiceField):
    """One of two values, under each other: some are wordy, and all choices of the page look alike."""

    stacked = True


class MergeForm(forms.Form):
    """One choice for each field in which the two differ."""

    def __init__(self, *args: Any, compared: list[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in compared:
            if each.is_choice:
                self.fields[each.name] = Either(
                    label=each.label,
                    choices=[(MINE, shown(each.field, each.mine)), (THEIRS, shown(each.field, each.theirs))],
                    initial=MINE,
                    widget=forms.RadioSelect,
                )

    @property
    def taken(self) -> set[str]:
        """Names of the fields whose value comes from the other."""
        return {name for name, value in self.cleaned_data.items() if value == THEIRS}


class OtherPartnerForm(forms.Form):
    other = OrganizationField(label="The other partner", help_text="Type a part of its name.")


class OtherContactForm(forms.Form):
    other = ContactField(label="The other contact", help_text="Their name, and the partner if there are two.")
