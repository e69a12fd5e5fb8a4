"""Mails of councils: the invitation with its calendar entry, a change, a cancellation, the reminder."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from councils.calendars import MIME, calendar_of
from councils.models import AgendaItem, Answer, Invitation, Meeting
from wbl.links.models import SignedLink
from wbl.mail.categories import Category
from wbl.mail.models import Message
from wbl.mail.people import Recipient, recipient_of
from wbl.mail.triggers import MailKind, Occasion, Trigger, Verdict, Window, cancel, register
from wbl.web.dates import plain_day

REPLY, SIGN_IN = "councils.reply", "councils.sign_in"
Attachment = tuple[str, str, bytes]


def reply_link(invitation: Invitation) -> SignedLink:
    """The answer's link: one for each invitation, good until two weeks after the meeting."""
    days = (invitation.meeting.day - timezone.localdate()).days + 14
    contact = invitation.contact
    return SignedLink.issue(
        purpose=REPLY, record=invitation, person=contact, name=contact.name, email=contact.email, days=max(days, 14)
    )


def sign_in_link(meeting: Meeting) -> SignedLink:
    """The code on the table: made when the meeting is called, good until the day after it."""
    days = (meeting.day - timezone.localdate()).days + 1
    return SignedLink.issue(purpose=SIGN_IN, record=meeting, days=max(days, 1))


class OfMeeting(MailKind):
    """What all mails about a meeting share. Nobody can opt out of mail about a seat they sit on."""

    category = Category.COUNCIL
    required = True
    link_label = gettext_lazy("Answer")

    def describe(self, record: Invitation) -> str:
        return str(record.meeting)

    def link(self, message: Message) -> SignedLink | None:
        return message.link or (reply_link(message.record) if message.record else None)

    def attachments(self, message: Message) -> Iterable[Attachment]:
        """The meeting as it stands when the mail goes out, for this person's calendar."""
        if (invitation := message.record) is None:
            return []
        method = "CANCEL" if invitation.meeting.canceled_at else "REQUEST"
        content = calendar_of(invitation.meeting, invitation=invitation)
        return [("meeting.ics", f"{MIME}; method={method}; charset=utf-8", content)]

    def still_wanted(self, message: Message, record: Invitation | None) -> Verdict | None:
        if record is None:
            return cancel("The invitation is gone.")
        meeting = record.meeting
        if meeting.canceled_at:
            return cancel("The meeting was called off.")
        return cancel("The meeting is over.") if meeting.ends_at <= timezone.now() else None


@register
class InvitationMail(OfMeeting):
    key = "councils.invitation"
    label = gettext_lazy("Council invitation")


@register
class ChangeMail(OfMeeting):
    key = "councils.change"
    label = gettext_lazy("Council meeting changed")


@register
class CancellationMail(OfMeeting):
    key = "councils.cancellation"
    label = gettext_lazy("Council meeting called off")

    def still_wanted(self, message: Message, record: Invitation | None) -> Verdict | None:
        return None if record is not None else cancel("The invitation is gone.")


@register
class MeetingReminder(OfMeeting, Trigger):
    """Goes to whoever has not declined; the offset counts from the day of the meeting."""

    key = "councils.meeting_reminder"
    label = gettext_lazy("Council meets")
    about = gettext_lazy("Two days before a council meeting, to everyone invited who has not declined.")
    offsets = (-2,)
    hour = dt.time(8, 0)
    has_link = True
    subject = "{{ meeting.council }}: {{ meeting.day }}, {{ meeting.starts }}"
    body = (
        "Dear {{ contact.called }},\n\n"
        "the {{ meeting.council }} meets on {{ meeting.day }} from {{ meeting.starts }} to {{ meeting.ends }}"
        " at {{ meeting.place|the place we agreed on }}.\n\n"
        "On the agenda:\n{{ meeting.agenda|We will share the agenda at the table. }}\n\n"
        "You told us: {{ answer|no answer yet }}. If that has changed, or somebody comes for you, tell us here:\n\n"
        "{{ link }}\n\n"
        "Thank you for your time.\n{{ owner.name|The coordinator }}"
    )
    subject_es = "{{ meeting.council }}: {{ meeting.day }}, {{ meeting.starts }}"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "{{ meeting.council }} se reúne el {{ meeting.day }} de {{ meeting.starts }} a {{ meeting.ends }}"
        " en {{ meeting.place|el lugar acordado }}.\n\n"
        "En el orden del día:\n{{ meeting.agenda|Compartiremos el orden del día en la mesa. }}\n\n"
        "Usted nos dijo: {{ answer|aún sin respuesta }}. Si ha cambiado, o si viene otra persona por usted, díganoslo aquí:\n\n"
        "{{ link }}\n\n"
        "Gracias por su tiempo.\n{{ owner.name|La coordinación }}"
    )
    fields = {
        "meeting.council": "the council",
        "meeting.day": "day of the meeting",
        "meeting.starts": "when it begins",
        "meeting.ends": "when it ends",
        "meeting.place": "where",
        "meeting.agenda": "the agenda, a line each",
        "answer": "what they answered",
    }

    def due(self, window: Window) -> Iterator[Occasion]:
        for invitation in _wanted().filter(meeting__day__gte=window.first, meeting__day__lte=window.last):
            yield self._occasion(invitation)

    def occasions_of(self, records: Sequence[Invitation]) -> Iterator[Occasion]:
        for invitation in _wanted().filter(pk__in=[record.pk for record in records]):
            yield self._occasion(invitation)

    def _occasion(self, invitation: Invitation) -> Occasion:
        meeting = invitation.meeting
        return Occasion(
            record=invitation,
            date=meeting.day,
            to=recipient_of(invitation.contact),
            owner=meeting.called_by,
            because=f"Invited to {meeting} on {plain_day(meeting.day)}.",
            until=meeting.starts_at,
        )

    def values(self, record: Invitation, to: Recipient) -> dict[str, str]:
        answered = "" if record.status == Answer.INVITED else record.told
        return {**meeting_values(record.meeting), "answer": answered}

    def why_not(self, record: Invitation) -> Verdict:
        if record.meeting.canceled_at:
            return cancel("The meeting was called off.")
        return cancel("They declined." if record.status == Answer.DECLINED else "The meeting is over.")


