"""Celery tasks know their district: the header carries it, the worker opens it."""

from typing import Any

from celery.contrib.django.task import DjangoTask

from wbl.tenancy.scope import NoDistrict, _actor, acting, current_district_id, district, is_open


class DistrictTask(DjangoTask):
    """Base of all tasks. `global_task = True` declares one that belongs to no district (beat's sweeps);
    any other raises NoDistrict when it is sent or run without one."""

    abstract = True
    global_task = False

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        if not self.global_task and "wbl_district" not in (options.get("headers") or {}):
            options["headers"] = {**(options.get("headers") or {}), **district_header()}
        return super().apply_async(args, kwargs, **options)

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> Any:
        """Send after the commit, for the district that is open now: the scope may be gone by then."""
        return self.apply_async_on_commit(args, kwargs)

    def apply_async_on_commit(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        if not self.global_task:
            options["headers"] = {**(options.get("headers") or {}), **district_header()}
        return super().apply_async_on_commit(args, kwargs, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.global_task:
            return super().__call__(*args, **kwargs)
        headers = self.request.headers or {}
        known = headers.get("wbl_district") or getattr(self.request, "wbl_district", None)
        if known is None and is_open():  # called directly, in the caller's own scope
            return super().__call__(*args, **kwargs)
        if known is None:
            raise NoDistrict(f"Task {self.name} was sent without a district.")
        with district(int(known)), acting(headers.get("wbl_user") or getattr(self.request, "wbl_user", None)):
            return super().__call__(*args, **kwargs)


def district_header() -> dict[str, int | None]:
    """What a task needs to know of its caller: district and user."""
    return {"wbl_district": current_district_id(), "wbl_user": _actor.get()}
