"""Mail of the demonstration district: letters, announcements, a sequence, what came back. Nothing leaves the machine."""

import datetime as dt
from email.message import EmailMessage
from typing import Any

from django.utils import timezone

from partners.mailings.sending import dispatch, readers
from partners.models import Contact, Enrolment, EnrolmentStep, Mailing, Organization, Sequence, TimelineEntry
from partners.sequences import ready
from wbl.home.demo import letters
from wbl.mail import planner, preview
from wbl.mail.categories import Category
from wbl.mail.inbound import receive
from wbl.mail.models import IncomingMail, Message, MessageEvent, OptOut, Rule
from wbl.mail.models.messages import WAITING
from wbl.tenancy.calendar import SchoolCalendar
from wbl.tenancy.record import kind_of
from wbl.todo.models import Todo
from wbl.web.dates import plain_day

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
REPORT = """From: Mail Delivery System <mailer-daemon@kiowaprint.example>
To: wbl@cedarvalley.example
Subject: Undelivered mail
Message-ID: <report.{token}@kiowaprint.example>
In-Reply-To: {id}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

The mail could not be delivered.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kiowaprint.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user here
--x--
"""
RULES = ("partners.follow_up_due", "councils.meeting_reminder", "placements.thank_you")


def seed(users: dict[str, Any]) -> None:
    """Letters and announcements sent, answered and returned, rules on, and what they plan."""
    people = {c.name: c for c in Contact.objects.select_related("organization__owner")}
    for days, by, to, subject, text in LETTERS:
        _letter(people[to], users[by], subject, text, _ago(days, 3))
    Contact.objects.filter(name__in=letters.SPANISH).update(language="es")
    Contact.objects.filter(name__in=letters.DO_NOT_CONTACT).update(do_not_contact=True)
    for name, category, days, source in letters.OPTED_OUT:
        OptOut.objects.create(email=people[name].email.lower(), category=category, source=source, since=_ago(days))
    for ago, by, stages, *words in letters.MAILINGS:
        _mailing(users[by], stages, words, ago)
        if ago and words[0] == letters.BOUNCED[0]:
            _bounce(Message.objects.get(subject=words[0], to_name=letters.BOUNCED[1]), _ago(ago - 1))
    for answer in letters.ANSWERS:
        _answer(*answer)
    for key in RULES:
        Rule.of(key).switch_on(by=users["marisol"])
    _sequence(people, users["marisol"])
    planner.plan()


def _ago(days: int, hours: int = 0) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days, hours=hours)


# --- what went out ----------------------------------------------------------------------------------


def _letter(to: Contact, by: Any, subject: str, text: str, at: dt.datetime) -> None:
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
    _went_out(message, at)


def _went_out(message: Message, at: dt.datetime, *, state: str = "sent") -> None:
    """As if it had gone out then: nothing is sent now, and its recipient's timeline knows."""
    wrong = preview.fill(message)
    assert not wrong, wrong
    message.state, message.due_at, message.sent_at, message.told_at = state, at, at, at
    kept = ("state", "due_at", "sent_at", "told_at", "text", "html", "subject", "source", "reply_to")
    values = {name: getattr(message, name) for name in kept}
    Message.objects.filter(pk=message.pk).update(**values, next_try_at=at, created_at=at, attempts=1)
    if isinstance(person := message.person, Contact):
        Organization.record_mails([(person, message)])
    if state == "delivered":
        MessageEvent.objects.create(message=message, what="delivered", at=at + dt.timedelta(minutes=2))


def _mailing(by: Any, stages: tuple[str, ...], words: list[str], days: int | None) -> None:
    """An announcement: a draft, or sent so many days ago to those whom nothing stood against."""
    partners = Organization.objects.present().in_stage(*stages).order_by("pk").values_list("pk", flat=True)
    subject, body, subject_es, body_es = words
    made = Mailing.begun_by(by, ids=list(partners), query="&".join(f"stage={s}" for s in stages))
    made.subject, made.body, made.subject_es, made.body_es = subject, body, subject_es, body_es
    if days is None:  # it asks for something: no announcement, so their cap does not count
        made.category = Category.REQUESTS
    made.save()
    if days is None:
        return
    at = _ago(days, 2)
    held = {reader.organization.pk: reader.against for reader in readers(made)}
    dispatch(made, send_at=at, by=by)
    for message in made.messages.order_by("pk"):
        why = held.get(message.about_id or 0, "")
        if why:
            message.change(WAITING, why=why, state="withheld", reason=why)
            Message.objects.filter(pk=message.pk).update(created_at=at)
            message.events.update(at=at)
        else:
            _went_out(message, at, state="delivered")


# --- what came back -----------------------------------------------------------------------------------


