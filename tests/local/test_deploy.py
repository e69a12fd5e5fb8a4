"""The compose file and the image, by reading: there is no Docker engine where the suite runs."""

import os
import re
import time

import pytest
import yaml

from wbl.local import healthy, state
from wbl.mail.hooks import PROVIDERS

TEXT = (state.ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if service["image"] == "wbl"}
SERVING = ("web", "worker", "beat")


def test_the_services_are_those_of_the_documentation():
    assert set(SERVICES) == {"postgres", "valkey", "roles", "migrate", "web", "worker", "beat", "manage"}
    assert SERVICES["postgres"]["image"] == "postgres:18"


@pytest.mark.parametrize("name", ["postgres", "valkey", *SERVING])
def test_whatever_stays_up_has_a_health_check_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_health_checks_exist_in_the_code(name):
    assert SERVICES[name]["healthcheck"]["test"][-3:] == ["-m", "wbl.local.healthy", name]
    assert callable(getattr(healthy, name))


def test_beat_is_healthy_while_it_writes_wherever_its_schedule_keeps_it(tmp_path, monkeypatch):
    monkeypatch.setenv("WBL_BEAT_FILE", str(tmp_path / "beat"))
    assert not healthy.beat(), "it has not begun"
    old = time.time() - healthy.BEAT_WRITES_WITHIN - 60
    for name in ("beat", "beat-wal"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (old, old))
    assert not healthy.beat()
    os.utime(tmp_path / "beat-wal")
    assert healthy.beat()


@pytest.mark.parametrize("name", SERVING)
def test_what_serves_requests_knows_neither_owner_nor_superuser(name):
    environment = SERVICES[name]["environment"]
    assert "wbl_run" in environment["DATABASE_URL"]
    assert not {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"} & set(environment)
    assert "OWNER" not in str(environment)
    assert "POSTGRES_PASSWORD" not in str(environment)


def test_each_setting_of_the_environment_file_reaches_web_worker_and_beat():
    """Compose hands on what it names and nothing else: a line in .env that it does not name would do nothing, in silence."""
    page = (state.ROOT / "docs/deploy.md").read_text()
    told = set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) | {
        "WBL_WEBHOOK_SECRET",
        "WBL_ANYMAIL",
        "WEB_THREADS",
    }
    elsewhere = {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "WORKER_CONCURRENCY", "WBL_PORT"}
    passwords = {name for name in told if name.endswith("_PASSWORD")}
    for name in SERVING:
        assert told - elsewhere - passwords <= set(SERVICES[name]["environment"])


def test_what_compose_leaves_empty_means_what_it_means_when_it_is_missing():
    named = {name: value for name, value in SERVICES["web"]["environment"].items() if str(value).endswith(":-}")}
    code = (state.ROOT / "wbl/settings.py").read_text() + (state.ROOT / "wbl/serving.py").read_text()
    assert named
    for name in named:  # an empty flag is a no, and gunicorn's numbers are read without a default for it
        assert not re.search(rf'flag\(\s*"{name}", True|environ.get\("{name}"', code), name


def test_roles_come_before_migrations_and_both_before_serving():
    assert SERVICES["roles"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["depends_on"]["roles"] == {"condition": "service_completed_successfully"}
    for name in SERVING:
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_every_password_and_key_is_asked_for_and_none_is_inside():
    for line in re.findall(r"^.*(?:PASSWORD|SECRET|requirepass).*$", TEXT, re.MULTILINE):
        secret = re.search(r"\$\{[A-Z_]+:(\?see docs/deploy.md|-)\}|\$\$PASSWORD", line)
        assert secret, line
    for address in re.findall(r"\w+://[^\s\"]+", TEXT):
        assert "@" not in address or re.search(r":\$\{[A-Z_]+:\?[^}]*\}@|:\$\{[A-Z_]+:\?see$", address), address


def test_only_the_proxy_on_this_machine_reaches_the_web_and_nobody_the_database():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_containers_have_no_right_they_do_not_need(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_image_is_not_root_and_installs_by_hash():
    dockerfile = (state.ROOT / "Dockerfile").read_text()
    last = dockerfile.split("\nFROM ")[-1]
    assert re.search(r"^USER wbl$", last, re.MULTILINE)
    assert "--require-hashes" in dockerfile
    assert ".env" in (state.ROOT / ".dockerignore").read_text().split()


def test_each_variable_is_documented_and_each_documented_one_is_read():
    documented = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", (state.ROOT / "docs/deploy.md").read_text()))
    settings = "".join(
        (state.ROOT / path).read_text()
        for path in (
            "wbl/settings.py",
            "wbl/serving.py",
            "wbl/local/command.py",
            "wbl/mail/hooks.py",
            "docker-compose.yml",
        )
    )
    in_compose = set(re.findall(r"\$\{([A-Z_]+)", TEXT))
    of_a_deployment = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    only_here = {"WBL_UP", "WBL_TEST", "WBL_DEBUG", "WBL_LOCAL_DIR", "WBL_SMTP_URL", "WBL_BEAT_FILE"}
    assert in_compose | (of_a_deployment - only_here) <= documented
    of_a_provider = tuple(provider.upper() for provider in PROVIDERS)  # what WBL_ANYMAIL holds; anymail reads it
    assert {name for name in documented if name not in settings and not name.startswith(of_a_provider)} == set()
