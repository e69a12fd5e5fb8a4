"""Which days a report is about: a school year, or from a day to a day. Both stand in the address."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from wbl.tenancy.calendar import school_year_start
from wbl.tenancy.scope import current_district
from wbl.web.dates import plain_day

YEARS = 6  # as many school years can be chosen


class DayInput(forms.DateInput):
    input_type = "date"


class PeriodForm(forms.Form):
    """What is missing or makes no sense gives the current school year."""

    year = forms.TypedChoiceField(label="School year", coerce=int, required=False)
    since = forms.DateField(label="or from", required=False, widget=DayInput())
    until = forms.DateField(label="to", required=False, widget=DayInput())

    def __init__(self, data: QueryDict) -> None:
        now = school_year_start(current_district().today()).year
        super().__init__({"year": str(now), **data.dict()})
        self.now = now
        self.fields["year"].choices = [(y, year_name(y)) for y in range(now, now - YEARS, -1)]  # type: ignore[attr-defined]

    @property
    def period(self) -> "Period":
        self.is_valid()
        data = self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and since <= until:
            return Period(since, until, {"since": since.isoformat(), "until": until.isoformat()})
        year = data.get("year") or self.now
        return Period(dt.date(year, 7, 1), dt.date(year + 1, 6, 30), {"year": str(year)})


@dataclass(frozen=True)
class Period:
    first: dt.date
    last: dt.date
    params: dict[str, str]

    @property
    def label(self) -> str:
        year = self.params.get("year")
        return f"School year {year_name(int(year))}" if year else f"{plain_day(self.first)} to {plain_day(self.last)}"

    def query(self, **more: object) -> str:
        """The part of an address that says this period and what else is chosen."""
        return "?" + urlencode({**self.params, **{k: v for k, v in more.items() if v is not None}})


def year_name(year: int) -> str:
    """2026–27."""
    return f"{year}–{(year + 1) % 100:02}"
