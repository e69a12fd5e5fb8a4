"""Settings → People: who works in the district, in which role, and who is asked to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.accounts.forms import InviteForm, MemberForm
from wbl.accounts.letters import UNDELIVERED, send_invitation
from wbl.accounts.models import Invitation, Membership, OperatorEntry, SchoolAssignment
from wbl.tenancy.models import School
from wbl.web import toast

NOT_SENT = "The mail could not be handed over, so nobody was invited. Try again in a few minutes."


@can("view")
def people(request: HttpRequest) -> HttpResponse:
    """Members by name with their schools; admins also see open invitations and operators' visits."""
    schools: dict[int, list[str]] = {}
    for each in SchoolAssignment.objects.select_related("school").order_by("school__name"):
        schools.setdefault(each.membership_id, []).append(each.school.name)
    members = list(Membership.objects.of_district())
    for member in members:
        member.where = ", ".join(schools.get(member.pk, []))  # type: ignore[attr-defined]
    context = {
        "members": [m for m in members if not m.ended_at],
        "ended": [m for m in members if m.ended_at],
        "invitations": _invitations(),
        "entries": OperatorEntry.objects.select_related("operator")[:10],
    }
    return render(request, "accounts/people.html", context)


def _invitations() -> list[Invitation]:
    """Open ones, each with `as_what`: the role and its schools."""
    names, found = dict(School.objects.values_list("pk", "name")), list(Invitation.objects.open().order_by("email"))
    for each in found:
        where = sorted(names[pk] for pk in each.schools if pk in names)
        each.as_what = ", ".join([each.get_role_display(), *where])  # type: ignore[attr-defined]
    return found


@can("manage")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to join. It tells nothing about whether the address is known to the installation."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        if _invited(request, wanted["email"], wanted["role"], wanted["name"], [s.pk for s in wanted["schools"]]):
            return redirect("settings:people")
        form.add_error(None, NOT_SENT)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@can("manage")
@require_POST
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link to the same address; the old one no longer works."""
    old = get_object_or_404(Invitation.objects.filter(accepted_at=None), pk=pk)
    if not _invited(request, old.email, old.role, old.name, old.schools):
        toast(request, NOT_SENT)
    return redirect("settings:people")


@can("manage")
@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.open(), pk=pk)
    invitation.revoke()
    toast(request, f"The link mailed to {invitation.email} no longer works.")
    return redirect("settings:people")


@can("manage")
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's role, title and schools. Name, address and password are the person's own."""
    chosen = get_object_or_404(Membership.objects.of_district().filter(ended_at=None), pk=pk)
    schools = SchoolAssignment.objects.filter(membership=chosen).values_list("school_id", flat=True)
    initial = {"role": chosen.role, "title": chosen.title, "schools": list(schools)}
    form = MemberForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _refused(form, chosen.change, **form.cleaned_data) is None:
        toast(request, f"{chosen.user} is {chosen.get_role_display()} now.")
        return redirect("settings:people")
    context = {"form": form, "member": chosen}
    return render(request, "accounts/member.html", context, status=422 if form.errors else 200)


@can("manage")
@require_POST
def resume_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo of partners.views.leaving.end_membership, which asks who gets what they look after."""
    chosen = get_object_or_404(Membership.objects.of_district().exclude(ended_at=None), pk=pk)
    chosen.resume()
    toast(request, f"{chosen.user} may come in again.")
    return redirect("settings:people")


def _invited(request: HttpRequest, email: str, role: str, name: str, schools: list[int]) -> bool:
    """Issue and mail; a link that could not be mailed is revoked at once."""
    by: Any = request.user
    invitation, token = Invitation.issue(email=email, role=role, by=by, name=name, schools=schools)
    try:
        send_invitation(invitation, token)
    except UNDELIVERED:
        invitation.revoke()
        return False
    toast(request, f"An invitation is on its way to {email}.")
    return True


def _refused(form: MemberForm, verb: Any, **values: Any) -> str | None:
    """Run a verb; the sentence of its refusal, put on the form too."""
    try:
        verb(**values)
    except ValidationError as error:
        if form.is_bound:
            form.add_error(None, error)
        return " ".join(error.messages)
    return None
