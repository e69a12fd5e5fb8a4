"""2,000 due mails while everything fails: beat runs twice, two workers run, workers are killed, Valkey is flushed,
PostgreSQL restarts. `python3 manage.py bench chaos` (or `chaos 300` for so many mails).

The sink must get every mail; what it gets twice has the same Message-ID, and is at most one for each connection of a
worker and each kill or restart; the ledger tells of each mail that it was sent.
"""

import atexit
import os
import pathlib
import smtplib
import subprocess
import sys
import tempfile
import time
from collections import Counter

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from partners.models import Contact, Organization
from tests.bench.kit import Bars
from wbl.accounts.models import User
from wbl.local import bench
from wbl.mail.models import Message
from wbl.mail.people import recipient_of
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

MAILS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
CONNECTIONS, KILLS, LONGEST = 4, 5, 240
HERE = settings.BASE_DIR / "tests" / "bench"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="wbl-chaos-"))


class Sink:
    def __init__(self) -> None:
        words = [sys.executable, str(HERE / "smtp_sink.py"), "0.03"]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def came(self) -> Counter[str]:
        """How often each Message-ID came so far."""
        path = FOLDER / "came"
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            smtp.docmd("NOOP", str(path))
        return Counter(path.read_text().split())


def start(kind: str, number: int, sink: Sink) -> "subprocess.Popen[bytes]":
    env = {
        **os.environ,
        "WBL_SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
        "WBL_BEAT_SECONDS": "1",
        "WBL_MAIL_LEASE": "12",
        "WBL_MAIL_CONNECTIONS": str(CONNECTIONS),
        "WBL_NO_BOOTSTRAP": "1",
        "DJANGO_SETTINGS_MODULE": "wbl.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    words = [sys.executable, "-m", "celery", "-A", "wbl", kind, "--loglevel", "ERROR"]
    solo = ["--pool", "solo", "--without-mingle", "--without-gossip", "-n", f"chaos{number}@localhost"]
    words += solo if kind == "worker" else ["--schedule", str(FOLDER / f"beat{number}"), "--pidfile", ""]
    with (FOLDER / f"{kind}{number}.log").open("wb") as log:
        process = subprocess.Popen(words, env=env, stdout=log, stderr=log)
    atexit.register(process.kill)
    return process


def prepare() -> District:
    one, _ = District.objects.get_or_create(
        slug="chaos",
        defaults={"name": "Chaos", "state": "OR", "time_zone": "America/Los_Angeles", "postal_address": "1 Way"},
    )
    with district(one):
        owner, _ = User.objects.get_or_create(email="bench@bench.example", defaults={"name": "Bench Owner"})
        partner = Organization.objects.create(name="Bench Partner", owner=owner)
        Contact.objects.bulk_create(
            Contact(organization=partner, name=f"Person {n}", sort_name=f"person {n}", email=f"p{n}@bench.example")
            for n in range(MAILS)
        )
        rows = []
        for n, person in enumerate(Contact.objects.select_related("organization__owner")):
            message = Message.addressed(recipient_of(person), partner, owner)
            message.rule_key, message.step, message.by_hand, message.state = "partners.letter", str(n), True, "due"
            message.subject, message.source, message.category = f"Letter {n}", "Hello", "requests"
            message.due_at = message.next_try_at = timezone.now()
            rows.append(message)
        Message.objects.bulk_create(rows)
    return one


def sent(one: District) -> int:
    """Mails that the ledger calls sent and told; 0 while the database is away."""
    try:
        with district(one):
            return Message.objects.filter(state="sent", told_at__isnull=False).count()
    except OperationalError:
        connection.close()
        return 0


def wait(one: District, share: float) -> None:
    """Until so much is sent."""
    end = time.monotonic() + LONGEST
    while sent(one) < MAILS * share and time.monotonic() < end:
        time.sleep(0.3)


def main() -> None:
    one, sink, servers = prepare(), Sink(), bench.running
    assert servers
    begin = time.monotonic()
    beats = [start("beat", n, sink) for n in range(2)]
    workers = [start("worker", n, sink) for n in range(2)]
    for step in range(1, KILLS + 1):
        wait(one, step * 0.14)
        workers[0].kill()
        workers[0].wait()
        workers[0] = start("worker", 10 + step, sink)
        if step in (2, 4):
            servers.valkey.wipe()
        if step == 3:
            connection.close()
            servers.postgres.stop()
            servers.postgres.restart()
    wait(one, 1)
    took = time.monotonic() - begin
    for process in (*workers, *beats):
        process.terminate()
    came = sink.came()
    with district(one):
        ledger = Counter(Message.objects.values_list("state", flat=True))
        ids = {m.message_id for m in Message.objects.all()}
        late = Message.objects.filter(told_at=None).count()
    twice = sum(times - 1 for times in came.values())
    bars = Bars(f"Chaos: {MAILS} mails, {KILLS} kills, 2 flushes, 1 restart, in {took:.0f} s")
    bars.at_least("mails that the sink got", len(came), MAILS, "")
    bars.at_most("sent twice, under the same Message-ID", twice, (KILLS + 1) * CONNECTIONS, "")
    bars.at_most("Message-IDs that the ledger does not know", len(came.keys() - ids), 0, "")
    bars.at_least("the ledger says sent", ledger["sent"], MAILS, "")
    bars.at_most("sent and told to no timeline", late, 0, "")
    bars.finish()


main()
