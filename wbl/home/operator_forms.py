"""The forms of who runs the installation."""

from django import forms

from wbl.accounts.forms import zones
from wbl.tenancy.models import District


class NewDistrictForm(forms.ModelForm):
    time_zone = forms.ChoiceField(choices=zones)
    admin_email = forms.EmailField(max_length=254, label="First admin’s email", help_text="Gets an invitation.")

    class Meta:
        model = District
        fields = ("name", "slug", "kind", "state", "time_zone")
        labels = {"slug": "Address"}
        help_texts = {"slug": "What follows the slash in its pages, as cedar-valley.", "state": "Two letters, as OK."}

    def clean_state(self) -> str:
        return self.cleaned_data["state"].upper()


class RenameForm(forms.Form):
    slug = forms.SlugField(max_length=50, label="New address", help_text="Links to the old one go on working.")

    def __init__(self, *args: object, district: District, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.district = district

    def clean_slug(self) -> str:
        slug: str = District._meta.get_field("slug").clean(self.cleaned_data["slug"].lower(), self.district)
        if District.objects.filter(slug=slug).exclude(pk=self.district.pk).exists():
            raise forms.ValidationError("Another district has this address.")
        return slug


class EntryForm(forms.Form):
    reason = forms.CharField(
        max_length=300, help_text="The district’s admins can read it. You are let in for two hours."
    )
