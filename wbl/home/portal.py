"""The partner's own pages: ten minutes a month, on a phone."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners.access import portal
from partners.models import Offer, TimelineEntry
from partners.onboarding import look
from placements.models import HoursEntry, Placement
from placements.models.hours import hours_in_words
from wbl.files.views import picture
from wbl.home.portal_forms import AnswerForm, ContactForm, EntriesForm, MailForm, OfferForm, ProblemForm
from wbl.home.portal_page import PortalPage, day_words, student_called
from wbl.home.portal_requests import request_of
from wbl.mail.categories import OPTIONAL
from wbl.mail.models import OptOut
from wbl.todo.models import Todo
from wbl.web import toast
from wbl.web.dates import moment_of, stamp


def _home(request: HttpRequest) -> HttpResponse:
    return redirect("portal:home", request.organization.pk)  # type: ignore[attr-defined]


def _name(request: HttpRequest) -> str:
    """Who acts: the contact, else the account."""
    return str(request.contact or request.user)  # type: ignore[attr-defined]


def _todo(request: HttpRequest, title: str, *, note: str = "", person: Any = None) -> None:
    """Something for the partner's coordinator to do about it, today."""
    organization: Any = request.organization  # type: ignore[attr-defined]
    Todo.open(
        title=title,
        note=note,
        due=request.district.today(),  # type: ignore[attr-defined]
        owner=organization.owner,
        about=organization,
        person=person or request.contact,  # type: ignore[attr-defined]
        kind="task",
    )


@portal
def home(request: HttpRequest) -> HttpResponse:
    """A short letter: what we ask, your students, your offers, your council, what came of it."""
    return render(request, "portal/home.html", {"page": PortalPage(request)})


@portal
def logo(request: HttpRequest) -> HttpResponse:
    """Their own logo."""
    organization: Any = request.organization  # type: ignore[attr-defined]
    if organization.logo is None:
        raise Http404
    return picture(organization.logo)


@portal
def impact(request: HttpRequest) -> HttpResponse:
    """What stands behind the numbers; names only where the family agreed."""
    return render(request, "portal/impact.html", {"page": PortalPage(request)})


@portal
@transaction.atomic
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what we asked: in one press, or with a word to it. The coordinator gets a to-do."""
    entry = get_object_or_404(TimelineEntry.objects.asks().filter(organization=request.organization), pk=pk)  # type: ignore[attr-defined]
    asked = request_of(entry)
    form = AnswerForm(request.POST or None, answers=asked.answers, initial={"answer": request.GET.get("answer", "yes")})
    if request.method == "POST" and form.is_valid():
        _answer(request, entry, asked.what, form.cleaned_data["answer"], form.cleaned_data["note"])
        toast(request, _("Thank you. Your coordinator knows."))
        return _home(request)
    return render(request, "portal/form.html", {"form": form, "title": asked.title, "lede": asked.facts})


def _answer(request: HttpRequest, entry: TimelineEntry, what: str, answer: str, note: str) -> None:
    entry.settle(answer=answer)
    word = {"yes": "Yes", "later": "Another time", "no": "No"}[answer]
    request.organization.record(  # type: ignore[attr-defined]
        kind="note", summary=f"{_name(request)} answered in the portal: {word} ({what})", body=note,
        contact=request.contact, about=entry,  # type: ignore[attr-defined]
    )  # fmt: skip
    _todo(request, f"{word}: {what}, says {_name(request)}", note=note)


def _placement(request: HttpRequest, pk: int) -> Placement:
    rows = Placement.objects.filter(organization=request.organization).select_related("student")  # type: ignore[attr-defined]
    return get_object_or_404(rows.prefetch_related("steps"), pk=pk)


def _note(request: HttpRequest, summary: str) -> None:
    """What they did stands on the partner's timeline, with no student's name."""
    request.organization.record(kind="note", summary=summary, contact=request.contact)  # type: ignore[attr-defined]


@portal
@require_POST
@transaction.atomic
def hours_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """These hours are right: one tap."""
    placement = _placement(request, pk)
    form = EntriesForm(request.POST, entries=HoursEntry.objects.awaiting_partner().filter(placement=placement))
    if form.is_valid():
        rows = HoursEntry.objects.filter(pk__in=form.cleaned_data["entries"])
        now = timezone.now()
        total = hours_in_words(rows.total())
        rows.confirm(contact=request.contact, name=_name(request), at=now)  # type: ignore[attr-defined]
        _note(request, f"{_name(request)} confirmed {total} hours of a student in the portal")
        undo = reverse("portal:hours_unconfirm", args=[request.organization.pk, pk, stamp(now)])  # type: ignore[attr-defined]
        toast(request, _("Confirmed. Thank you."), undo)
    else:
        toast(request, _("These hours were settled already."))
    return _home(request)


@portal
@require_POST
@transaction.atomic
def hours_unconfirm(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    """Undo of what was confirmed at that moment, until the school has approved it."""
    if _placement(request, pk).hours.unconfirm(at=moment_of(at)):  # type: ignore[attr-defined]
        _note(request, f"{_name(request)} took back the hours confirmed in the portal")
        toast(request, _("Taken back. These hours wait for you again."))
    else:
        toast(request, _("These hours were settled already."))
    return _home(request)


@portal
@transaction.atomic
def hours_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """Something is wrong with the hours: the coordinator learns what."""
    placement = _placement(request, pk)
    waiting = HoursEntry.objects.awaiting_partner().filter(placement=placement)
    form = ProblemForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and waiting:
        note = form.cleaned_data["note"]
        waiting.dispute(contact=request.contact, name=_name(request), note=note)  # type: ignore[attr-defined]
        _todo(request, f"Hours disputed by {_name(request)}", note=note)
        toast(request, _("Thank you. Your coordinator looks into it."))
        return _home(request)
    called = student_called(placement)
    title = _("Hours of %(called)s") % {"called": called} if called else _("Hours of your student")
    lines = [(day_words(e.date), e) for e in waiting]
    return render(request, "portal/problem.html", {"form": form, "lines": lines, "title": title})


@portal
def offer(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Offer something, or change what is offered."""
    mine: Any = request.organization.offers  # type: ignore[attr-defined]
    found = get_object_or_404(mine, pk=pk) if pk else Offer(organization=request.organization)  # type: ignore[attr-defined]
    form = OfferForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        look(request.organization)  # type: ignore[attr-defined]
        what = f"{_name(request)} {'changed' if pk else 'made'} an offer in the portal: {found}"
        request.organization.record(kind="note", summary=what, contact=request.contact)  # type: ignore[attr-defined]
        toast(request, _("Saved. Thank you."))
        return _home(request)
    title = found.get_type_display() if pk else _("Offer something")  # type: ignore[attr-defined]
    return render(request, "portal/offer.html", {"form": form, "offer": found, "title": title, "action": _("Save")})


