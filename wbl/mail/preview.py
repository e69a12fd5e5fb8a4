"""A mail as its reader would get it, before it is sent: made by the code that sends."""

from typing import Any

from django.utils.safestring import mark_safe

from wbl.mail import markup, texts
from wbl.mail.models import MailSettings, MailTemplate, Message, Rule
from wbl.mail.people import Recipient
from wbl.mail.render import LOGO_MARK, STOP_MARK, CannotRender, Frames, render, reply_address, shown, values_for
from wbl.mail.triggers import Occasion, kind_and_id


def fill(message: Message) -> str:
    """Set text and html of a message that has none yet; returns what is wrong, a sentence, or nothing. Saves nothing."""
    message.reply_to = message.reply_to or reply_address(message)
    if message.text:
        return ""
    to = message.to
    if message.is_waiting:
        message.readdress(to)
    return _rendered(message, to, message.record)


def of_occasion(rule: Rule, occasion: Occasion) -> tuple[Message, str]:
    """The mail that a rule would send on an occasion, and what is wrong with it."""
    message = Message.addressed(occasion.to, occasion.record, occasion.owner)
    message.rule, message.rule_key, message.reference_date = rule, rule.key, occasion.date
    message.category, message.required = rule.trigger.category, rule.trigger.required
    message.person_kind, message.person_id = kind_and_id(occasion.to.person)
    return message, _rendered(message, occasion.to, occasion.record)


def of_template(template: MailTemplate, occasion: Occasion, language: str = "") -> tuple[Message, str]:
    """The mail that a template becomes on an occasion, and what is wrong with it. `language` instead of the reader's."""
    message = Message.addressed(occasion.to, occasion.record, occasion.owner)
    message.rule = Rule(key="preview", trigger_key=template.trigger_key, template_key=template.key)
    message.category, message.language = template.category, language or message.language
    message.person_kind, message.person_id = kind_and_id(occasion.to.person)
    frames = Frames()
    frames.texts[0, message.language] = template.text_in(message.language)
    return message, _rendered(message, occasion.to, occasion.record, frames)


def of_draft(message: Message, to: Recipient) -> Message:
    """A letter that is being written."""
    _rendered(message, to, message.record)
    return message


def _rendered(message: Message, to: Recipient, record: object, frames: Frames | None = None) -> str:
    message.reply_to = message.reply_to or reply_address(message)
    try:
        render(message, to, record, frames or Frames())
    except CannotRender as wrong:
        return str(wrong)
    return ""


def text_of(message: Message) -> str:
    """The text part, for the screen."""
    return shown(message.text, message)


def height_of(message: Message) -> int:
    """Pixels that the HTML part takes on a desk, rather too many: a frame that is shut off cannot tell its own."""
    return height_for(text_of(message))


def height_for(text: str) -> int:
    """The same for a mail whose plain part this is."""
    lines = text.splitlines()
    words = sum(26 * -(-len(line) // 60) if line.strip() else 18 for line in lines)
    buttons = 44 * sum("://" in line or "personal link" in line for line in lines)
    return min(words + buttons + 150, 2400)


def begun(template: MailTemplate, to: Recipient, *, by: Any) -> dict[str, str]:
    """Subject and body of a letter that begins with a template: its fields filled, an empty one left as dots."""
    message = Message.addressed(to, to.about, by)
    message.person_kind, message.person_id = kind_and_id(to.person)
    values = values_for(message, to, to.about)

    def words(name: str, spare: str) -> str:
        return values.get(name) or spare or "…"

    subject, body = template.text_in(to.language)
    return {"subject": texts.each_field(subject, words), "body": texts.each_field(body, words)}


def inside_of(message: Message) -> str:
    """The letter as HTML for a page of ours: made from its Markdown, which holds no HTML of anybody's."""
    if not message.marked:
        return ""
    body, values = message.marked
    html = markup.to_html(body, styled=False) if values is None else markup.filled(body, values, styled=False)[0]
    return mark_safe(shown(html, message))


def html_of(message: Message) -> str:
    """The HTML part, for a frame: personal links lead nowhere."""
    html = message.html.replace(f'href="{message.link_mark}"', 'href="#"').replace(f'href="{STOP_MARK}"', 'href="#"')
    if LOGO_MARK in html:
        html = html.replace(LOGO_MARK, MailSettings.current().logo_address)
    return shown(html, message) or "<p>This mail has no text yet.</p>"
