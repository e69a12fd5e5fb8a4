"""A mail as its reader would get it, before it is sent: made by the code that sends."""

from wbl.mail.models import Message, Rule
from wbl.mail.people import Recipient
from wbl.mail.render import STOP_MARK, CannotRender, Frames, render, reply_address, shown
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


def of_draft(message: Message, to: Recipient) -> Message:
    """A letter that is being written."""
    _rendered(message, to, message.record)
    return message


def _rendered(message: Message, to: Recipient, record: object) -> str:
    message.reply_to = message.reply_to or reply_address(message)
    try:
        render(message, to, record, Frames())
    except CannotRender as wrong:
        return str(wrong)
    return ""


def text_of(message: Message) -> str:
    """The text part, for the screen."""
    return shown(message.text, message)


def html_of(message: Message) -> str:
    """The HTML part, for a frame: personal links lead nowhere."""
    html = message.html.replace(f'href="{message.link_mark}"', 'href="#"').replace(f'href="{STOP_MARK}"', 'href="#"')
    return shown(html, message) or "<p>This mail has no text yet.</p>"
