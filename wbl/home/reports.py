"""Reports: each a table whose numbers open their lists, and a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from partners.models import Organization
from partners.models.timeline import CONTACT_KINDS
from partners.moved import follows_merges
from pathways.models import Pathway
from placements.models import Event, Placement, RosterRow, Student
from wbl.accounts.access import can
from wbl.continuum.types import ExperienceType
from wbl.home.activity import Activity, activities, entries_of, without_activity
from wbl.home.participation import WHY_HIDDEN, parts, tables
from wbl.home.period import Period, PeriodForm
from wbl.tenancy.models import School
from wbl.tenancy.scope import current_district
from wbl.web.charts import Bar, bars
from wbl.web.exports import TYPES, export

PER_PAGE = 100


@can("view")
def reports(request: HttpRequest) -> HttpResponseBase:
    """What can be reported, with this school year's totals."""
    form = PeriodForm(request.GET)
    total, _tables = tables(form.period, request.membership)  # type: ignore[attr-defined]
    rows = activities(form.period, request.membership)  # type: ignore[attr-defined]
    context = {"form": form, "period": form.period, "total": total, "partners": len(rows)}
    return render(request, "home/reports.html", context)


@can("view")
def participation(request: HttpRequest) -> HttpResponseBase:
    """Students by school, pathway and kind."""
    form = PeriodForm(request.GET)
    period = form.period
    total, found = tables(period, request.membership)  # type: ignore[attr-defined]
    context = {"form": form, "period": period, "total": total, "tables": found, "why_hidden": WHY_HIDDEN}
    context["chart"] = _chart(found[0].lines, period)
    return render(request, "home/reports_participation.html", context)


def _chart(lines: list[Any], period: Period) -> Any:
    """Students by school; hidden numbers have no bar."""
    shown = [Bar(line.label, (len(line.students),)) for line in lines if not line.hidden]
    says = f"Students who took part, by school, {period.label}."
    return bars(shown, says=says, series=("Students",), heading="School") if shown else None


@can("view")
def participation_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The three tables under each other, as CSV or XLSX; what is hidden on the page is hidden here."""
    period = PeriodForm(request.GET).period
    total, found = tables(period, request.membership)  # type: ignore[attr-defined]
    rows = [("All", total), *((table.word, line) for table in found for line in table.lines)]
    columns = (
        ("Divided by", lambda row: row[0]),
        ("Group", lambda row: row[1].label),
        ("Students", lambda row: row[1].students_shown),
        ("CTE concentrators", lambda row: row[1].concentrators_shown),
        ("Placements", lambda row: row[1].placements_shown),
        ("Hours approved", lambda row: row[1].hours_shown),
    )
    return _file("participation", period, columns, rows, form, (("Hidden numbers", WHY_HIDDEN),))


def _file(name: str, period: Period, columns: Any, rows: Any, form: str, notes: Any = ()) -> HttpResponseBase:
    """Named by its period; a workbook also says on a second sheet whose report this is and of which days."""
    if form not in TYPES:
        raise Http404
    district = current_district()
    about = (
        ("Report", name.capitalize()),
        ("District", district.name),
        ("From", period.first),
        ("To", period.last),
        ("Made on", district.today()),
        *notes,
    )
    return export(f"{name} {period.first} to {period.last}", columns, rows, kind=form, about=about)


@can("students")
def students(request: HttpRequest) -> HttpResponseBase:
    """The students behind a number of participation: `school`, `pathway` (0 for none) and `type` narrow it."""
    period = PeriodForm(request.GET).period
    chosen, label = _chosen(request)
    found = parts(period, request.membership, **chosen)  # type: ignore[attr-defined]
    did: dict[int, set[str]] = {}
    for part in found:
        did.setdefault(part.student, set()).add(str(ExperienceType(part.type).label))
    rows = Student.objects.filter(pk__in=did).select_related("school")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(student, ", ".join(sorted(did[student.pk]))) for student in page]
    context = {"period": period, "label": label, "lines": lines, "page": page, "total": len(did)}
    return render(request, "home/reports_students.html", context)


def _chosen(request: HttpRequest) -> tuple[dict[str, Any], str]:
    """What narrows the list, and its words. Raises Http404 for what does not exist."""
    axis = next((key for key in ("school", "pathway", "type") if key in request.GET), None)
    value = request.GET.get(axis, "") if axis else ""
    if axis is None:
        return {}, "all schools"
    if axis == "type":
        if value not in ExperienceType.values:
            raise Http404
        return {"type": value}, str(ExperienceType(value).label)
    if axis == "pathway" and value == "0":
        return {"pathway": None}, "no pathway"
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0
    row = get_object_or_404(School if axis == "school" else Pathway, pk=number)
    return {axis: row.pk}, str(row)


@can("view")
def partner_activity(request: HttpRequest) -> HttpResponseBase:
    """Partners with whom something passed; the others with `?all=1`."""
    form, whole = PeriodForm(request.GET), "all" in request.GET
    active = activities(form.period, request.membership)  # type: ignore[attr-defined]
    idle = without_activity(active)
    rows = active + [Activity(pk, name) for pk, name in idle] if whole else active
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    others = 0 if whole else idle.count()
    context = {"form": form, "period": form.period, "page": page, "active": len(active), "others": others}
    return render(
        request, "home/reports_partners.html", {**context, "whole": whole, "show_all": form.period.query(all=1)}
    )


@can("view")
def partner_activity_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every partner, those without activity last; how many students stood behind each, for those who may see whom."""
    period = PeriodForm(request.GET).period
    rows = activities(period, request.membership)  # type: ignore[attr-defined]
    rows += [Activity(pk, name) for pk, name in without_activity(rows)]
    columns: tuple[Any, ...] = (
        ("Partner", lambda row: row.name),
        ("Contacts", lambda row: row.contacts),
        ("Asked", lambda row: row.asks),
        ("Said yes", lambda row: row.yes),
    )
    if request.can.students:  # type: ignore[attr-defined]
        columns += (
            ("Placements", lambda row: row.placements),
            ("Students at events", lambda row: row.event_students),
            ("Hours approved", lambda row: row.hours),
        )
    return _file("partner activity", period, columns, rows, form)


@can("view")
@follows_merges("partners.organization")
def partner(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What stands behind one partner's row."""
    organization = get_object_or_404(Organization, pk=pk)
    period, membership = PeriodForm(request.GET).period, request.membership  # type: ignore[attr-defined]
    told = entries_of(period).filter(organization=organization).select_related("by", "contact")
    placed = Placement.objects.seen_by(membership).between(period.first, period.last).filter(organization=organization)
    came = RosterRow.objects.seen_by(membership).came_between(period.first, period.last)
    events = Event.objects.filter(pk__in=came.filter(event__organization=organization).values("event"))
    context: dict[str, Any] = {
        "organization": organization,
        "period": period,
        "contacts": told.filter(kind__in=CONTACT_KINDS)[:200],
        "asks": told.asks()[:200],
        "events": events.with_counts()[:200],
    }
    if request.can.students:  # type: ignore[attr-defined]
        context["placements"] = placed.with_hours().select_related("student", "school")[:200]
    return render(request, "home/reports_partner.html", context)
