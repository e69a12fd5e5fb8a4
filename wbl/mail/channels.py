"""Other ways than email to reach a person: what happens when a planned mail must not be one.

A channel takes a withheld mail and puts it before a person, or sends it itself. Calls are the one that is there: a
to-do of kind "call" with what there is to say, worked off from the call list. Text messages would be a second one:
`SMS.can_reach` needs a mobile number and a consent of its own (the Telephone Consumer Protection Act asks for one),
`SMS.hand_over` writes a row of an outbox of its own with the message's key as its own, a provider's webhook moves it,
and STOP is an opt-out as any other. Nothing else in mail would change: `Recipient.prefers` chooses, `channel_for` finds.
"""

from typing import ClassVar, Protocol

from django.utils import timezone

from wbl.mail.models import Message
from wbl.mail.people import Recipient
from wbl.todo.models import Todo


class Channel(Protocol):
    """What a way of reaching somebody must be able to say and do."""

    key: ClassVar[str]

    def can_reach(self, to: Recipient) -> bool:
        """Is it this person's way?"""

    def hand_over(self, message: Message, to: Recipient) -> str:
        """Do it once, whoever asks twice; a sentence for the ledger on what was done, or nothing where nothing could be."""


class Calls:
    """Somebody calls: the message becomes a to-do of its owner, with the mail's words as what to say."""

    key: ClassVar[str] = "call"

    def can_reach(self, to: Recipient) -> bool:
        return bool(to.prefers)

    def hand_over(self, message: Message, to: Recipient) -> str:
        if not message.owner or Todo.objects.filter(source_kind="mail.message", source_id=message.pk).exists():
            return ""
        Todo.open(
            title=f"Call {to.name}: {message.subject}",
            due=timezone.localdate(),
            owner=message.owner,
            about=to.about,
            person=to.person,
            source=message,
            kind=Todo.Kind.CALL,
            note=words_of(message) or message.subject,
        )
        return f"It was put on {message.owner.short_name}’s list."


def words_of(message: Message) -> str:
    """What the mail would have said; nothing where it cannot be made."""
    from wbl.mail.preview import fill  # preview renders, and rendering knows messages

    return "" if fill(message) else message.words.strip()


CHANNELS: tuple[Channel, ...] = (Calls(),)


def channel_for(to: Recipient) -> Channel | None:
    """The way that this person wants, other than email."""
    return next((each for each in CHANNELS if each.can_reach(to)), None)
