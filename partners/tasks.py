"""Work of the partners that can wait for a worker."""

from partners.importing.running import perform
from partners.models import Import
from wbl.celery import app
from wbl.tenancy.scope import district, every_district


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
