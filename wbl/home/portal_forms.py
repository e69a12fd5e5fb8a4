"""What a partner's contact fills in: few fields, few words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.models import Contact
from partners.models.offers import PLACES_TO_THEM
from partners.offer_forms import OfferFields
from partners.reach import is_email, read_phone
from placements.models import HoursEntry
from wbl.mail.categories import OPTIONAL, OPTIONAL_TOLD


class AnswerForm(forms.Form):
    """An answer to what the district asked; `answers` are the choices."""

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Anything we should know?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, answers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]


class EntriesForm(forms.Form):
    """The entries that stood on the page."""

    entries = forms.ModelMultipleChoiceField(HoursEntry.objects.none(), widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, entries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].queryset = entries  # type: ignore[attr-defined]


class ProblemForm(forms.Form):
    note = forms.CharField(
        label=_("What is wrong?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: Tuesday was 2 hours. Your coordinator corrects it and tells you."),
    )


class OfferForm(OfferFields):
    places = PLACES_TO_THEM

    class Meta(OfferFields.Meta):
        labels = {"type": _("What you offer"), "seats": _("For how many students each time?")}


class ContactForm(forms.Form):
    """Whom the district turns to from now on."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Role"), max_length=120, required=False)
    email = forms.CharField(label=_("Email"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    instead = forms.BooleanField(label=_("This person takes over from me: don’t contact me any more"), required=False)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip()
        if email and not is_email(email):
            raise ValidationError(_("That is no email address."))
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("email") and not data.get("phone"):
            self.add_error("email", _("We need an email address or a phone number."))
        return data

    def contact(self, organization: Any) -> Contact:
        """The new contact, unsaved."""
        data, phone = self.cleaned_data, read_phone(self.cleaned_data["phone"])
        return Contact(
            organization=organization,
            name=data["name"],
            title=data["title"],
            email=data["email"],
            phone=phone.number,
            phone_ext=phone.ext,
            prefers="email" if data["email"] else "phone",
        )


class MailForm(forms.Form):
    """Which mails may come; what is not ticked is stopped."""

    wanted = forms.MultipleChoiceField(
        label=_("These may come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=OPTIONAL_TOLD,
    )

    @property
    def stopped(self) -> list[str]:
        return [c for c in OPTIONAL if c not in self.cleaned_data["wanted"]]
