"""Naming a partner or a person in a form: typed, with names to choose from as one types.

The text is "Ray Halvorsen, Acme Manufacturing"; a name alone is enough while it is the only one, and "#12" at its end
tells two of the same name apart. So the field works without script, and no page carries a list of two thousand names.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partners import naics
from partners.models import Contact, Organization
from partners.names import sort_key
from partners.search import find

SHOWN = 8
_REFERENCE = re.compile(r"^(?P<name>.*?)\s*#(?P<pk>\d{1,18})$", re.S)


class NamedInput(forms.TextInput):
    """A line with a datalist that `source` (an address name) fills while one types: ?field=<name>&of=<of>&<name>=…"""

    template_name = "components/named.html"

    def __init__(self, *, source: str, of: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.source, self.of = source, of

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        names = f"{context['widget']['attrs'].get('id', name).removeprefix('id_')}-names"  # another one in a dialog
        context["widget"]["names"] = names
        context["widget"]["attrs"] |= {
            "list": names,
            "autocomplete": "off",
            "hx-get": f"{reverse(self.source)}?field={name}&of={self.of}",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{names}",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
            "hx-params": name,
        }
        return context


class NamedField(forms.CharField):
    """A record named in words."""

    source, of = "partners:names", ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=NamedInput(source=self.source, of=self.of), **kwargs)

    def rows(self) -> QuerySet[Any]:
        """Whoever may be named."""
        raise NotImplementedError

    def candidates(self, text: str) -> list[Any]:
        """Those who may be meant by `text`, the likeliest first; `SHOWN` at most."""
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        exact = self.named(text)
        if len(exact) != 1 and (meant := self._referred(text)):
            return meant
        found = exact or self.candidates(text)
        if not found:
            raise forms.ValidationError(self.unknown(text))
        if len(found) > 1:
            names = "; ".join(self.labels(found[:4]))
            raise forms.ValidationError(_("More than one fits: %(names)s. Write one of them.") % {"names": names})
        return found[0]

    def named(self, text: str) -> list[Any]:
        """Those who are called exactly that, or whose label it is."""
        return [each for each in self.candidates(text) if sort_key(text) in self._keys(each)]

    def _keys(self, each: Any) -> set[str]:
        return {sort_key(self.label_from_instance(each)), sort_key(str(each))}

    def _referred(self, text: str) -> Any:
        """The record of "Acme #12", or of "#12" alone: how addresses and hidden fields name it."""
        hit = _REFERENCE.match(text)
        meant = self.rows().filter(pk=int(hit["pk"])).first() if hit else None
        return meant if meant and (not hit["name"] or sort_key(hit["name"]) in self._keys(meant)) else None  # type: ignore[index]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("#"):
            value = self._referred(value) or value
        return value if value is None or isinstance(value, str) else self.label_from_instance(value)

    def unknown(self, text: str) -> str:
        return _("Nobody is called “%(text)s” here.") % {"text": text}

    def label_from_instance(self, value: Any) -> str:
        return str(value)

    def labels(self, found: Iterable[Any]) -> list[str]:
        """What may be written for each of these; same names carry their number."""
        names = [(self.label_from_instance(each), each.pk) for each in found]
        times = Counter(name for name, _pk in names)
        return [f"{name} #{pk}" if times[name] > 1 else name for name, pk in names]


class ContactField(NamedField):
    of = "person"

    def rows(self) -> QuerySet[Contact]:
        return Contact.objects.current().filter(organization__archived_at=None).select_related("organization")

    def candidates(self, text: str) -> list[Contact]:
        """People whose name holds every word typed, or whose organization's name does."""
        rows = self.rows()
        for word in sort_key(text.replace(",", " ")).split():
            rows = rows.filter(Q(sort_name__contains=word) | Q(organization__sort_name__contains=word))
        return list(_as_typed_first(rows, text.split(",")[0])[:SHOWN]) if text.strip() else []

    def label_from_instance(self, value: Any) -> str:
        return f"{value.name}, {value.organization.name}"


class ReferrerField(NamedField):
    """Whoever referred a partner: a person or partner named in full, else the words as they were typed.

    Cleans to a Contact, an Organization or a text.
    """

    source = "partners:referrers"

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        people, partners = ContactField().named(text), OrganizationField().named(text)
        if len(people) > 1:
            names = "; ".join(ContactField().labels(people[:4]))
            raise forms.ValidationError(_("More than one fits: %(names)s. Write one of them.") % {"names": names})
        return (people or partners or [text])[0] if text else ""

    def label_from_instance(self, value: Any) -> str:
        return f"{value.name}, {value.organization.name}" if isinstance(value, Contact) else str(value)


class IndustryField(NamedField):
    """An industry of NAICS 2022, by code or by words; a code of 2012 or 2017 is read as today's. Cleans to the code."""

    source = "partners:industries"

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
    """`by_ear` takes the one partner that sounds alike where none holds what was typed; else it is only proposed."""

    of = "partner"

    def __init__(self, *args: Any, by_ear: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_ear = by_ear

    def rows(self) -> QuerySet[Organization]:
        return Organization.objects.present()

    def candidates(self, text: str) -> list[Organization]:
        """Partners whose name holds every word typed."""
        rows = self.rows()
        for word in sort_key(text).split():
            rows = rows.filter(sort_name__contains=word)
        found = list(_as_typed_first(rows, text)[:SHOWN]) if text.strip() else []
        return found or ([hit.organization for hit in find(text, limit=SHOWN)] if self.by_ear else [])

    def unknown(self, text: str) -> str:
        alike = "; ".join(hit.organization.name for hit in find(text, limit=3))
        said = _("No partner is called “%(text)s”.") % {"text": text}
        return f"{said} {_('Did you mean: %(names)s?') % {'names': alike}}" if alike else said


def _as_typed_first(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Who is called exactly that comes before who is also called that: else “Ace” drowns among the palaces."""
    key = sort_key(text)
    ranked = rows.annotate(exactly=Q(sort_name=key), begins=Q(sort_name__startswith=key))
    return ranked.order_by("-exactly", "-begins", "sort_name", "id")


def names_like(of: str, text: str) -> list[str]:
    """What a field for a "partner" or a "person" offers while one types; partners also by ear."""
    field = ContactField() if of == ContactField.of else OrganizationField(by_ear=True)
    return field.labels(field.candidates(text))
