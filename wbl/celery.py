"""Celery: beat's tasks are global sweeps over due rows, the others carry their district (wbl.tenancy.tasks)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbl.settings")

from celery import Celery  # noqa: E402

app = Celery("wbl", task_cls="wbl.tenancy.tasks:DistrictTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
