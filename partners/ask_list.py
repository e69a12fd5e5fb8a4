"""Tables of asks: of one partner, and of the district."""

from typing import Any

from django.db.models import Q

from partners.models import TimelineEntry
from wbl.accounts.models import Membership
from wbl.continuum.types import ExperienceType
from wbl.tenancy.models import School
from wbl.web.lists import Column, Filter, Listing

ANSWERS = [("none", "No answer yet"), ("yes", "Yes"), ("no", "No"), ("later", "Later")]


def _people() -> list[tuple[str, str]]:
    people = Membership.objects.of_district().values_list("user_id", "user__name", "user__email")
    return [(str(pk), name or email) for pk, name, email in people]


def _schools() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in School.objects.values_list("pk", "name")]


class PartnerAsks(Listing):
    """When, who, which school, what, answer: newest first."""

    columns: tuple[Column, ...] = (
        Column("when", "When", sort=("at", "id"), value=lambda row: row.at, fixed=True),
        Column("who", "Who asked", sort="by__name", value=lambda row: str(row.by or "The system"), nulls_last=True),
        Column(
            "school", "For which school", sort="school__name", value=lambda row: str(row.school or ""), nulls_last=True
        ),
        Column("what", "For what", sort="asked_for", value=lambda row: str(row.get_asked_for_display())),
        Column("answer", "Answer", sort="answer", value=lambda row: str(row.get_answer_display() or "No answer yet")),
        Column("contact", "Whom", sort="contact__name", value=lambda row: str(row.contact or ""), nulls_last=True),
        Column("summary", "How", value=lambda row: row.summary),
        Column("anyway", "Why again so soon", value=lambda row: row.asked_anyway, shown=False),
    )
    filters = (
        Filter("who", "Anybody", _people, lambda rows, value: rows.filter(by=value)),
        Filter("school", "Any school", _schools, lambda rows, value: rows.filter(school=value)),
        Filter("what", "Anything", ExperienceType.choices, lambda rows, value: rows.filter(asked_for=value)),
        Filter(
            "answer",
            "Any answer",
            ANSWERS,
            lambda rows, value: rows.filter(answer="" if value == "none" else value),
        ),
    )
    default_sort = "-when"

    def search(self, rows: Any, text: str) -> Any:
        for word in text.split()[:5]:
            rows = rows.filter(
                Q(summary__icontains=word) | Q(asked_anyway__icontains=word) | Q(contact__name__icontains=word)
            )
        return rows

    def select(self, rows: Any) -> Any:
        return super().select(rows.select_related("by", "school", "contact", "organization"))


class DistrictAsks(PartnerAsks):
    """The same over all partners; the days of the report stand in the address too."""

    passing = frozenset({"year", "since", "until"})
    columns = (
        PartnerAsks.columns[0],
        Column("partner", "Partner", sort="organization__sort_name", value=lambda row: row.organization.name),
        *PartnerAsks.columns[1:],
    )

    def search(self, rows: Any, text: str) -> Any:
        found = TimelineEntry.objects.all()
        for word in text.split()[:5]:
            found = found.filter(Q(summary__icontains=word) | Q(organization__name__icontains=word))
        return rows.filter(pk__in=found.values("pk"))
