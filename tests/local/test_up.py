"""`manage.py up` as a newcomer meets it: real starts, real signals."""

import json
import os
import signal
import socket
import stat

import psycopg
import pytest

from tests.local.conftest import Up
from wbl.local import own, processes, state, up, welcome
from wbl.local.processes import Failed, free_port

pytestmark = pytest.mark.xdist_group("up")  # one at a time: two would share two processors


def write(facts: dict) -> None:
    with psycopg.connect(facts["environment"]["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE kept_by_test (word text)")
        connection.execute("INSERT INTO kept_by_test VALUES ('kept')")


def written(facts: dict) -> list[str]:
    with psycopg.connect(facts["environment"]["DATABASE_OWNER_URL"]) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM kept_by_test")]


def test_a_first_run_has_a_demo_ctrl_c_leaves_nothing_and_a_second_start_keeps_the_data(start_up):
    first = start_up("--port", str(free_port()), demo=True).ready()
    assert f"wbl is up:  {first.facts['address']}" in first.said()
    assert "remove_demo" in first.said()
    user = json.loads((first.folder / "demo.json").read_text())["users"][0]
    assert f"{user['email']}" in first.said()
    assert first.sign_in(user["email"], user["password"]) == first.facts["address"] + "demo/"
    assert len(first.family()) > 8, "web, worker, beat, PostgreSQL and Valkey with their children"
    write(first.facts)
    assert first.end(signal.SIGINT) == 0
    assert first.family() == []
    assert "Traceback" not in first.said()

    second = start_up("--port", str(free_port()), demo=True).ready()
    assert written(second.facts) == ["kept"]
    assert user["password"] in second.said()
    assert second.sign_in(user["email"], user["password"]) == second.facts["address"] + "demo/"


def test_a_killed_run_takes_its_family_along_and_is_no_obstacle_to_the_next(start_up):
    """Not even if its database's lock names a pid that another program has by now: this one."""
    port = str(free_port())
    killed = start_up("--port", port).ready()
    write(killed.facts)
    lock = killed.folder / "postgres" / "data" / "postmaster.pid"
    text = lock.read_text()
    os.kill(int((killed.folder / "logs" / "worker.pid").read_text()), signal.SIGSTOP)  # one that doesn't listen
    killed.end(signal.SIGKILL)
    assert processes.wait_until(lambda: killed.family() == [], 40), killed.family()

    lock.write_text(text.replace(text.splitlines()[0], str(os.getpid()), 1))
    again = start_up("--port", port).ready()
    assert again.status() == 200
    assert written(again.facts) == ["kept"]


def test_a_second_up_in_the_same_folder_is_told_where_the_first_is(running):
    second = Up(running.folder)
    assert second.process.wait(60) == 1
    assert f"wbl is already up here, at {running.facts['address']}" in second.said()
    assert running.status() == 200


def test_a_port_that_was_asked_for_and_is_taken_gets_a_sentence(start_up):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = start_up("--port", str(port))
        assert refused.process.wait(60) == 1
        assert f"Port {port} is in use by another program" in refused.said()
        assert "Traceback" not in refused.said()


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(up, "PORT", taken.getsockname()[1])
        assert up.choose_port(None) > up.PORT
    assert "is in use by another program; taking" in capsys.readouterr().err


def test_a_full_disk_gets_a_sentence(monkeypatch):
    monkeypatch.setattr(up, "ROOM", 2**60)
    with pytest.raises(Failed, match="is full"):
        up._check_room()


@pytest.mark.parametrize("last_words", ["database or disk is full", "No space left on device"])
def test_a_disk_that_fills_up_while_it_runs_gets_a_sentence(tmp_path, monkeypatch, last_words):
    log = tmp_path / "beat.log"
    log.write_text("a Traceback\n")
    assert "a Traceback" in str(processes.why(log, "The beat process", "ended"))
    log.write_text(f"a Traceback\n{last_words}\n")
    said = str(processes.why(log, "The beat process", "ended"))
    assert "is full: The beat process cannot run. Make room, then start again" in said
    assert "Traceback" not in said
    monkeypatch.setattr(processes, "FULL", 2**60)
    assert processes.full(tmp_path, "it cannot be made")


def test_up_works_for_an_ordinary_user(start_up):
    """In a user namespace we are nobody special; where this suite isn't root's, every other test has shown it already."""
    user = "namespace" if os.geteuid() == 0 else "-"
    running = start_up("--port", str(free_port()), user=user).ready()
    assert running.status() == 200
    secrets = running.folder / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert running.end() == 0


def test_the_database_and_the_broker_want_their_passwords(running):
    environment = running.facts["environment"]
    address = environment["DATABASE_URL"]
    password = address.split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address.replace(password, "wrong"))
    port = int(environment["REDIS_URL"].split(":")[-1].split("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"PING\r\n")
        assert connection.recv(64).startswith(b"-NOAUTH")


def test_other_commands_use_the_servers_of_a_running_up(running, manage):
    shown = manage(
        "shell",
        "-v",
        "0",
        "-c",
        "from django.db import connection as c; print(c.settings_dict['PORT'])",
        folder=running.folder,
    )
    assert shown.stdout.strip() == running.facts["environment"]["DATABASE_URL"].split(":")[-1].split("/")[0], (
        shown.stderr
    )
    assert running.status() == 200


def test_with_foreign_servers_up_starts_none_of_its_own(start_up, transactional_db):
    """The suite's servers are foreign to it. Their roles are made already, so the owner needs no CREATEROLE."""
    foreign = {name: os.environ[name] for name in own.ADDRESSES}
    running = start_up("--port", str(free_port()), **foreign).ready()
    assert running.status() == 200
    assert not (running.folder / "postgres").exists()
    assert not (running.folder / "valkey").exists()
    assert running.end() == 0


def test_up_refuses_one_address_of_three(start_up):
    refused = start_up(DATABASE_URL=os.environ["DATABASE_URL"])
    assert refused.process.wait(60) == 1
    assert "DATABASE_URL is set, but not DATABASE_OWNER_URL and REDIS_URL" in refused.said()


def test_the_demonstration_sign_ins_are_shown_at_each_start(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "FOLDER", tmp_path)
    assert "remove_demo" not in welcome.text("http://localhost:8000/")
    user = {"role": "admin", "email": "a@example.org", "password": "told-here"}
    state.write_private(tmp_path / "demo.json", json.dumps({"users": [user]}))
    said = welcome.text("http://localhost:8000/")
    assert "admin  a@example.org  told-here" in said
    assert "remove_demo" in said
    assert "create_district" in said
