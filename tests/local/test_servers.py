"""Whose servers a command uses, and as whom."""

import json
import os

import psycopg
import pytest
from django.db import connection

from wbl.local import command, own, roles, slots, state, up
from wbl.local.processes import Failed

pytestmark = pytest.mark.django_db


def test_the_suite_runs_as_a_role_that_row_level_security_binds():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls, rolinherit FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("wbl_run", False, False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user"
        )
        assert cursor.fetchone() == (0,), "it owns nothing"
        cursor.execute("SELECT pg_has_role(current_user, 'wbl_owner', 'MEMBER')")
        assert cursor.fetchone() == (False,)


def test_the_owner_is_no_superuser_either():
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        row = owner.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == ("wbl_owner", False, False)


def test_the_three_extensions_are_there():
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        assert {name for (name,) in cursor.fetchall()} >= set(roles.EXTENSIONS)


@pytest.mark.parametrize("lacking", own.ADDRESSES)
def test_foreign_servers_are_named_all_three_or_none(monkeypatch, lacking):
    assert own.foreign()
    monkeypatch.delenv(lacking)
    with pytest.raises(Failed, match=f"but not {lacking}"):
        own.foreign()


def test_no_address_means_servers_of_ones_own(monkeypatch):
    for name in own.ADDRESSES:
        monkeypatch.delenv(name)
    assert not own.foreign()


def test_a_command_without_a_running_up_starts_servers_and_stops_them(manage, tmp_path):
    """A new database is migrated first, so that the command finds its tables."""
    said = manage("shell", "-v", "0", "-c", "from wbl.tenancy.models import District as D; print(D.objects.count())")
    assert said.stdout.strip() == "0", said.stderr
    assert not (tmp_path / "run.json").exists()
    assert not (tmp_path / "postgres" / "data" / "postmaster.pid").exists()


@pytest.mark.parametrize("words", [["help"], ["--version"], ["migrate", "--help"], ["diffsettings"]])
def test_a_command_that_needs_no_database_starts_none(manage, tmp_path, words):
    done = manage(*words)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "postgres").exists()


def test_making_the_roles_again_changes_nothing(monkeypatch):
    def refuse(*arguments):
        raise AssertionError(arguments)

    monkeypatch.setattr(roles, "_execute", refuse)
    assert roles.make(owner_url=os.environ["DATABASE_OWNER_URL"], run_url=os.environ["DATABASE_URL"]) is False


def test_an_owner_without_createrole_is_told_the_sql(monkeypatch):
    """With another application role, which the owner of the test database may not make."""
    monkeypatch.setattr(roles, "RUN", "somebody_else")
    other = os.environ["DATABASE_URL"].replace("wbl_run", "somebody_else")
    password = other.split(":")[2].split("@")[0]
    with pytest.raises(Failed) as refused:
        roles.make(owner_url=os.environ["DATABASE_OWNER_URL"], run_url=other)
    said = str(refused.value)
    assert "CREATEROLE" in said
    assert 'CREATE ROLE "somebody_else" LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS' in said
    assert 'GRANT "wbl_every" TO "somebody_else"' in said
    assert password not in said


def test_the_application_must_not_be_the_owner():
    owner = os.environ["DATABASE_OWNER_URL"]
    with pytest.raises(Failed, match="must not own"):
        roles.make(owner_url=owner, run_url=owner)


def test_the_application_has_one_name_which_policies_and_grants_know():
    run = os.environ["DATABASE_URL"].replace("wbl_run", "somebody_else")
    with pytest.raises(Failed, match="the application's role is wbl_run"):
        roles.make(owner_url=os.environ["DATABASE_OWNER_URL"], run_url=run)


def test_a_wrong_address_is_a_sentence_that_tells_no_password():
    with pytest.raises(Failed, match="must look like postgresql://") as refused:
        roles.make(owner_url="mysql://me:secret@host/x", run_url="mysql://me:secret@host/x")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["localhost", "redis://127.0.0.1:1/0"])
def test_a_broker_that_does_not_answer_is_a_sentence(url):
    up.ask_broker(os.environ["REDIS_URL"])
    with pytest.raises(Failed, match="REDIS_URL"):
        up.ask_broker(url)


def test_a_command_on_foreign_servers_takes_the_key_and_the_sink_of_the_up_that_uses_them(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "FOLDER", tmp_path)
    for name in ("WBL_SECRET_KEY", "WBL_NO_BOOTSTRAP", "WBL_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    with command.environment("create_district") as alone:
        assert alone["WBL_SECRET_KEY"] == state.passwords()["secret_key"]
        assert alone["WBL_SMTP_URL"].startswith("smtp://127.0.0.1:")
    addresses = {name: os.environ[name] for name in own.ADDRESSES}
    state.announce({"pid": 1, "kind": "up", "environment": {**addresses, "WBL_SMTP_URL": "smtp://127.0.0.1:7"}})
    with command.environment("create_district") as beside:
        assert beside["WBL_SMTP_URL"] == "smtp://127.0.0.1:7"
    state.announce({"pid": 1, "kind": "up", "environment": {"DATABASE_URL": "another", "WBL_SMTP_URL": "smtp://x:7"}})
    with command.environment("create_district") as other:
        assert other["WBL_SMTP_URL"] != "smtp://x:7"


def test_a_deployment_brings_its_own_key(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "FOLDER", tmp_path)
    monkeypatch.delenv("WBL_SECRET_KEY")
    monkeypatch.setenv("WBL_NO_BOOTSTRAP", "1")
    with command.environment("create_district") as nothing:
        assert nothing == {}


def test_a_command_says_that_foreign_servers_are_empty(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "FOLDER", tmp_path)
    monkeypatch.delenv("WBL_SECRET_KEY")
    monkeypatch.delenv("WBL_NO_BOOTSTRAP", raising=False)
    monkeypatch.setenv("DATABASE_OWNER_URL", os.environ["DATABASE_OWNER_URL"].replace("/wbl_test", "/postgres"))
    with pytest.raises(Failed, match="migrate first"), command.environment("create_district"):
        pass


def test_a_setting_that_is_missing_is_a_sentence(manage, tmp_path):
    addresses = {name: os.environ[name] for name in own.ADDRESSES}
    told = manage("showmigrations", **addresses)
    assert told.returncode == 1
    assert told.stderr.strip() == "wbl: WBL_SECRET_KEY is not set. See docs/deploy.md for what each setting means."


def test_a_change_of_the_schema_makes_another_template(tmp_path, monkeypatch):
    monkeypatch.setattr(state, "ROOT", tmp_path)
    models = tmp_path / "partners" / "models.py"
    models.parent.mkdir()
    models.write_text("one")
    first = slots.schema_key()
    assert slots.schema_key() == first
    models.write_text("two")
    assert slots.schema_key() != first


def test_secrets_are_made_once(tmp_path):
    path = tmp_path / "secrets.json"
    made = state.passwords(path)
    assert state.passwords(path) == made == json.loads(path.read_text())
    assert len(set(made.values())) == len(state.NAMES)
