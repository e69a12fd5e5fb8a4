"""System checks: what would open the walls stops the start."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.test.utils import isolate_apps

from wbl.tenancy import checks
from wbl.tenancy.base import DistrictModel


def ids(found: list) -> set[str]:
    return {each.id for each in found}


def test_this_installation_passes(db: None) -> None:
    assert checks.every_table_is_placed(None) == []
    assert checks.tenant_models_keep_the_rules(None) == []
    assert checks.application_role_is_bound(None, databases=["default"]) == []
    assert checks.pooling_keeps_sessions(None) == []


def look_at(monkeypatch: pytest.MonkeyPatch, *found: Any) -> None:
    monkeypatch.setattr(checks, "tenant_models", lambda: list(found))
    monkeypatch.setattr(checks, "apps", SimpleNamespace(get_models=lambda **kwargs: list(found)))


@isolate_apps("wbl.tenancy")
def test_a_table_that_is_neither_walled_nor_global(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stray(models.Model):
        class Meta:
            app_label = "tenancy"

    look_at(monkeypatch, Stray)
    assert ids(checks.every_table_is_placed(None)) == {"wbl.E001"}


@isolate_apps("wbl.tenancy")
def test_a_manager_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    class Open(DistrictModel):
        objects = models.Manager()

        class Meta:
            app_label = "tenancy"

    look_at(monkeypatch, Open)
    assert ids(checks.tenant_models_keep_the_rules(None)) == {"wbl.E002"}


@isolate_apps("wbl.tenancy")
def test_an_automatic_table_between_two(monkeypatch: pytest.MonkeyPatch) -> None:
    class Left(DistrictModel):
        class Meta:
            app_label = "tenancy"

    class Right(DistrictModel):
        lefts = models.ManyToManyField(Left)

        class Meta:
            app_label = "tenancy"

    look_at(monkeypatch, Right)
    assert "wbl.E003" in ids(checks.tenant_models_keep_the_rules(None))
    look_at(monkeypatch, Right.lefts.through)
    assert "wbl.E001" in ids(checks.every_table_is_placed(None))


@isolate_apps("wbl.tenancy")
def test_a_table_shared_by_inheritance(monkeypatch: pytest.MonkeyPatch) -> None:
    class Parent(DistrictModel):
        class Meta:
            app_label = "tenancy"

    class Child(Parent):
        class Meta:
            app_label = "tenancy"

    look_at(monkeypatch, Child)
    assert "wbl.E004" in ids(checks.tenant_models_keep_the_rules(None))


@isolate_apps("wbl.tenancy", "django.contrib.contenttypes")
def test_a_generic_key(monkeypatch: pytest.MonkeyPatch) -> None:
    class Tagged(DistrictModel):
        content_type = models.IntegerField()
        object_id = models.IntegerField()
        thing = GenericForeignKey("content_type", "object_id")

        class Meta:
            app_label = "tenancy"

    look_at(monkeypatch, Tagged)
    assert "wbl.E005" in ids(checks.tenant_models_keep_the_rules(None))


def test_an_application_role_that_owns_or_bypasses(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cursor:
        def __init__(self, answers: list[bool]) -> None:
            self.answers = answers

        def __enter__(self):
            return self

        def __exit__(self, *args: object) -> None: ...

        def execute(self, *args: object) -> None: ...

        def fetchone(self) -> tuple[bool]:
            return (self.answers.pop(0),)

    for answers in ([True, False], [False, True]):
        fake = SimpleNamespace(
            vendor="postgresql", settings_dict={"USER": "x"}, cursor=lambda answers=answers: Cursor(list(answers))
        )
        monkeypatch.setattr(checks, "connection", fake)
        assert ids(checks.application_role_is_bound(None, databases=["default"])) == {"wbl.E007"}


def test_pooling_by_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for options in ({"OPTIONS": {"pool_mode": "transaction"}}, {"DISABLE_SERVER_SIDE_CURSORS": True}):
        monkeypatch.setattr(checks, "settings", SimpleNamespace(DATABASES={"default": options}))
        assert ids(checks.pooling_keeps_sessions(None)) == {"wbl.E008"}
