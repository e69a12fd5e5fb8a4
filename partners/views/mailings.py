"""Announcements: one mail to many partners, tried, scheduled, watched and stopped."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.listing import PartnerList
from partners.mailings.forms import DispatchForm, MailingForm
from partners.mailings.sending import Progress, Reader, came_of, dispatch, letters_of, progress, readers, test_to
from partners.models import Organization
from partners.models.mailings import Mailing
from wbl.accounts.access import can
from wbl.mail import preview
from wbl.mail.ledger import tabs
from wbl.mail.models import MailTemplate, Message
from wbl.mail.render import values_for
from wbl.saved.models import SavedView
from wbl.web.dates import moment_in_words
from wbl.web.lists import Page
from wbl.web.responses import fragment, go, is_htmx, toast

PLACE = {"rail_place": "mail"}
MOST = 20_000
SHOWN = 50


@can("view")
def mailings(request: HttpRequest) -> HttpResponse:
    """Drafts and what went out, newest first; the lists' saved views, to begin with one."""
    found = list(Mailing.objects.kept().select_related("by").defer("body", "body_es")[:100])
    done = came_of(found)
    context = {
        "mailings": [(each, done.get(each.pk, "")) for each in found],
        "views": SavedView.objects.seen_by(request.user).named().filter(list=PartnerList.key),
        "tabs": tabs("mailings"),
        **PLACE,
    }
    return render(request, "partners/mailings.html", context)


@can("edit")
def mailing_add(request: HttpRequest) -> HttpResponse:
    """To the ticked partners of the list (`rows`), or to all that a list's address chooses."""
    writing = request.method == "POST" and "subject" in request.POST
    ids, query = _chosen(request)
    initial = {
        "rows": ids if not query else [],
        "query": query,
        **_begun((request.POST or request.GET).get("template", "")),
    }
    form = MailingForm(
        request.POST if writing else None,
        instance=Mailing.begun_by(request.user, ids=ids, query=query),
        initial=initial,
    )
    if writing and ids and form.is_valid():
        made = form.save()
        toast(request, "Saved as a draft. Look at who gets it, try it on yourself, then send it.")
        return redirect(made)
    context = {"form": form, "count": len(ids), "query": query, **PLACE}
    context["templates"] = [t for t in MailTemplate.offered() if not t.trigger_key]
    context["fields"] = [(name, meaning, "") for name, meaning in MailTemplate.new().fields().items()]
    return render(request, "partners/mailing_add.html", {**context, "tabs": tabs("mailings")})


@can("view", post="edit")
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its readers and what each would get; once sent, how far it is."""
    found = get_object_or_404(Mailing.objects.kept().select_related("by", "stopped_by"), pk=pk)
    form = MailingForm(request.POST or None, instance=found)
    if request.method == "POST" and found.is_draft and form.is_valid():
        form.save()
        toast(request, "Saved.")
    if request.method == "POST" and not form.errors:
        return redirect(found)
    if not found.is_draft:
        letters = [] if is_htmx(request) else letters_of(found)  # how far it is changes; its words do not
        context = {"mailing": found, "letters": letters, "progress": progress(found), "tabs": tabs("mailings"), **PLACE}
        return fragment(request, "partners/mailing_sent.html", "progress", context)
    return render(request, "partners/mailing.html", {**_page(request, found), "form": form})


@can("edit")
@require_POST
def mailing_test(request: HttpRequest, pk: int) -> HttpResponse:
    """To oneself."""
    found = get_object_or_404(Mailing.objects.kept(), pk=pk)
    test_to(found, user=request.user)
    toast(request, f"A test is on its way to {request.user.email}.")  # type: ignore[union-attr]
    return go(request, found)


@can("edit")
@require_POST
def mailing_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, or from an hour on; an hour that may come amiss is asked about."""
    found = get_object_or_404(Mailing.objects.kept(), pk=pk)
    form = DispatchForm(request.POST)
    if not form.is_valid() and found.is_draft:
        context = {**_page(request, found), "form": MailingForm(instance=found), "dispatch": form}
        return render(request, "partners/mailing.html", context, status=422)
    if not dispatch(found, send_at=form.cleaned_data.get("send_at"), by=request.user):
        toast(request, "It has been sent already.")
        return go(request, found)
    toast(request, _said(found, progress(found)), reverse("partners:mailing_stop", args=[pk]))
    return go(request, found)


@can("edit")
@require_POST
def mailing_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = get_object_or_404(Mailing.objects.kept(), pk=pk)
    if not found.discard():
        toast(request, "It has been sent: it stays.")
        return go(request, found)
    toast(request, f"The draft “{found}” is discarded.", reverse("partners:mailing_return", args=[pk]))
    return go(request, "partners:mailings")


