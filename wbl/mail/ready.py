"""Texts that apps bring along: one for each trigger, and letters for every day. A district changes them to its own."""

from dataclasses import dataclass

from wbl.mail import triggers
from wbl.mail.categories import Category


@dataclass(frozen=True)
class ReadyText:
    """A template before anybody has changed it, in English and Spanish."""

    key: str
    name: str
    subject: str
    body: str
    subject_es: str = ""
    body_es: str = ""
    category: str = Category.REQUESTS
    trigger_key: str = ""


_letters: dict[str, ReadyText] = {}


def register_text(text: ReadyText) -> ReadyText:
    """Offer a letter; in an app's emails.py."""
    _letters[text.key] = text
    return text


def of_trigger(trigger: "triggers.Trigger") -> ReadyText:
    return ReadyText(
        key=trigger.key,
        name=str(trigger.label),
        subject=str(trigger.subject),
        body=str(trigger.body),
        subject_es=trigger.subject_es,
        body_es=trigger.body_es,
        category=str(trigger.category),
        trigger_key=trigger.key,
    )


def all_texts() -> list[ReadyText]:
    return [*(of_trigger(t) for t in triggers.all_triggers() if t.is_listed), *_letters.values()]


def is_text(key: str) -> bool:
    return any(text.key == key for text in all_texts())


def text(key: str) -> ReadyText:
    """Raises LookupError for a key that no app offers."""
    return _letters.get(key) or of_trigger(triggers.trigger(key))
