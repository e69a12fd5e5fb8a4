"""What the suite's own tools promise to every other test."""

import smtplib

import psycopg
import pytest
from django.db import connection

from wbl.accounts.models import User
from wbl.local import browser


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_finds_a_clean_database(turn):
    assert User.objects.count() == 0
    User.objects.create_user("left.behind@example.org", name="Left Behind")


def test_a_killed_database_keeps_what_was_committed(database_servers):
    User.objects.create_user("kept@example.org", name="Kept")
    database_servers.postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database_servers.run_url())
    connection.close()
    database_servers.postgres.restart()
    assert User.objects.filter(email="kept@example.org").exists()


def test_the_live_smtp_server_answers_as_told(live_smtp):
    with smtplib.SMTP(live_smtp.host, live_smtp.port) as client:
        client.sendmail("a@example.org", ["b@example.org"], "Subject: one\n\nText")
        live_smtp.answer = "451 later"
        with pytest.raises(smtplib.SMTPDataError):
            client.sendmail("a@example.org", ["b@example.org"], "Subject: two\n\nText")
    assert [message["subject"] for message in live_smtp.wait_for(1)] == ["one"]
    assert live_smtp.messages[0].envelope_to == ["b@example.org"]


def test_a_real_worker_and_beat_start_and_stop(celery_worker_process):
    worker, beat = celery_worker_process(), celery_worker_process("beat")
    assert worker.running
    assert beat.running
    worker.stop()
    beat.kill()
    assert not worker.running
    assert not beat.running


@pytest.mark.browser
def test_axe_sees_what_is_wrong(browser_page, axe):
    page = browser_page(color_scheme="dark", width=390, height=844)
    page.set_content("<!doctype html><html lang=en><title>t</title><main><h1>One</h1></main>")
    assert axe(page) == []
    page.set_content("<!doctype html><html lang=en><title>t</title><main><h1>One</h1><img src=x></main>")
    assert [line.split()[0] for line in axe(page)] == ["image-alt"]


def test_a_missing_chromium_is_said_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setattr(browser, "path", lambda: None)
    browser.described.cache_clear()
    try:
        assert "apt-get install" in browser.described()
    finally:
        browser.described.cache_clear()
