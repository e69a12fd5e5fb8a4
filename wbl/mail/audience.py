"""To whom a rule writes: filters that the people's app declares, and the school that a trigger's record belongs to."""

from typing import TYPE_CHECKING

from wbl.mail.people import AudienceFilter, Recipient, people_kinds
from wbl.tenancy.models import School

if TYPE_CHECKING:
    from wbl.mail.models import Rule
    from wbl.mail.triggers import Trigger

SCHOOL = "school"


def filters(trigger: "Trigger | None") -> list[AudienceFilter]:
    """What a rule over this trigger may choose by."""
    found = [each for kind in people_kinds() for each in kind.audience()]
    if trigger is not None and trigger.by_school:
        schools = School.objects.filter(closed_on=None).values_list("pk", "name")
        found.append(AudienceFilter(SCHOOL, "Schools", [(str(pk), name) for pk, name in schools]))
    return found


def outside(rule: "Rule", to: Recipient, school: int | None) -> bool:
    """Does the rule leave this person out?"""
    wanted = rule.audience
    if not wanted:
        return False
    if SCHOOL in wanted and str(school or "") not in wanted[SCHOOL]:
        return True
    of_people = {key: values for key, values in wanted.items() if key != SCHOOL}
    return bool(of_people) and not any(kind.admits(to, of_people) for kind in people_kinds())


def in_words(rule: "Rule") -> str:
    """ "Stage: Active, Champion; Tag: machining", or nothing where it writes to all."""
    parts = []
    for each in filters(rule.trigger) if rule.audience else []:
        names = dict(each.choices)
        if values := rule.audience.get(each.key):
            parts.append(f"{each.label}: {', '.join(str(names.get(v, v)) for v in values)}")
    return "; ".join(parts)
