"""Is an hour a good one for mail that people send at once to many? A warning, no rule: who sends knows why."""

import datetime as dt

from wbl.mail.hindrances import is_quiet, out_of_quiet
from wbl.tenancy.calendar import SchoolCalendar
from wbl.tenancy.models import NonSchoolDay
from wbl.tenancy.scope import current_district
from wbl.web.dates import plain_day, time_in_words

MORNING = dt.time(9, 0)


def doubt(at: dt.datetime) -> str:
    """Why mail of this moment may come amiss: no school that day, or the district's quiet hours. A sentence, or nothing."""
    district = current_district()
    local = district.local(at)
    found = [_no_school(local.date()), _quiet(local.time())]
    return " ".join(part for part in found if part)


def next_good(after: dt.datetime) -> dt.datetime:
    """The next moment on a school day outside of the quiet hours: `after` itself, or a morning."""
    if not doubt(after):
        return after
    district, calendar = current_district(), SchoolCalendar.load()
    day = district.local(after).date()
    at = after
    for n in range(120):
        each = day + dt.timedelta(n)
        at = out_of_quiet(district, district.at(each, MORNING))
        if at > after and calendar.is_school_day(district.local(at).date()):
            return at
    return at


def _no_school(day: dt.date) -> str:
    if SchoolCalendar.load().is_school_day(day):
        return ""
    known = NonSchoolDay.objects.filter(first_day__lte=day, last_day__gte=day).first()
    on = f"{day:%A}, {plain_day(day, month='%B')}"
    return f"{on} is no school day{f' ({known.name})' if known else ''}."


def _quiet(hour: dt.time) -> str:
    district = current_district()
    if not is_quiet(district, hour):
        return ""
    start, end = time_in_words(district.quiet_from), time_in_words(district.quiet_until)
    return f"{time_in_words(hour)} lies in the quiet hours ({start} to {end})."
