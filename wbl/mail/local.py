"""The mail of one's own machine, under `manage.py up` only: what the sink kept, and a box to answer from."""

import datetime as dt
import email
import email.policy
import pathlib
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from typing import Any

import nh3
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from wbl.accounts.access import public
from wbl.mail.inbound import receive
from wbl.mail.preview import height_for
from wbl.mail.views import MAIL_CSP
from wbl.web.lists import Page
from wbl.web.responses import toast

PER_PAGE = 50
FRAME = '<!DOCTYPE html><html lang="en"><title>Mail</title><body style="font:16px/1.5 sans-serif;padding:8px 16px">{body}</body></html>'


class ReplyForm(forms.Form):
    """An answer, as if it came by mail."""

    sender = forms.CharField(label="From", max_length=254)
    text = forms.CharField(label="Answer", widget=forms.Textarea(attrs={"rows": 6}))

    def as_mail(self, answered: EmailMessage) -> bytes:
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["From"] = " ".join(self.cleaned_data["sender"].split())
        mail["To"] = str(answered["Reply-To"] or answered["From"])
        mail["Subject"] = f"Re: {' '.join(str(answered['Subject'] or '').split())}"
        mail["In-Reply-To"] = str(answered["Message-ID"] or "")
        mail["Message-ID"] = make_msgid(domain="localhost.localdomain")
        mail.set_content(self.cleaned_data["text"])
        return bytes(mail)


@public
def mails(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    number = (
        max(1, int(text))
        if (text := request.GET.get("page", "1")).isascii() and text.isdigit() and len(text) < 6
        else 1
    )
    paths = sorted(_folder().glob("*.eml"), reverse=True)
    shown = paths[(number - 1) * PER_PAGE : number * PER_PAGE]
    page = Page(
        [_summary(p) for p in shown], number, PER_PAGE, has_next=len(paths) > number * PER_PAGE, total=len(paths)
    )
    return render(request, "mail/local_list.html", {"page": page})


@public
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Both parts and the headers; the box at the bottom answers through the path that real mail takes."""
    found = _read(name)
    form = ReplyForm(request.POST or None, initial={"sender": found["To"]})
    if request.method == "POST" and form.is_valid():
        filed = receive(form.as_mail(found))
        toast(request, "The answer is on the timeline." if filed else "This mail is none that can be answered here.")
        return redirect("local:mail", name)
    plain = found.get_body(("plain",))
    text = plain.get_content() if plain else ""
    context = {
        "mail": found,
        "name": name,
        "head": [(key, str(found[key])) for key in ("From", "To", "Reply-To", "Date") if found[key]],
        "headers": [(key, str(value)) for key, value in found.items()],
        "text": text,
        "height": height_for(text),
        "has_html": found.get_body(("html",)) is not None,
        "files": [part.get_filename() or part.get_content_type() for part in found.iter_attachments()],
        "form": form,
    }
    return render(request, "mail/local_mail.html", context)


@public
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part, through the sanitiser and shut off."""
    part = _read(name).get_body(("html",))
    if part is None:
        raise Http404
    attributes = {**nh3.ALLOWED_ATTRIBUTES, "*": {"style"}}
    cleaned = nh3.clean(part.get_content(), attributes=attributes, clean_content_tags={"style", "script", "title"})
    # a link of the mail opens in place of this page, as it would in a mail program
    return HttpResponse('<base target="_top">' + cleaned)


def _folder() -> pathlib.Path:
    return pathlib.Path(settings.WBL_LOCAL_DIR) / "mail"


def _read(name: str) -> Any:
    path = _folder() / name
    if path.parent != _folder() or path.suffix != ".eml" or name.startswith(".") or not path.is_file():
        raise Http404
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _summary(path: pathlib.Path) -> dict[str, Any]:
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    name, address = parseaddr(str(found["To"] or ""))
    return {
        "name": path.name,
        "subject": str(found["Subject"] or "(no subject)"),
        "to": name or address,
        "address": address,
        "at": _when(path),
    }


def _when(path: pathlib.Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
