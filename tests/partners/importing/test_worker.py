"""An import over real parts: a Celery worker and beat, a broker that is wiped, a worker that died in the middle."""

import pytest

from partners.importing import running
from partners.models import Import, ImportState, Organization, TimelineEntry
from partners.models.importing import FAILED_TWICE
from partners.tasks import run_import, sweep_imports
from wbl.local.processes import wait_until
from wbl.tenancy.scope import district

LIST = b"Company,Email\nAcme,a@acme.example\nBeta,b@beta.example\n"
SOON = {"WBL_BEAT_SECONDS": "1"}


@pytest.fixture
def queued(transactional_db, cedar, people):
    """An import that was asked for, whose message was never sent."""
    with district(cedar):
        job = running.receive(name="list.csv", body=LIST, by=people.coordinator)
        running.ask_and_perform(job, by=people.coordinator)
        assert job.ask(state="queued", by=people.coordinator)
    return job


def state(cedar, job):
    with district(cedar):
        return Import.objects.get(pk=job.pk).state


def test_a_worker_applies_what_the_page_sent(cedar, queued, celery_worker_process):
    celery_worker_process()
    with district(cedar):
        run_import.delay(queued.pk)
        run_import.delay(queued.pk)
    assert wait_until(lambda: state(cedar, queued) == "applied", 30)
    with district(cedar):
        assert Organization.objects.count() == 2
        assert TimelineEntry.objects.filter(kind="import").count() == 2


def test_an_import_whose_message_was_wiped_is_found_and_applied_once(
    cedar, queued, celery_worker_process, database_servers
):
    with district(cedar):
        run_import.delay(queued.pk)
    database_servers.valkey.wipe()
    celery_worker_process()
    assert not wait_until(lambda: state(cedar, queued) == "applied", 2)
    celery_worker_process("beat", env=SOON)
    assert wait_until(lambda: state(cedar, queued) == "applied", 60)
    with district(cedar):
        assert Organization.objects.count() == 2 and Import.objects.get().attempts == 1


def test_work_of_a_dead_worker_is_done_again_and_given_up_after_two_attempts(cedar, queued):
    with district(cedar):
        assert queued.claim()
        assert queued.state == ImportState.APPLYING
    sweep_imports.apply()
    assert state(cedar, queued) == "queued"
    with district(cedar):
        job = Import.objects.get()
        assert job.claim()
    sweep_imports.apply()
    with district(cedar):
        job.refresh_from_db()
        assert (job.state, job.problem) == ("checked", FAILED_TWICE)
        assert Organization.objects.count() == 0


def test_an_error_in_the_middle_writes_nothing(cedar, queued, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(running, "write_rows", broken)
    with district(cedar), pytest.raises(RuntimeError):
        running.perform(queued)
    with district(cedar):
        assert Organization.objects.count() == 0
        assert Import.objects.get().state == "applying"
