"""Naming a partner or a person in a form: typed, with names to choose from as one types.

The text is "Ray Halvorsen, Acme Manufacturing"; a name alone is enough while it is the only one. So the field works
without script, and no page carries a list of two thousand names.
"""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from partners import naics
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


class ReferrerField(NamedField):
    """Whoever referred a partner: a person or partner named in full, else the words as they were typed.

    Cleans to a Contact, an Organization or a text.
    """

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        people = [c for c in contacts_like(text) if sort_key(text) in (_key(self, c), sort_key(c.name))]
        if len(people) > 1:
            names = "; ".join(self.label_from_instance(each) for each in people[:4])
            raise forms.ValidationError(_("More than one fits: %(names)s. Write one of them.") % {"names": names})
        partners = [o for o in organizations_like(text) if sort_key(o.name) == sort_key(text)]
        return (people or partners or [text])[0] if text else ""

    def label_from_instance(self, value: Any) -> str:
        return f"{value.name}, {value.organization.name}" if isinstance(value, Contact) else str(value)


def _key(field: NamedField, value: Any) -> str:
    return sort_key(field.label_from_instance(value))


class IndustryField(NamedField):
    """An industry of NAICS 2022, by code or by words; a code of 2012 or 2017 is read as today's. Cleans to the code."""

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        first = text.partition(" ")[0]
        if first in naics.titles() and text in (first, naics.label(first)):
            return first
        found = naics.industries_like(text) if text else []
        exact = [code for code in found if sort_key(naics.titles()[code]) == sort_key(text)]
        found = exact[:1] or found
        if text and not found:
            raise forms.ValidationError(f"No industry of NAICS 2022 is called “{text}”. Type other words, or a code.")
        if len(found) > 1:
            names = "; ".join(naics.label(code) for code in found[:4])
            raise forms.ValidationError(f"More than one fits: {names}. Write one of them.")
        return found[0] if found else ""

    def prepare_value(self, value: Any) -> Any:
        return naics.label(value) if isinstance(value, str) and value in naics.titles() else value


class OrganizationField(NamedField):
    def candidates(self, text: str) -> list[Any]:
        return _exactly(organizations_like(text), text, self.label_from_instance)