def _wanted() -> Any:
    """Invitations whose people should still hear of their meeting."""
    over = Q(meeting__canceled_at__isnull=False) | Q(meeting__closed_at__isnull=False)
    return (
        Invitation.objects.exclude(over)
        .exclude(status=Answer.DECLINED)
        .select_related("meeting__council", "meeting__called_by", "contact__organization")
    )


def meeting_values(meeting: Meeting) -> dict[str, str]:
    titles = AgendaItem.objects.filter(meeting=meeting).values_list("title", flat=True)
    return {
        "meeting.council": meeting.council.name,
        "meeting.day": meeting.day_in_words,
        "meeting.starts": meeting.starts_in_words,
        "meeting.ends": meeting.ends_in_words,
        "meeting.place": meeting.place,
        "meeting.agenda": "\n".join(f"{n}. {title}" for n, title in enumerate(titles, start=1)),
    }


def send_invitation(invitation: Invitation, *, note: str, by: Any) -> Message:
    """Ask for an answer; the calendar entry is attached."""
    asked = _("Can you come? Answer here, or name somebody who comes for you:")
    return _write(invitation, kind=InvitationMail.key, opening=note, asked=asked, by=by)


def send_change(invitation: Invitation, *, by: Any) -> Message:
    """Day, hour or place is another: once for every sequence."""
    opening = _("The meeting has changed. This is how it stands now; the attached entry moves it in your calendar.")
    asked = _("If your answer is another one now, tell us here:")
    step = str(invitation.meeting.sequence)
    return _write(invitation, kind=ChangeMail.key, opening=opening, asked=asked, by=by, step=step)


def send_cancellation(invitation: Invitation, *, by: Any) -> Message:
    """The meeting is off; the attached entry takes it out of their calendar."""
    opening = _("The meeting is called off: %(reason)s") % {"reason": invitation.meeting.cancel_reason}
    return _write(invitation, kind=CancellationMail.key, opening=opening, asked="", by=by)


def _write(invitation: Invitation, *, kind: str, opening: str, asked: str, by: Any, step: str = "") -> Message:
    contact, meeting = invitation.contact, invitation.meeting
    with translation.override(contact.language):
        return Message.write(
            kind=kind,
            record=invitation,
            recipient=contact,
            subject=f"{meeting.council}: {meeting.day_in_words}, {meeting.starts_in_words}",
            body=_letter(invitation, opening, asked, by),
            by=by,
            link=reply_link(invitation) if asked else None,
            because=f"Sits on the {meeting.council}.",
            step=step,
        )


def _letter(invitation: Invitation, opening: str, asked: str, by: Any) -> str:
    values = meeting_values(invitation.meeting)
    when = _("%(council)s\n%(day)s, %(starts)s to %(ends)s") % {
        "council": values["meeting.council"],
        "day": values["meeting.day"],
        "starts": values["meeting.starts"],
        "ends": values["meeting.ends"],
    }
    where = invitation.meeting.place
    agenda = _("On the agenda:") + "\n" + values["meeting.agenda"] if values["meeting.agenda"] and asked else ""
    parts = [
        _("Dear %(name)s,") % {"name": invitation.contact.called},
        opening.strip(),
        "\n".join(part for part in (when, where, invitation.meeting.video_url) if part),
        agenda,
        asked,
        "{{ link }}" if asked else "",
        _("Thank you for your time.") + f"\n{by}",
    ]
    return "\n\n".join(part for part in parts if part)
