"""Mail of the demonstration district: a rule that is on, so that mail is planned and withheld; letters that went out."""

import datetime as dt
from typing import Any

from django.utils import timezone

from partners.models import Contact, Enrolment, Organization, Sequence
from partners.sequences import ready
from wbl.mail import planner
from wbl.mail.models import Message, Rule

# days ago; who wrote; to whom; subject; text
LETTERS = (
    (
        9,
        "marisol",
        "Irene Stoddard",
        "Two mock-interview judges for November?",
        "Dear Irene,\n\nwould two of you judge mock interviews again? Last year the students talked of nothing else.\n\nMarisol",
    ),
    (
        8,
        "ben",
        "Joy Pruitt",
        "Career fair in spring",
        "Dear Joy,\n\nwe hold our career fair on the first Thursday of April. May I count on Three Rivers?\n\nBen",
    ),
    (
        3,
        "marisol",
        "Noreen Castle",
        "Thank you for the introductions",
        "Dear Noreen,\n\nthree of the five you named have answered already.\n\nMarisol",
    ),
)
RULES = ("partners.follow_up_due", "councils.meeting_reminder", "placements.thank_you")


def seed(users: dict[str, Any]) -> None:
    """Letters sent, two rules on, and what they plan."""
    people = {c.name: c for c in Contact.objects.select_related("organization")}
    for days, by, to, subject, text in LETTERS:
        _letter(people[to], users[by], subject, text, timezone.now() - dt.timedelta(days=days, hours=3))
    for key in RULES:
        Rule.of(key).switch_on(by=users["marisol"])
    _sequence(users["marisol"])
    planner.plan()


def _sequence(by: Any) -> None:
    """“Recruit a cold prospect” with some prospects in it, put in today."""
    cold = Sequence.make(name=ready.COLD.name, about=ready.COLD.about, steps=ready.COLD.steps)
    cold.switch_on(by=by)
    prospects = (
        Organization.objects.present().in_stage("prospect").filter(contacts__isnull=False).order_by("pk").distinct()
    )
    for partner in prospects[:3]:
        contact = partner.contacts.current().with_email().first()
        if contact:
            Enrolment.begin(cold, contact, by=by)


def _letter(to: Contact, by: Any, subject: str, text: str, at: dt.datetime) -> None:
    """One that went out: nothing is sent now."""
    message = Message.write(
        kind="partners.letter",
        record=to.organization,
        recipient=to,
        subject=subject,
        body=text,
        by=by,
        because=f"{by} wrote it.",
        step=subject,
    )
    Message.objects.filter(pk=message.pk).update(
        state="sent", due_at=at, sent_at=at, told_at=at, text=text, created_at=at
    )
    to.organization.record(kind="mail_out", summary=subject, body=text, by=by, contact=to, at=at, about=message)
