"""Work of the partners that can wait for a worker."""

import datetime as dt

from django.utils import timezone

from partners import onboarding
from partners.finding import scan
from partners.importing.running import perform
from partners.models import Import, OnboardingTask, Organization
from wbl.celery import app
from wbl.tenancy.models import District
from wbl.tenancy.scope import district, every_district

NIGHT = range(1, 5)  # hours of the district's clock


@app.task(name="partners.run_import")
def run_import(pk: int) -> None:
    """Check or apply one import, whichever was asked for; run twice it does the work once."""
    job = Import.objects.waiting().filter(pk=pk).first()
    if job is not None:
        perform(job)


@app.task(name="partners.sweep_imports", global_task=True)
def sweep_imports() -> None:
    """Beat: send again what was asked for and whose message, or worker, was lost."""
    with every_district():
        waiting = list(Import.objects.waiting().values_list("district_id", "pk"))
    for district_id, pk in waiting:
        with district(district_id):
            job = Import.objects.waiting().filter(pk=pk).first()
            if job is not None and job.recover():
                run_import.delay(pk)


@app.task(name="partners.find_duplicates")
def find_duplicates() -> None:
    """Compare all partners of the district; run twice it finds the same."""
    scan()


@app.task(name="partners.sweep_duplicates", global_task=True)
def sweep_duplicates(now: dt.datetime | None = None) -> None:
    """Beat, every hour: one look for each district whose night it is, once a night."""
    for each in District.objects.all():
        if each.local(now or timezone.now()).hour == NIGHT[each.pk % len(NIGHT)]:
            with district(each):
                find_duplicates.delay()


@app.task(name="partners.look_at_onboarding")
def look_at_onboarding() -> None:
    """Tick what the system can see done of the district's open onboarding; run twice it ticks once."""
    open_ones = OnboardingTask.objects.seen_by_the_system().values("organization")
    for partner in Organization.objects.present().filter(pk__in=open_ones).iterator():
        onboarding.look(partner)


@app.task(name="partners.sweep_onboarding", global_task=True)
def sweep_onboarding() -> None:
    """Beat, every hour: the districts in which something is open that the system can see."""
    with every_district():
        waiting = set(OnboardingTask.objects.seen_by_the_system().values_list("district_id", flat=True).distinct())
    for district_id in sorted(waiting):
        with district(district_id):
            look_at_onboarding.delay()