def _answer(subject: str, sender: str, days: int, text: str, headers: dict[str, str]) -> None:
    message = Message.objects.get(subject=subject, rule_key="partners.letter")
    mail = _back(message, sender.format(email=message.to_email), {"Subject": f"Re: {subject}", **headers})
    quoted = "\n".join(f"> {line}" for line in message.source.splitlines())
    mail.set_content(f"{text}\n\nOn {message.sent_at:%b %d, %Y}, {message.by} wrote:\n{quoted}")
    _took_in(mail.as_bytes(), message, _ago(days, 1))


def _bounce(message: Message, at: dt.datetime) -> None:
    """The report of a mail server: nobody is there."""
    _took_in(REPORT.format(id=message.message_id, to=message.to_email, token=message.token).encode(), message, at)


def _back(message: Message, sender: str, headers: dict[str, str]) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, "wbl@cedarvalley.example"
    mail["Message-ID"] = f"<demo.{message.token}@cedarvalley.example>"
    mail["In-Reply-To"] = message.message_id
    for name, value in headers.items():
        mail[name] = value
    return mail


def _took_in(mail: bytes, message: Message, at: dt.datetime) -> None:
    """Through the one door that all mail comes in by; then it is as long ago as the story says."""
    filed = receive(mail)
    assert filed is not None, f"what came back found no mail: {message}"
    IncomingMail.objects.filter(pk=filed.pk).update(received_at=at)
    MessageEvent.objects.filter(message=message).exclude(what="delivered").update(at=at)
    told = TimelineEntry.objects.filter(about_kind=kind_of(message), about_id=message.pk).exclude(kind="mail_out")
    told.update(at=at)


# --- a sequence ---------------------------------------------------------------------------------------


def _sequence(people: dict[str, Contact], by: Any) -> None:
    """“Recruit a cold prospect” with people at different steps, and two for whom it is over."""
    cold = Sequence.make(name=ready.COLD.name, about=ready.COLD.about, steps=ready.COLD.steps)
    cold.switch_on(by=by)
    for name, days, ended, why in letters.WALKING:
        walked = Enrolment.begin(cold, people[name], by=by)
        _walk(walked, days, over=bool(ended), by=by)
        if ended:
            _end(walked, ended, why, _ago(days - 2, 3))


def _walk(enrolment: Enrolment, days: int, *, over: bool, by: Any) -> None:
    """As if they had been put in so many days ago; of who is out of it since, only the first mail went out."""
    today, calendar = timezone.localdate(), SchoolCalendar.load()
    enrolment.started_on = today - dt.timedelta(days)
    enrolment.save(update_fields=["started_on"])
    _told_of(enrolment).update(at=_ago(days, 4))
    dues = {step.pk: day for step, day, _named in enrolment.sequence.schedule(enrolment.started_on, calendar)}
    for number, run in enumerate(enrolment.runs.select_related("step").order_by("step__place")):
        run.due = dues[run.step_id]
        run.save(update_fields=["due"])
        if run.due < today and not (over and number):
            at = timezone.now() - dt.timedelta((today - run.due).days, hours=2)
            _done(enrolment, run, at, by)
            run.done_at = at
            run.save(update_fields=["done_at"])


def _done(enrolment: Enrolment, run: EnrolmentStep, at: dt.datetime, by: Any) -> None:
    if run.step.kind == "mail":  # the row that the planner would have written
        rule = enrolment.sequence.rule
        message = planner.Wanted(rule, "0", next(iter(rule.trigger.occasions_of([run]))), at).message()
        message.save()
        _went_out(message, at)
    elif run.step.kind == "call":
        made = Todo.open(
            title=f"Call {enrolment.contact}: {enrolment.sequence}",
            due=run.due,
            owner=enrolment.owner,
            about=enrolment.organization,
            person=enrolment.contact,
            source=run,
            kind=Todo.Kind.CALL,
        )
        made.close(by=by)


def _end(enrolment: Enrolment, kind: str, why: str, at: dt.datetime) -> None:
    enrolment.end(kind=kind, why=f"{why} on {plain_day(timezone.localdate(at))}.")
    Enrolment.objects.filter(pk=enrolment.pk).update(ended_at=at)
    _told_of(enrolment).filter(summary__contains="is over for").update(at=at)
    if kind == Enrolment.End.REPLY:
        runs = enrolment.runs.values_list("pk", flat=True)
        message = Message.objects.get(record_kind=kind_of(EnrolmentStep), record_id__in=list(runs))
        mail = _back(message, f"{message.to_name} <{message.to_email}>", {"Subject": f"Re: {message.subject}"})
        mail.set_content(letters.YES)
        _took_in(mail.as_bytes(), message, at)


def _told_of(enrolment: Enrolment) -> Any:
    return TimelineEntry.objects.filter(about_kind=kind_of(enrolment), about_id=enrolment.pk)
