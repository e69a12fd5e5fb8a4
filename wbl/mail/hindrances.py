"""Why a mail does not go out, in words: the one place that knows, for the planner, the simulation and the worker."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from wbl.mail.categories import Category
from wbl.mail.models.stops import OptOut, Suppression
from wbl.mail.people import Recipient
from wbl.mail.triggers import Verdict, withhold
from wbl.tenancy.calendar import SchoolCalendar
from wbl.tenancy.models import District
from wbl.tenancy.scope import current_district
from wbl.web.dates import plain_day

if TYPE_CHECKING:
    from wbl.mail.models import Message

NO_EMAIL = "No email address is on file."


@dataclass
class Hindrances:
    """What stands against mail in the open district, read once for many mails."""

    district: District
    calendar: SchoolCalendar
    opted_out: dict[tuple[str, str], dt.datetime] = field(default_factory=dict)
    bounced: dict[str, tuple[dt.datetime, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, emails: Iterable[str]) -> Self:
        """For these addresses: four queries, whatever their number."""
        wanted = sorted({e.strip().lower() for e in emails if e})
        out = OptOut.objects.standing().filter(email__in=wanted)
        gone = Suppression.objects.standing().filter(email__in=wanted)
        return cls(
            current_district(),
            SchoolCalendar.load(),
            {(email, category): since for email, category, since in out.values_list("email", "category", "since")},
            {email: (since, detail) for email, since, detail in gone.values_list("email", "since", "detail")},
        )

    def against(
        self, to: Recipient, *, category: str, required: bool = False, by_hand: bool = False, automatic: bool = False
    ) -> Verdict | None:
        """The first thing that stands against a mail to this person, or None."""
        email = to.email.strip().lower()
        if to.gone:
            return withhold(to.gone)
        if to.do_not_contact:
            return withhold(f"{to.name or 'This person'} does not want to be contacted.")
        if not email:
            return withhold(NO_EMAIL)
        if automatic and self.district.mail_paused_at:
            return withhold(f"All rules are paused since {plain_day(self.district.mail_paused_at)}.")
        if bounce := self.bounced.get(email):
            return withhold(
                f"The address bounced on {self._day(bounce[0])}{f' ({bounce[1]})' if bounce[1] else ''}."[:300]
            )
        if not required and (since := self.opted_out.get((email, category))):
            return withhold(f"Opted out of {Category(category).label.lower()} on {self._day(since)}.")
        if to.prefers and not by_hand:
            return withhold(f"{to.called or to.name} prefers {to.prefers}.")
        return None

    def _day(self, moment: dt.datetime) -> str:
        return plain_day(self.district.local(moment).date())


def plan_day(calendar: SchoolCalendar, day: dt.date, *, backward: bool) -> dt.date:
    """The day itself if it is a school day, else the next one; for reminders before a date the one before."""
    if not backward:
        return calendar.next_school_day(day)
    return next((d for n in range(30) if calendar.is_school_day(d := day - dt.timedelta(n))), day)


def moved_by_calendar(message: "Message") -> str:
    """Why a rule's mail does not go out on the day the rule names: a sentence, or nothing. Asks no query beyond the row's rule."""
    if not (message.rule and message.reference_date and message.step.lstrip("-").isdigit()):
        return ""
    if message.by_id or message.by_hand or message.attempts:  # somebody chose the moment, or it is sent again
        return ""
    rule, district = message.rule, current_district()
    named = message.reference_date + dt.timedelta(int(message.step))
    asked = district.at(named, rule.hour)
    free = district.local(out_of_quiet(district, asked) if rule.quiet_hours else asked).date()
    goes = district.local(message.due_at).date()
    if not rule.school_days or goes == free:
        return ""
    if goes < named:
        return f"Its day is {plain_day(named)}: no school then, so it goes on {plain_day(goes)}."
    return f"Its day was {plain_day(named)}: no school until {plain_day(goes)}."


def is_quiet(district: District, hour: dt.time) -> bool:
    """Does the hour lie in the district's quiet ones? They may run over midnight."""
    start, end = district.quiet_from, district.quiet_until
    return start <= hour < end if start <= end else hour >= start or hour < end


def out_of_quiet(district: District, moment: dt.datetime) -> dt.datetime:
    """`moment`, or the end of the quiet hours it lies in."""
    local = district.local(moment)
    if not is_quiet(district, local.time()):
        return moment
    day = local.date() + dt.timedelta(1 if local.time() >= district.quiet_until else 0)
    return district.at(day, district.quiet_until)