@can("edit")
@require_POST
def mailing_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: a discarded draft is back."""
    found = get_object_or_404(Mailing.objects.exclude(discarded_at=None), pk=pk)
    found.restore()
    toast(request, f"The draft “{found}” is back.")
    return go(request, found)


@can("edit")
@require_POST
def mailing_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not out yet is canceled."""
    found = get_object_or_404(Mailing.objects.filter(stopped_at=None).exclude(send_at=None), pk=pk)
    count = found.stop(by=request.user)
    toast(request, f"Stopped. {count} mail{' was' if count == 1 else 's were'} not out yet and will not go.")
    return go(request, found)


@can("edit")
@require_POST
def mailing_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same words to the same partners, as a new draft."""
    found = get_object_or_404(Mailing.objects.kept(), pk=pk)
    made = found.copy(by=request.user)
    toast(request, "A new draft with the same words.", reverse("partners:mailing_removal", args=[made.pk]))
    return go(request, made)


def _said(found: Mailing, far: Progress) -> str:
    """The number that the button named, and what became of the other partners."""
    mails = f"{far.waiting} mail{'' if far.waiting == 1 else 's'}"
    when = f"will go out {moment_in_words(found.send_at)}" if found.is_ahead else "are on their way"  # type: ignore[arg-type]
    left = far.total - far.waiting
    return f"{mails} {when}." + (
        f" {left} {'is' if left == 1 else 'are'} withheld, each with its reason." if left else ""
    )


def _chosen(request: HttpRequest) -> tuple[list[int], str]:
    """Ids of the partners, and the list's address where that chose them: the ticked ones, or all that match."""
    posted, ticked = request.method == "POST", request.POST.getlist("rows")
    ids = [int(n) for n in ticked if n.isascii() and n.isdigit() and len(n) < 18]
    by_list = request.POST.get("everything") or ("subject" in request.POST and not ids)
    if posted and not by_list:
        return list(Organization.objects.present().filter(pk__in=ids).values_list("pk", flat=True)), ""
    query = request.POST.get("query", "") if posted else _state(request.GET)
    if "subject" in request.POST and not query:
        return [], ""
    listing = PartnerList(QueryDict(query))
    return list(
        listing.select(Organization.objects.present()).values_list("pk", flat=True)[:MOST]
    ), query or "sort=name"


def _state(asked: QueryDict) -> str:
    kept = asked.copy()
    for name in ("template", "page", "cols"):
        kept.pop(name, None)
    return kept.urlencode()


def _begun(key: str) -> dict[str, str]:
    if not key:
        return {}
    try:
        template = MailTemplate.of(key)
    except LookupError:
        raise Http404 from None
    return {name: getattr(template, name) for name in ("subject", "body", "subject_es", "body_es")}


def _page(request: HttpRequest, found: Mailing) -> dict[str, Any]:
    everybody = readers(found)
    number = request.GET.get("page", "1")
    at = (max(1, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1) - 1) * SHOWN
    page = Page(everybody[at : at + SHOWN], at // SHOWN + 1, SHOWN, len(everybody) > at + SHOWN, total=len(everybody))
    asked = request.GET.get("reader", "")
    gets_it = next((r for r in everybody if not r.against), everybody[0] if everybody else None)
    chosen = next((r for r in everybody if str(r.organization.pk) == asked), gets_it)
    message = _draft(found, chosen, request.user) if chosen else None
    held = sum(1 for r in everybody if r.against)
    return {
        "mailing": found,
        "page": page,
        "counts": (len(everybody), len(everybody) - held, held),
        "chosen": chosen,
        "message": message,
        "text": preview.text_of(message) if message else "",
        "inside": preview.inside_of(message) if message else "",
        "dispatch": DispatchForm(),
        "fields": _fields(message, chosen),
        "tabs": tabs("mailings"),
        **PLACE,
    }


def _fields(message: Message | None, reader: Reader | None) -> list[tuple[str, str, str]]:
    """The merge fields, each with what it is and what it becomes for the chosen reader."""
    values = values_for(message, reader.to, None) if message and reader else {}
    return [(name, meaning, values.get(name, "")) for name, meaning in MailTemplate.new().fields().items()]


def _draft(found: Mailing, reader: Reader, by: Any) -> Message:
    message = Message.addressed(reader.to, found, reader.organization.owner or by)
    message.rule_key, message.category = "partners.mailing", found.category
    return preview.of_draft(message, reader.to)
