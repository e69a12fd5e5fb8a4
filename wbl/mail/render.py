"""What a mail says: text and HTML from one source, made when it is due, with placeholders for what is personal."""

import re
from dataclasses import dataclass, field
from email.message import MIMEPart
from functools import cached_property
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, urlize
from django.utils.safestring import mark_safe

from wbl.files.models import StoredFile
from wbl.mail import addresses, markup, texts
from wbl.mail.letter import Letter
from wbl.mail.models import Category, MailSettings, Message, Rule
from wbl.mail.models.messages import PERSONAL_LINK
from wbl.mail.people import Recipient, values_of
from wbl.tenancy.models import District
from wbl.tenancy.scope import current_district

OCTETS = "application/octet-stream"
STOP_MARK = "[unsubscribe link]"
LOGO_MARK = "cid:logo@wbl"
_BODY, _SUBJECT = "[[wbl-body]]", "[[wbl-subject]]"
_ADDRESS = re.compile(r"\w\.\w|://|@")  # what urlize, which is slow, would find something in
_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


class CannotRender(ValueError):
    """The text cannot be made for this record; the message says why in a sentence."""


@dataclass
class Frames:
    """What stands around every mail of the open district, made once for many: HTML with its CSS inlined, and text.

    It also keeps the texts of rules and templates, so that a batch reads each once.
    """

    district: District = field(default_factory=current_district)
    made: dict[tuple[str, bool, str], tuple[str, str]] = field(default_factory=dict)
    texts: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def settings(self) -> MailSettings:
        return MailSettings.current()

    def __post_init__(self) -> None:
        self.stop_page = addresses.unsubscribe_page()

    def of(self, message: Message) -> tuple[str, str]:
        key = (message.category, message.required, message.language)
        if key not in self.made:
            context = {
                "district": self.district,
                "signature": self.settings.signature.strip(),
                "logo": LOGO_MARK if self.settings.logo else "",
                "category": Category(message.category).label,
                "stop": "" if message.required or message.category == Category.REQUIRED else STOP_MARK,
                "body": mark_safe(_BODY),
                "subject": mark_safe(_SUBJECT),
            }
            with translation.override(message.language):
                html = css_inline.inline(
                    render_to_string("mail/frame.html", context), load_remote_stylesheets=False, keep_style_tags=True
                )
                self.made[key] = (html, render_to_string("mail/frame.txt", context))
        return self.made[key]

    def text_of(self, rule: Rule, language: str) -> tuple[str, str]:
        """Subject and body of a rule for a reader of this language."""
        key = (rule.pk or 0, language)
        if key not in self.texts:
            self.texts[key] = rule.text_in(language)
        return self.texts[key]


def render(message: Message, to: Recipient, record: Any, frames: Frames) -> None:
    """Set subject, source, text and html of an unsent message. Raises CannotRender."""
    words = None if message.source else _words_of(message, record, frames)
    if words:
        inside = _filled(message, words, to, record)
    else:
        if message.link_id:
            message.source = message.source.replace("{{ link }}", message.link_mark)
        message.marked = (message.source, None) if message.kind.markdown else None
        inside = markup.to_html(message.source) if message.marked else paragraphs(message.source)
    html, text = frames.of(message)
    message.text = text.replace(_BODY, message.source.strip())
    message.html = html.replace(_SUBJECT, escape(message.subject)).replace(
        _BODY, inside.replace(message.link_mark, _button(message.link_mark, str(message.kind.link_label)))
    )


def _words_of(message: Message, record: Any, frames: Frames) -> tuple[str, str] | None:
    """Subject and body before their fields are filled: the rule's, or those of the record that it belongs to."""
    own = message.kind.texts(record, message.language) if record is not None else None
    return own or (frames.text_of(message.rule, message.language) if message.rule else None)


def _filled(message: Message, words: tuple[str, str], to: Recipient, record: Any) -> str:
    """Set subject and source from a text with fields; returns the HTML part's inside."""
    subject, body = words
    values = values_for(message, to, record)
    if texts.LINK in texts.names(body):
        message.link = message.kind.link(message)
        if message.link is None:
            raise CannotRender("The text has a personal link, and there is none for this record.")
        values[texts.LINK] = message.link_mark
    try:
        message.subject = " ".join(texts.fill(subject, values).split())[:300]
        inside, message.source = markup.filled(body, values)
    except texts.EmptyField as empty:
        raise CannotRender(f"The text needs {_listed(empty.names)}, which is empty here.") from None
    message.marked = (body, values)
    return inside


