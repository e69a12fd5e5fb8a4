"""The timeline of one partner as a page shows it: filtered, searched, leafed through; its whole state in the address.

show    a kind group of `FILTERS`, or "asks"          who    "c12" a contact, "u3" who wrote it down
school  a school's id, for which something was asked   since, until  days, both included
q       words that stand in it                         before "1795273200000000-41": entries older than this one
"""

import datetime as dt
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import QueryDict

from partners.lines import read
from partners.models import Contact, Organization, TimelineEntry
from partners.models.timeline import FILTERS
from wbl.accounts.forms import DayInput
from wbl.tenancy.models import School
from wbl.tenancy.prepared import Given, Prepared
from wbl.tenancy.scope import current_district
from wbl.web.dates import moment_of, stamp

ENTRIES = 25
NARROWING = ("q", "who", "school", "since", "until")


NEWEST = Prepared(lambda: read(TimelineEntry.objects.filter(organization=Given("partner")).newest()[: ENTRIES + 1]))


class FindForm(forms.Form):
    """What narrows the timeline. Its choices are read when it is drawn, not when a page goes without it."""

    q = forms.CharField(max_length=100, required=False, label="Words")
    who = forms.ChoiceField(required=False, label="Who")
    school = forms.ModelChoiceField(School.objects.none(), required=False, label="School", empty_label="Any school")
    since = forms.DateField(required=False, label="From", widget=DayInput())
    until = forms.DateField(required=False, label="To", widget=DayInput())

    def __init__(self, data: Any, *, organization: Organization) -> None:
        super().__init__(data)
        self.fields["school"].queryset = School.objects.all()  # type: ignore[attr-defined]
        self.fields["who"].choices = lambda: _people(organization)  # type: ignore[attr-defined]


def _people(organization: Organization) -> list[Any]:
    """Anybody, their people, ours: two queries."""
    theirs = Contact.objects.filter(organization=organization).values_list("pk", "name")
    ours = organization.timeline.exclude(by=None).order_by("by__name").values_list("by", "by__name", "by__email")
    return [
        ("", "Anybody"),
        ("Their people", [(f"c{pk}", name) for pk, name in theirs]),
        ("Written down by", [(f"u{pk}", name or email) for pk, name, email in ours.distinct()]),
    ]


class Story:
    """One page of the timeline: `entries`, whether there are `earlier` ones, and the addresses of both directions."""

    def __init__(self, organization: Organization, params: QueryDict) -> None:
        self.organization, self.params = organization, params
        show = params.get("show", "")
        self.show = show if show in FILTERS or show == "asks" else ""

    @cached_property
    def form(self) -> FindForm | None:
        """The fields that narrow it; None while nobody asked for them, so that a plain page pays nothing."""
        if not self.is_open:
            return None
        return FindForm({k: str(v).replace("\x00", "") for k, v in self.params.items()}, organization=self.organization)

    @property
    def is_open(self) -> bool:
        return "find" in self.params or self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        return any(self.params.get(key) for key in NARROWING)

    @cached_property
    def _rows(self) -> list[Any]:
        """One more than is shown, so that "earlier" is known without counting."""
        if not (self.show or self.is_open or self._cursor):
            return NEWEST(partner=self.organization.pk)
        rows = self.organization.timeline.newest()
        if self.show:
            rows = rows.asks() if self.show == "asks" else rows.filter(kind__in=FILTERS[self.show])
        if self.form is not None:
            self.form.is_valid()
            rows = _narrow(rows, self.form.cleaned_data)
        if at := self._cursor:
            rows = rows.filter(Q(at__lt=at[0]) | Q(at=at[0], pk__lt=at[1]))
        return list(read(rows[: ENTRIES + 1]))

    @property
    def entries(self) -> list[Any]:
        """What `partners.lines` draws."""
        return self._rows[:ENTRIES]

    @cached_property
    def _cursor(self) -> tuple[dt.datetime, int] | None:
        at, _dash, pk = self.params.get("before", "").partition("-")
        if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in (at, pk)):
            return None
        moment = moment_of(int(at))
        return (moment, int(pk)) if moment else None

    @property
    def is_later_page(self) -> bool:
        return self._cursor is not None

    @cached_property
    def earlier(self) -> str:
        """The address of the entries before these; blank at the end."""
        if len(self._rows) <= ENTRIES:
            return ""
        last = self.entries[-1]
        return self.query(before=f"{stamp(last.at)}-{last.pk}")

    @property
    def newest(self) -> str:
        return self.query()

    @property
    def cleared(self) -> str:
        return self.query(**dict.fromkeys((*NARROWING, "find"), ""))

    @property
    def finding(self) -> str:
        return self.query(find="1")

    def query(self, **changes: str) -> str:
        """This state with some of it changed, from its newest entry on."""
        kept = {key: self.params.get(key, "") for key in ("show", "find", *NARROWING)} | changes
        return "?" + urlencode({key: value for key, value in kept.items() if value})


def _narrow(rows: Any, data: dict[str, Any]) -> Any:
    for word in data.get("q", "").split()[:6]:
        here = Q(summary__icontains=word) | Q(body__icontains=word) | Q(bad_note__icontains=word)
        rows = rows.filter(here | Q(asked_anyway__icontains=word) | Q(contact__name__icontains=word))
    if who := data.get("who"):
        rows = rows.filter(**{"contact" if who[0] == "c" else "by": int(who[1:])})
    if school := data.get("school"):
        rows = rows.filter(school=school)
    district = current_district()
    if since := data.get("since"):
        rows = rows.filter(at__gte=district.at(since, dt.time(0)))
    if until := data.get("until"):
        rows = rows.filter(at__lt=district.at(until + dt.timedelta(1), dt.time(0)))
    return rows
