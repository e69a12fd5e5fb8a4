"""The call list and one call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from partners.calls import CallForm, waiting
from partners.log import undo_address
from partners.models import Contact, Organization
from wbl.accounts.access import can
from wbl.todo.models import Todo
from wbl.web.responses import go, toast

PLACE = {"rail_place": "today"}
MOST = 100


@can("view")
def calls(request: HttpRequest) -> HttpResponse:
    """Calls that are due, oldest first: mine, or `?whose=all`."""
    mine = request.GET.get("whose") != "all"
    todos = list(waiting(request.user if mine else None)[: MOST + 1])
    people = Contact.objects.select_related("organization").in_bulk(
        [t.person_id for t in todos if t.person_kind == "partners.contact" and t.person_id]
    )
    rows = [(todo, people.get(todo.person_id)) for todo in todos[:MOST]]
    context = {"rows": rows, "mine": mine, "more": len(todos) > MOST, **PLACE}
    return render(request, "partners/calls.html", context)


@can("log")
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, what to say, what came of it; then the next one."""
    todo = get_object_or_404(Todo.objects.open(), pk=pk, kind=Todo.Kind.CALL, about_kind="partners.organization")
    partner = get_object_or_404(Organization.objects.present(), pk=todo.about_id)
    today = request.district.today()  # type: ignore[attr-defined]
    form = CallForm(request.POST or None, organization=partner, today=today, by=request.user, todo=todo)
    if request.method == "POST" and form.is_valid():
        entry, step = form.save(by=request.user)
        following = waiting(request.user).exclude(pk=pk).first()
        said = f" {step.title}: {step.due_in_words}." if step and step.due else ""
        end = "" if following else " That was the last call."
        toast(request, f"{entry.summary}{said}{end}", undo_address(entry, form.settled))
        return go(request, "partners:call", following.pk) if following else go(request, "partners:calls")
    return render(request, "partners/call.html", {**_page(todo, partner), "form": form, **PLACE})


def _page(todo: Todo, partner: Organization) -> dict[str, Any]:
    named = todo.person_kind == "partners.contact"
    contact = partner.contacts.filter(pk=todo.person_id).first() if named else partner.contacts.current().first()
    return {
        "todo": todo,
        "partner": partner,
        "contact": contact,
        "left": waiting(todo.owner).exclude(pk=todo.pk).count() if todo.owner else 0,
        "entries": partner.timeline.select_related("contact", "by").newest()[:3],
    }
