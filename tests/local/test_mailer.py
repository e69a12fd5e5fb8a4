"""WBL_MAILER, the one line that says how mail leaves."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from wbl import env


def test_a_provider_gets_its_options(monkeypatch):
    monkeypatch.setenv("WBL_MAILER", "anymail:postmark?server_token=a%2Fb")
    made = env.mailer("WBL_MAILER", "")
    assert made == {"BACKEND": "anymail.backends.postmark.EmailBackend", "OPTIONS": {"server_token": "a/b"}}
    assert import_string(made["BACKEND"])


def test_a_password_may_hold_any_character(monkeypatch):
    monkeypatch.setenv("WBL_MAILER", "smtp+tls://wbl:p%40ss%3A@mail.example.org")
    options = env.mailer("WBL_MAILER", "")["OPTIONS"]
    assert (options["host"], options["port"], options["password"]) == ("mail.example.org", 587, "p@ss:")
    assert options["use_tls"] is True


def test_a_mistake_gets_a_sentence(monkeypatch):
    monkeypatch.setenv("WBL_MAILER", "mail.example.org")
    with pytest.raises(ImproperlyConfigured, match="must look like"):
        env.mailer("WBL_MAILER", "")
