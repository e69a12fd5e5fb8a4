"""A task knows its district by a header, and refuses to work without one."""

import pytest
from celery import Task

from wbl.celery import app
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import NoDistrict, acting, current_district_id, district, is_open
from wbl.tenancy.tasks import DistrictTask, district_header

seen: list = []


@pytest.fixture(autouse=True)
def _eager():
    app.conf.task_always_eager, app.conf.task_eager_propagates = True, True
    seen.clear()
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


@app.task(name="tests.look")
def look() -> None:
    from wbl.tenancy.scope import _actor

    seen.append((current_district_id(), _actor.get(), School.objects.count()))


@app.task(name="tests.sweep", global_task=True)
def sweep() -> None:
    seen.append(is_open())


def test_all_tasks_have_our_base() -> None:
    assert isinstance(look, DistrictTask) and isinstance(look, Task)
    app.loader.import_default_modules()
    own = [t for name, t in app.tasks.items() if not name.startswith("celery.")]
    assert all(isinstance(t, DistrictTask) for t in own)


def test_the_header_opens_the_scope_and_names_who_asked(cedar: District, rival: District, people) -> None:
    with district(cedar), acting(people.admin.pk):
        headers = district_header()
    with district(rival):  # a worker that had another district open would not mix them up
        look.apply_async(headers=headers)
    assert seen == [(cedar.pk, people.admin.pk, 2)]


def test_without_a_district_it_is_neither_sent_nor_run(db: None) -> None:
    with pytest.raises(NoDistrict):
        look.delay()
    with pytest.raises(NoDistrict, match="without a district"):
        look.apply()
    assert seen == []


def test_a_global_task_needs_none_and_gets_none(db: None) -> None:
    sweep.delay()
    assert seen == [False]


def test_a_district_that_is_gone_is_an_error(db: None) -> None:
    with pytest.raises(District.DoesNotExist):
        look.apply_async(headers={"wbl_district": 10**9})
