"""Naming a partner or a person in a form: typed, with names to choose from as one types.

The text is "Ray Halvorsen, Acme Manufacturing"; a name alone is enough while it is the only one. So the field works
without script, and no page carries a list of two thousand names.
"""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from partners.models import Contact, Organization
from partners.names import sort_key

SHOWN = 8


def contacts_like(text: str) -> list[Contact]:
    """People whose name holds every word typed, or whose organization's name does; the best few."""
    rows = Contact.objects.current().filter(organization__archived_at=None).select_related("organization")
    for word in sort_key(text.replace(",", " ")).split():
        rows = rows.filter(Q(sort_name__contains=word) | Q(organization__sort_name__contains=word))
    return list(rows.order_by("sort_name")[:SHOWN]) if text.strip() else []


def organizations_like(text: str) -> list[Organization]:
    """Partners whose name holds every word typed; the best few."""
    rows = Organization.objects.present()
    for word in sort_key(text).split():
        rows = rows.filter(sort_name__contains=word)
    return list(rows[:SHOWN]) if text.strip() else []


class NamedField(forms.CharField):
    """A record named in words. `source` is the address that gives names while one types, `options` their datalist."""

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source

    def dress(self, name: str, url: str) -> None:
        """Ask `url` for names while typing; the datalist `<name>-names` takes them (councils/names.html)."""
        self.widget.attrs |= {
            "list": f"{name}-names",
            "autocomplete": "off",
            "hx-get": f"{url}?field={name}",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{name}-names",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
            "hx-params": name,
        }

    def candidates(self, text: str) -> list[Any]:
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self.candidates(text)
        if not found:
            raise forms.ValidationError(_("Nobody is called “%(text)s” here.") % {"text": text})
        if len(found) > 1:
            names = "; ".join(self.label_from_instance(each) for each in found[:4])
            raise forms.ValidationError(_("More than one fits: %(names)s. Write one of them.") % {"names": names})
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.label_from_instance(value)

    def label_from_instance(self, value: Any) -> str:
        return str(value)


def _exactly(found: list[Any], text: str, label: Any) -> list[Any]:
    """The ones named in full, if any; else all that fit."""
    key = sort_key(text)
    return [each for each in found if key in (sort_key(label(each)), sort_key(each.name))] or found


class ContactField(NamedField):
    def candidates(self, text: str) -> list[Any]:
        return _exactly(contacts_like(text), text, self.label_from_instance)

    def label_from_instance(self, value: Any) -> str:
        return f"{value.name}, {value.organization.name}"


class OrganizationField(NamedField):
    def candidates(self, text: str) -> list[Any]:
        return _exactly(organizations_like(text), text, self.label_from_instance)
