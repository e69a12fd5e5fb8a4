"""Papers that a partner sends by themselves: the signed agreement, the insurance certificate, the next one of each."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.access import portal
from partners.document_forms import DAY, MOST_MB, is_too_large
from partners.models import DocumentKind, Organization, PartnerDocument
from partners.onboarding import look
from wbl.files.models import StoredFile
from wbl.todo.models import Todo
from wbl.web import toast

SENT = (
    DocumentKind.MOU,
    DocumentKind.INSURANCE,
)  # a background check is about a person: that one goes to the coordinator
ASKED_DAYS = 30  # before its last day the next one is asked for


class SendForm(forms.Form):
    """A file, and until when it holds."""

    file = forms.FileField(
        label=gettext_lazy("The document"), help_text=gettext_lazy("A PDF or a picture of it, up to 10 MB.")
    )
    expires = forms.DateField(label=gettext_lazy("Its last day, if it has one"), required=False, widget=DAY)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if is_too_large(upload):
            raise ValidationError(
                _("This file is larger than %(mb)s MB. Save a smaller copy, as a PDF.") % {"mb": MOST_MB}
            )
        return upload

    def clean_expires(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["expires"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day has passed. Send the one that holds now."))
        return day


@dataclass(frozen=True)
class Paper:
    """A kind of paper with the one on file, if any: its name, how it stands, whether somebody should send another."""

    kind: str
    name: str
    state: str
    wanted: bool


def papers(organization: Organization, today: dt.date) -> list[Paper]:
    """The papers on file that the partner may send, and the kinds that lack: one query."""
    rows: Any = organization.documents  # type: ignore[attr-defined]
    standing = list(rows.standing().filter(kind__in=SENT).order_by("kind", "expires", "pk"))
    found: list[Paper] = []
    for kind in SENT:
        on_file = [paper for paper in standing if paper.kind == kind]
        found += [Paper(kind, str(paper), _term(paper, today), _ends(paper, today)) for paper in on_file]
        if not on_file:
            found.append(Paper(kind, str(kind.label), _("Not on file"), True))
    return found


def _ends(paper: PartnerDocument, today: dt.date) -> bool:
    return paper.expires is not None and not paper.renews and paper.expires <= today + dt.timedelta(days=ASKED_DAYS)


def _term(paper: PartnerDocument, today: dt.date) -> str:
    if paper.expires is None:
        return _("On file")
    day = date_format(paper.expires, "DATE_FORMAT")
    if paper.renews:
        return _("On file, renews itself after %(day)s") % {"day": day}
    return (_("Ended on %(day)s") if paper.expires < today else _("On file until %(day)s")) % {"day": day}


def lapsing(organization: Organization, today: dt.date) -> list[PartnerDocument]:
    """Standing papers that the partner may replace and that end soon, or have."""
    rows: Any = organization.documents  # type: ignore[attr-defined]
    ending = rows.standing().filter(kind__in=SENT, renews=False, expires__lte=today + dt.timedelta(days=ASKED_DAYS))
    return list(ending.order_by("expires", "pk"))


@portal
@transaction.atomic
def document(request: HttpRequest, kind: str) -> HttpResponse:
    """Send one; it is on file at once, and the coordinator is asked to look at it."""
    if kind not in SENT:
        raise Http404
    form, named = SendForm(request.POST or None, request.FILES or None), DocumentKind(kind)
    if request.method == "POST" and form.is_valid():
        _keep(request, named, form)
        toast(request, _("Thank you. Your coordinator looks at it."))
        return redirect("portal:home", request.organization.pk)  # type: ignore[attr-defined]
    open_steps: Any = request.organization.onboarding.open().filter(doer="contact", told_at=None)  # type: ignore[attr-defined]
    context = {"form": form, "title": named.label, "step": open_steps.filter(check_key=kind).first()}
    return render(request, "portal/document.html", context)


def _keep(request: HttpRequest, kind: DocumentKind, form: SendForm) -> None:
    organization: Organization = request.organization  # type: ignore[attr-defined]
    contact: Any = request.contact  # type: ignore[attr-defined]
    upload, who = form.cleaned_data["file"], contact or request.user
    file = StoredFile.keep(
        name=upload.name, content_type=upload.content_type or "", body=upload.read(), by=request.user
    )
    made = PartnerDocument.receive(
        organization=organization, kind=kind, file=file, expires=form.cleaned_data["expires"]
    )
    organization.record(kind="note", summary=f"{who} sent in the portal: {made}", contact=contact, about=made)
    Todo.open(
        title=f"Look at what {who} sent: {made}"[:200],
        due=request.district.today(),  # type: ignore[attr-defined]
        owner=organization.owner,
        about=organization,
        person=contact,
        kind="task",
    )
    look(organization)
