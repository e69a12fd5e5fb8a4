"""Delivery, due row to sent row, rendering and a commit for each included, beside Django's own build-and-send.

`python3 manage.py bench delivery`. The sink and the workers are processes of their own; rows are follow-ups of a rule.
"""

import atexit
import datetime as dt
import os
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.utils import timezone

from partners.models import Contact, Organization
from tests.bench.kit import Bars, took
from wbl.accounts.models import User
from wbl.mail import aftermath, planner
from wbl.mail.models import Message, Rule
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

MAILS, RUNS, SLOW = int(os.environ.get("WBL_BENCH_MAILS", "1000")), 3, 0.05
HERE = settings.BASE_DIR / "tests" / "bench"


class Sink:
    def __init__(self, delay: float = 0.0) -> None:
        words = [sys.executable, str(HERE / "smtp_sink.py"), str(delay)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())


class Worker:
    """A process that sends when told."""

    def __init__(self, sink: Sink, connections: int) -> None:
        env = {
            **os.environ,
            "WBL_SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "WBL_MAIL_CONNECTIONS": str(connections),
            "WBL_NO_BOOTSTRAP": "1",
            "PYTHONPATH": str(settings.BASE_DIR),
            "DJANGO_SETTINGS_MODULE": "wbl.settings",
        }
        words = [sys.executable, str(HERE / "mail_worker.py"), "bench"]
        self.process = subprocess.Popen(words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        assert self.process.stdout and self.process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def end(self) -> tuple[int, float, float]:
        assert self.process.stdout
        sent, wall, cpu = self.process.stdout.readline().split()
        return int(sent), float(wall), float(cpu)


def prepare() -> None:
    """A thousand partners, each with a contact and a follow-up that is due today."""
    owner, _ = User.objects.get_or_create(email="bench@bench.example", defaults={"name": "Bench Owner"})
    partners = [Organization(name=f"Bench Partner {n}", owner=owner) for n in range(MAILS)]
    for partner in partners:
        partner.fill_derived()
    Organization.objects.bulk_create(partners)
    people = [
        Contact(organization=p, name=f"Person {n}", sort_name=f"person {n}", email=f"p{n}@bench.example")
        for n, p in enumerate(partners)
    ]
    Contact.objects.bulk_create(people)
    today = timezone.localdate()
    Todo.objects.bulk_create(
        Todo(title=f"Follow up about tour {n}", due=today, owner=owner, about_kind="partners.organization",
             about_id=c.organization_id, about_label=f"Bench Partner {n}", person_kind="partners.contact", person_id=c.pk)
        for n, c in enumerate(people)
    )  # fmt: skip
    rule = Rule.of("partners.follow_up_due")
    rule.quiet_hours = rule.school_days = False
    rule.hour = dt.time(0, 0)
    rule.switch_on(by=owner)
    planner.plan()


def due_again() -> None:
    """As if nothing had gone out yet."""
    Todo.objects.update(mail_sent_at=None)
    now = timezone.now()
    Message.objects.update(
        state="due",
        sent_at=None,
        told_at=None,
        text="",
        html="",
        source="",
        attempts=0,
        claimed_at=None,
        next_try_at=now,
    )


def run(workers: list[Worker]) -> tuple[float, float]:
    """(wall, CPU of the workers) until all is sent: the best of a few."""
    best = (0.0, 0.0)
    for _ in range(RUNS):
        due_again()
        begin = time.perf_counter()
        for worker in workers:
            worker.begin()
        done = [worker.end() for worker in workers]
        wall = time.perf_counter() - begin
        assert sum(sent for sent, _w, _c in done) == MAILS
        if not best[0] or wall < best[0]:
            best = (wall, sum(cpu for _s, _w, cpu in done))
    return best


def djangos_own(messages: list[Message]) -> None:
    """The same texts, built and sent one after the other over one connection."""
    connection = mailers["default"]
    connection.open()
    for message in messages:
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            "Bench <bench@bench.example>",
            [f"{message.to_name} <{message.to_email}>"],
            reply_to=[message.reply_to],
            headers={"Message-ID": message.message_id, "List-Unsubscribe": "<https://bench.example/stop/0123456789/>"},
        )
        mail.attach_alternative(message.html, "text/html")
        connection.send_messages([mail])
    connection.close()


def marks(messages: list[Message]) -> None:
    for message in messages:
        Message.objects.filter(pk=message.pk).update(
            state="sent", sent_at=timezone.now(), text=message.text, html=message.html
        )


def told(messages: list[Message]) -> Any:
    Message.objects.update(told_at=None)
    for start in range(0, len(messages), 25):
        aftermath.tell(messages[start : start + 25])


def main() -> None:
    sink = Sink()
    options = {"host": "127.0.0.1", "port": sink.port}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    one, _ = District.objects.get_or_create(
        slug="bench",
        defaults={"name": "Bench", "state": "OR", "time_zone": "America/Los_Angeles", "postal_address": "1 Way"},
    )
    bars = Bars(f"Delivery of {MAILS} mails")
    with district(one):
        prepare()
        Message.objects.update(state="planned", next_try_at=timezone.now() + dt.timedelta(1))
        first, second = Worker(sink, 4), Worker(sink, 4)
        alone, cpu = run([first])
        both, _cpu = run([first, second])
        messages = list(Message.objects.select_related("rule", "owner"))
        own = took(lambda: djangos_own(messages), times=RUNS)
        commits = took(lambda: marks(messages), times=RUNS)
        telling = took(lambda: told(messages), times=1)
        single = run([Worker(sink, 1)])[0]
        far = Sink(SLOW)
        slow = run([Worker(far, settings.WBL_MAIL_CONNECTIONS)])[0]
    bars.note("Django's build-and-send, one connection", f"{MAILS / own.wall:.0f}/s")
    bars.note("one worker, four connections", f"{MAILS / alone:.0f}/s")
    bars.note("one worker, one connection", f"{MAILS / single:.0f}/s")
    bars.note("two workers", f"{MAILS / both:.0f}/s")
    bars.at_least("one worker beside Django's own", own.wall / alone, 0.6)
    bars.at_least("two workers beside one", alone / both, 1.6)
    bars.note("of one worker's time, its own processor", f"{cpu / alone:.0%}")
    bars.note("building and SMTP alone, a mail", f"{own.wall / MAILS * 1e3:.2f} ms")
    bars.note("the commit alone, a mail", f"{commits.wall / MAILS * 1e3:.2f} ms")
    bars.note("timeline and to-do, a mail", f"{telling.wall / MAILS * 1e3:.2f} ms")
    bars.note(
        f"a relay that takes {SLOW * 1e3:.0f} ms, {settings.WBL_MAIL_CONNECTIONS} connections", f"{MAILS / slow:.0f}/s"
    )
    bars.finish()


main()