def values_for(message: Message, to: Recipient, record: Any) -> dict[str, str]:
    """What the merge fields are for this person and record."""
    return {**common_values(message, to), **values_of(to), **message.kind.values(record, to)}


def common_values(message: Message, to: Recipient) -> dict[str, str]:
    owner = message.owner
    return {
        "contact.called": to.called or to.name,
        "contact.name": to.name,
        "owner.name": str(owner) if owner else "",
        "owner.called": owner.short_name if owner else "",
        "district.name": current_district().name,
    }


def _listed(names: list[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, addresses become links, everything else stands as typed."""
    parts = [p.strip("\n") for p in _PARAGRAPHS.split(text.replace("\r\n", "\n").strip())]
    return "\n".join(f'<p style="{markup.PARAGRAPH}">{_linked(part)}</p>' for part in parts)


def _linked(text: str) -> str:
    linked = urlize(text, nofollow=False, autoescape=True) if _ADDRESS.search(text) else escape(text)
    return linked.replace("\n", "<br>\n")


def _button(mark: str, label: str) -> str:
    return f'<a href="{mark}" style="{BUTTON}">{escape(label)}</a>'


BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5563;color:#ffffff;"
    "text-decoration:none;font-weight:600"
)


def shown(text: str, message: Message) -> str:
    """A stored body for people's eyes: the personal link stays “[personal link]”."""
    return text.replace(message.link_mark, PERSONAL_LINK)


def handed_over(message: Message, frames: Frames) -> Letter:
    """The mail as SMTP gets it: the personal link and the unsubscribe link put in."""
    stop = f"{frames.stop_page}{addresses.unsubscribe_token(message.pk)}/"
    marks = {STOP_MARK: stop}
    if message.link_id:
        marks[message.link_mark] = message.link.url()
    text, html = message.text, message.html
    for mark, value in marks.items():
        text, html = text.replace(mark, value), html.replace(mark, escape(value))
    mail = Letter(
        subject=message.subject,
        body=text,
        from_email=addresses.from_header(frames.district.mail_from_name or frames.district.name),
        to=[addresses.header(message.to_name, message.to_email)],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=_headers(message, stop),
    )
    if settings.WBL_BOUNCES_INBOUND:
        mail.bounces_to = addresses.reply_address(message.district_id, message.token)
    mail.metadata = {"wbl": f"{message.district_id}.{message.token}"}  # comes back with a provider's events
    mail.attach_alternative(html, "text/html")
    if LOGO_MARK in html:
        mail.attach(_logo(bytes(frames.settings.logo)))
    for name, content_type, content in message.kind.attachments(message):
        mail.attach(name, content, content_type)
    for file in StoredFile.objects.filter(pk__in=message.file_ids).order_by("pk") if message.file_ids else ():
        mail.attach(file.name, bytes(file.body), file.content_type if "/" in file.content_type else OCTETS)
    return mail


def _logo(png: bytes) -> MIMEPart:
    """The district's logo, inside the mail: nobody's server learns who read it."""
    part = MIMEPart()
    part.set_content(png, maintype="image", subtype="png", disposition="inline", cid=f"<{LOGO_MARK[4:]}>")
    return part


def _headers(message: Message, stop: str) -> dict[str, str]:
    headers = {"Message-ID": message.message_id}
    if message.rule_id:
        headers["Auto-Submitted"] = "auto-generated"
    if not message.required and message.category != Category.REQUIRED:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def reply_address(message: Message) -> str:
    """Where an answer goes: the message's own address, else its owner's."""
    name = str(message.owner) if message.owner else ""
    if own := addresses.reply_address(message.district_id, message.token):
        return addresses.header(name, own)
    if message.owner:
        return addresses.header(name, message.owner.email)
    spare = MailSettings.current().reply_to
    return addresses.header("", spare) if spare else ""
