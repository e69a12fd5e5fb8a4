"""Delivery, due row to sent row, rendering and a commit for each included, beside Django's own build-and-send.

`python3 manage.py bench delivery` (`delivery 200`: so many mails a run;
`delivery 200 relay`: the slow server alone). The sink and the workers are processes of their own; rows are follow-ups of a rule.
Each round measures Django, one worker and two, one after the other; a ratio is the median of the rounds' ratios.
"""

import atexit
import datetime as dt
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.utils import timezone

from partners.models import Contact, Organization
from tests.bench.kit import Bars, took, tree_cpu
from wbl.accounts.models import User
from wbl.local import bench
from wbl.mail import aftermath, planner
from wbl.mail.models import Message, Rule
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

MAILS, FEW, RUNS, SLOW = int(sys.argv[1]) if len(sys.argv) > 1 else 400, 40, 5, 0.05
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
        """Mails sent, CPU seconds, the most memory so far in MB."""
        assert self.process.stdout
        sent, _wall, cpu, memory = self.process.stdout.readline().split()
        return int(sent), float(cpu), float(memory)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def prepare() -> None:
    """Partners, each with a contact and a follow-up that is due today."""
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


def due_again(mails: int) -> None:
    """As if nothing had gone out yet: so many are due, the others wait."""
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
        next_try_at=now + dt.timedelta(1),
    )
    some = Message.objects.order_by("pk").values("pk")[:mails]
    Message.objects.filter(pk__in=some).update(next_try_at=now)


@dataclass
class Ran:
    """Mails a second; processor seconds a mail of the workers, of PostgreSQL and of the sink; the greediest worker's memory in MB."""

    rate: float
    cpu: float
    database: float
    sink: float
    memory: float

    @property
    def in_all(self) -> float:
        return self.cpu + self.database + self.sink


def run(workers: list[Worker], sink: Sink, mails: int = MAILS) -> Ran:
    due_again(mails)
    database, at_sink, begin = postgres_cpu(), tree_cpu(sink.process.pid), time.perf_counter()
    for worker in workers:
        worker.begin()
    done = [worker.end() for worker in workers]
    wall = time.perf_counter() - begin
    assert sum(sent for sent, _c, _m in done) == mails
    spent = sum(cpu for _s, cpu, _m in done), postgres_cpu() - database, tree_cpu(sink.process.pid) - at_sink
    return Ran(mails / wall, *(seconds / mails for seconds in spent), max(memory for *_, memory in done))


def postgres_cpu() -> float:
    assert bench.running
    return tree_cpu(int((bench.running.postgres.data / "postmaster.pid").read_text().split()[0]))


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


def told(messages: list[Message]) -> None:
    Message.objects.update(told_at=None)
    for start in range(0, len(messages), 100):
        aftermath.tell(messages[start : start + 100])


def main() -> None:
    sink = Sink()
    options = {"host": "127.0.0.1", "port": sink.port}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    one, _ = District.objects.get_or_create(
        slug="bench",
        defaults={"name": "Bench", "state": "OR", "time_zone": "America/Los_Angeles", "postal_address": "1 Way"},
    )
    with district(one):
        prepare()
        Message.objects.update(state="planned", next_try_at=timezone.now() + dt.timedelta(1))
        if "relay" not in sys.argv:
            beside_django(sink)
        behind_a_relay()
    bars.finish()


def beside_django(sink: Sink) -> None:
    first, second = Worker(sink, settings.WBL_MAIL_CONNECTIONS), Worker(sink, settings.WBL_MAIL_CONNECTIONS)
    run([first, second], sink)  # everybody is warm
    messages = list(Message.objects.select_related("rule", "owner"))
    rounds = [
        (took(lambda: djangos_own(messages)), run([first], sink), run([first, second], sink)) for _ in range(RUNS)
    ]
    own, own_cpu = median(MAILS / o.wall for o, _a, _b in rounds), median(o.cpu / MAILS for o, _a, _b in rounds)
    commits, telling = took(lambda: marks(messages), times=3), took(lambda: told(messages))
    bars.note("Django's build-and-send, one connection", f"{own:.0f}/s")
    bars.note("one worker", f"{median(a.rate for _o, a, _b in rounds):.0f}/s")
    bars.note("two workers", f"{median(b.rate for _o, _a, b in rounds):.0f}/s")
    bars.at_least("one worker beside Django's own", median(a.rate * o.wall / MAILS for o, a, _b in rounds), 0.8)
    bars.at_least("two workers beside one", median(b.rate / a.rate for _o, a, b in rounds), 1.6)
    bars.at_most("memory of a worker", max(b.memory for _o, _a, b in rounds), 200, " MB")
    one, two = [[r[at] for r in rounds] for at in (1, 2)]
    bars.note("processor time a mail: Django's own", f"{own_cpu * 1e3:.2f} ms")
    for what, runs in (("one worker", one), ("two workers", two)):
        parts = [median(getattr(r, part) for r in runs) * 1e3 for part in ("cpu", "database", "sink")]
        bars.note(f"{what}: itself, PostgreSQL, the sink", " + ".join(f"{ms:.2f}" for ms in parts) + " ms")
    allowed = median(_allowed(a, b) for a, b in zip(one, two, strict=True))
    bars.note("two workers beside one, were nothing ever waited for", f"{allowed:.2f}×")
    bars.note("a mark with its commit, one after the other", f"{commits.wall / MAILS * 1e3:.2f} ms")
    bars.note("timeline and to-do, a mail", f"{telling.wall / MAILS * 1e3:.2f} ms")
    first.stop()
    second.stop()


def _allowed(one: Ran, two: Ran) -> float:
    """What the processors of this machine allow: one worker is held by its own seconds (one Python runs on one processor)
    or by everybody's, two by everybody's alone. Beyond it two gain only where one waits for disk or server."""
    processors = os.cpu_count() or 1
    return max(one.cpu, one.in_all / processors) / max(two.cpu / 2, two.in_all / processors)


def behind_a_relay() -> None:
    """A server that takes its time: connections wait side by side."""
    far, many = Sink(SLOW), settings.WBL_MAIL_CONNECTIONS
    single, wide = Worker(far, 1), Worker(far, many)
    alone = run([single], far, FEW).rate
    run([wide], far, FEW)
    side_by_side = median(run([wide], far).rate for _ in range(3))
    bars.note(f"a relay that takes {SLOW * 1e3:.0f} ms: one connection", f"{alone:.0f}/s")
    bars.note(f"{many} connections", f"{side_by_side:.0f}/s")
    bars.at_least(f"{many} connections beside one", side_by_side / alone, 15)


bars = Bars(f"Delivery of {MAILS} mails")
main()
