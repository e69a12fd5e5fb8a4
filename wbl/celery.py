"""Celery: beat's tasks are global sweeps over due rows, the others carry their district (wbl.tenancy.tasks).

Valkey may be wiped at any time: what is to do stands in PostgreSQL, and the next sweep finds it.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbl.settings")

from celery import Celery  # noqa: E402
from django.conf import settings  # noqa: E402

app = Celery("wbl", task_cls="wbl.tenancy.tasks:DistrictTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# name: (task, every so many seconds)
SWEEPS = {
    "mail that is due, rules to look at": ("wbl.mail.tasks.sweep", settings.WBL_BEAT_SECONDS),
    "imports whose message or worker was lost": ("partners.sweep_imports", settings.WBL_BEAT_SECONDS),
    "onboarding that the system can see done": ("partners.sweep_onboarding", 3_600),
    "duplicates, in districts whose night it is": ("partners.sweep_duplicates", 3_600),
}
app.conf.beat_schedule = {
    name: {"task": task, "schedule": float(seconds), "options": {"expires": float(seconds) * 2}}
    for name, (task, seconds) in SWEEPS.items()
}