@portal
@require_POST
def offer_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an open offer; the same address opens a closed one again."""
    found = get_object_or_404(request.organization.offers, pk=pk)  # type: ignore[attr-defined]
    found.reopen() if found.closed_at else found.close()
    what = f"{_name(request)} {'closed' if found.closed_at else 'opened'} an offer in the portal: {found}"
    request.organization.record(kind="note", summary=what, contact=request.contact)  # type: ignore[attr-defined]
    toast(request, _("Closed.") if found.closed_at else _("Open again."), request.path if found.closed_at else None)
    return _home(request)


@portal
@require_POST
@transaction.atomic
def onboarding(request: HttpRequest, pk: int) -> HttpResponse:
    """They have done their part of a step: ticked where nothing else shows it, else the coordinator sees to it."""
    tasks: Any = request.organization.onboarding.open().filter(doer="contact")  # type: ignore[attr-defined]
    task = get_object_or_404(tasks, pk=pk)
    task.tell()
    if not task.check_key:
        task.complete(how=f"{_name(request)} said so in the portal")
    elif task not in look(request.organization):  # type: ignore[attr-defined]
        _todo(request, f"{_name(request)} says it is done: {task.title}"[:200])
    toast(request, _("Thank you. Your coordinator knows."))
    return _home(request)


@portal
@transaction.atomic
def contact(request: HttpRequest) -> HttpResponse:
    """Name another contact person. They are added at once; the coordinator greets them and gives them access."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = form.contact(request.organization)  # type: ignore[attr-defined]
        new.save()
        old: Any = request.contact  # type: ignore[attr-defined]
        replaced = form.cleaned_data["instead"] and old
        summary = f"{_name(request)} named {new} as contact" + (", and steps back" if replaced else "")
        request.organization.record(kind="note", summary=summary, contact=new)  # type: ignore[attr-defined]
        _todo(request, f"Greet {new}, named by {_name(request)}", person=new)
        toast(request, _("Thank you. We will turn to %(name)s.") % {"name": new.called})
        if replaced:
            old.leave()
            return render(request, "portal/goodbye.html", {"new": new})
        return _home(request)
    return render(request, "portal/form.html", {"form": form, "title": _("Change the contact person")})


@portal
def mail(request: HttpRequest) -> HttpResponse:
    """Which mails may come to this address."""
    email = (getattr(request.contact, "email", "") or request.user.email).lower()  # type: ignore[union-attr, attr-defined]
    stopped = set(OptOut.objects.standing().filter(email=email).values_list("category", flat=True))
    form = MailForm(request.POST or None, initial={"wanted": [c for c in OPTIONAL if c not in stopped]})
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid():
            OptOut.choose(email=email, stopped=form.stopped, source=_("the portal"))
            toast(request, _("Saved. It counts from now on."))
            return _home(request)
    lede = _(
        "For %(email)s. Sign-in codes, signatures, safety notices and invitations to a council you sit on always come."
    )
    context = {"title": _("What we mail you"), "lede": lede % {"email": email}, "action": _("Save")}
    return render(request, "portal/form.html", {"form": form, **context})
