"""One mail, written by hand, to one person."""

import re
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime

from wbl.accounts.access import can
from wbl.mail import preview
from wbl.mail.aftermath import answers_to
from wbl.mail.categories import Category
from wbl.mail.forms import WriteForm
from wbl.mail.hindrances import Hindrances
from wbl.mail.models import MailTemplate, Message
from wbl.mail.people import PersonKind, Recipient, people_kinds
from wbl.tenancy.record import kind_of, resolve
from wbl.web.dates import plain_day
from wbl.web.responses import fragment, go, toast
from wbl.web.templatetags.wbl_tags import time_of_day

LATELY, SHOWN = 60, 8  # letters that are looked through for the people they went to, and how many of these


@can("log")
def write(request: HttpRequest) -> HttpResponse:
    """`?contact=5` writes to this person, `?partner=5` asks whom there; without either one is looked up by name.

    `?re=5` answers what came back to that mail: it begins with its subject, and once sent there is nothing left to read.
    """
    kind, person = person_of(request)
    if person is None:
        return choose(request)
    to = kind.recipient(person)
    form, beside = _form(request, to), kind.beside(person, request)
    if request.method == "POST" and not {"preview", "drop"} & set(request.POST) and _are_valid(form, beside):
        message = _write(form, beside, to, kind, by=request.user, answered=_answered(request))
        at = form.cleaned_data["send_at"]
        when = f"on {plain_day(localtime(at).date())} at {time_of_day(localtime(at))}" if at else "within a minute"
        undo = reverse("mail:cancellation", args=[message.pk]) if at else None  # what goes at once is gone at once
        toast(request, _stopped(message, to) or f"The mail to {to.name} goes out {when}.", undo)
        return go(request, to.about or message)
    return fragment(request, "mail/write.html", "form", {**_page(request, form, kind, to), "beside": beside})


def _stopped(message: Message, to: Recipient) -> str:
    """What is said instead where it would be withheld."""
    against = Hindrances.load([to.email]).against(to, category=message.category, by_hand=True)
    return f"Written down, not sent. {against.reason}" if against else ""


def _form(request: HttpRequest, to: Recipient) -> WriteForm:
    """What was sent; else a blank letter, or one that `?template=` begins."""
    if request.method == "POST":
        return WriteForm(request.POST, request.FILES, by=request.user)
    answered = _answered(request)
    # a plain letter asks for nothing: one that asks is no sooner than the district lets a partner be asked again
    initial: dict[str, str] = {"category": Category.REQUESTS if request.GET.get("asked_for") else Category.REMINDERS}
    if answered:
        initial["subject"] = _re(answered)
    if key := request.GET.get("template", ""):
        try:
            template = MailTemplate.of(key)
        except LookupError:
            raise Http404 from None
        if template.trigger_key:
            raise Http404
        initial = {"category": template.category, **preview.begun(template, to, by=request.user)}
    return WriteForm(initial=initial, by=request.user)


def _answered(request: HttpRequest) -> Message | None:
    """The mail whose answer is answered."""
    return Message.objects.filter(pk=_number(request.POST.get("re") or request.GET.get("re", ""))).first()


def _re(message: Message) -> str:
    """Re: as they wrote it last, said once."""
    last = message.replies.exclude(subject="").filter(kind__in=("reply", "other")).last()  # type: ignore[attr-defined]
    subject = last.subject if last else message.subject
    return "Re: " + re.sub(r"^(?:\s*(?:re|aw|rv|fwd?)\s*:)+\s*", "", subject, flags=re.IGNORECASE)[:190]


def _are_valid(*forms: Any) -> bool:
    """Each is asked, so that all that is wrong is told at once."""
    valid = [form.is_valid() for form in forms if form is not None]
    return all(valid)


@transaction.atomic
def _write(
    form: WriteForm, beside: Any, to: Recipient, kind: PersonKind, *, by: Any, answered: Message | None
) -> Message:
    message = form.save(to, kind, by=by)
    for todo in answers_to(answered) if answered else ():
        todo.close(by=by)
    if beside is not None:
        beside.save(message)
    return message


def _page(request: HttpRequest, form: WriteForm, kind: PersonKind, to: Recipient) -> dict[str, Any]:
    draft = form.draft(to, kind, by=request.user) if request.method == "POST" and form.is_valid() else None
    if draft:
        form.keep_files()
    chosen = form.data.get("category") or form.initial.get("category", Category.REMINDERS)
    against = Hindrances.load([to.email]).against(to, category=chosen, by_hand=True)
    return {
        "form": form,
        "to": to,
        "param": kind.param,
        "others": f"{reverse('mail:write')}?{kind.about_param}={to.about.pk}" if kind.about_param and to.about else "",
        "against": against,
        "draft": preview.of_draft(draft, to) if draft else None,
        "text": preview.text_of(draft) if draft else "",
        "inside": preview.inside_of(draft) if draft else "",
        "attached": form.attached if draft else [],
        "templates": [t for t in MailTemplate.offered() if not t.trigger_key],
        "template": request.GET.get("template", ""),
        "answered": _answered(request),
        "back": to.about.get_absolute_url() if to.about else "",  # type: ignore[attr-defined]
    }


def choose(request: HttpRequest, *, title: str = "") -> HttpResponse:
    """People of one record, or found by name: to write to, or for what `title` says."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    # what the letter is to hold goes along to whoever is chosen
    more = "".join(f"&{key}={quote(request.GET[key])}" for key in ("asked_for",) if key in request.GET)
    found: list[tuple[str, Recipient]] = []
    for kind in people_kinds():
        about = _number(request.GET.get(kind.about_param, "")) if kind.about_param else 0
        people = kind.among(about) if about else kind.search(words) if words else []
        found += [(f"?{kind.param}={person.pk}{more}", kind.recipient(person)) for person in people]
    lately = [] if set(request.GET) - {"asked_for"} else _lately(request.user, more)
    context = {"people": found or lately, "lately": bool(lately), "q": words, "asked": bool(request.GET)}
    context["title"] = title
    return render(request, "mail/choose.html", context)


def _lately(user: Any, more: str) -> list[tuple[str, Recipient]]:
    """The last people whom one wrote to oneself, newest first: two queries a kind."""
    found: list[tuple[str, Recipient]] = []
    for kind in (kind for kind in people_kinds() if kind.param):
        wrote = Message.objects.filter(by=user, person_kind=kind_of(kind.model)).exclude(person_id=None)
        ids = list(dict.fromkeys(wrote.order_by("-pk").values_list("person_id", flat=True)[:LATELY]))
        people = kind.fetch(ids) if ids else {}
        each = [(pk, kind.recipient(people[pk])) for pk in ids if pk in people]
        found += [(f"?{kind.param}={pk}{more}", to) for pk, to in each if not to.gone]
    return found[:SHOWN]


def person_of(request: HttpRequest) -> tuple[PersonKind, Any]:
    """The person named in the address; 404 for one that is not there."""
    for kind in people_kinds():
        if kind.param and (text := request.POST.get(kind.param) or request.GET.get(kind.param)):
            person = resolve(kind.model._meta.label_lower, _number(text))
            if person is None:
                raise Http404
            return kind, person
    return PersonKind(), None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
