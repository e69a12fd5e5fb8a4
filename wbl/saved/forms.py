"""Naming a view, and choosing columns."""

from typing import Any

from django import forms
from django.http import QueryDict

from wbl.saved.models import SavedView
from wbl.tenancy.forms import DistrictModelForm
from wbl.web.lists import LISTS, Listing


class StateForm(forms.Form):
    """Which list, and the state it is in."""

    list = forms.CharField(max_length=20)
    query = forms.CharField(max_length=4_000, required=False)

    def clean_list(self) -> str:
        key: str = self.cleaned_data["list"]
        if key not in LISTS:
            raise forms.ValidationError("There is no such list.")
        return key

    @property
    def listing(self) -> Listing:
        return LISTS[self.cleaned_data["list"]](QueryDict(self.cleaned_data["query"]))


class NameForm(StateForm):
    """A name for the state of a list."""

    name = forms.CharField(max_length=60, strip=True)
    shared = forms.BooleanField(required=False)

    def save(self, *, by: Any) -> SavedView:
        """Keep the state under the name; one's own view of that name takes the new state."""
        listing = self.listing
        kept, _made = SavedView.objects.update_or_create(
            list=listing.key,
            owner=by,
            name=self.cleaned_data["name"],
            removed_at=None,
            defaults={"query": listing.state[:2_000], "shared": self.cleaned_data["shared"]},
        )
        return kept


class ColumnsForm(StateForm):
    """The columns of a list, for this person from now on."""

    cols = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kind = LISTS.get(data.get("list", ""))
        known = [(column.key, column.label) for column in kind.columns] if kind else []
        self.fields["cols"] = forms.MultipleChoiceField(choices=known, required=False)

    def save(self, *, by: Any) -> str:
        """Remember the columns; returns the list's address in its state, with them."""
        chosen = ",".join(self.cleaned_data["cols"]) or "-"
        own = SavedView.own(key=self.cleaned_data["list"], by=by)
        own.query = f"cols={chosen}"
        own.save(update_fields=["query", "updated_at"])
        return self.listing.query(cols=chosen)


class ViewForm(DistrictModelForm):
    """A view's name, who sees it, and whether the list opens with it."""

    opens = forms.BooleanField(label="Open the list with this view", required=False)

    class Meta:
        model = SavedView
        fields = ("name", "shared")
        labels = {"shared": "Everybody in the district sees it"}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["name"].required = True
        self.initial["opens"] = SavedView.objects.filter(owner=by, name="", first=self.instance).exists()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        same = SavedView.objects.filter(list=self.instance.list, owner=self.by, name=name, removed_at=None)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"You have a view “{name}” of this list already.")
        return name

    def save(self, commit: bool = True) -> SavedView:
        view: SavedView = super().save(commit)
        if self.cleaned_data["opens"]:
            view.open_with(by=self.by)
        else:
            view.open_no_more(by=self.by)
        return view
