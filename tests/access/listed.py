"""The part of the small world that imports need: a list at every step."""

from types import SimpleNamespace

from partners.importing import running
from partners.models import Import, Organization
from wbl.tenancy.models import District

LIST = (
    b"Company,Email,Company Phone,Zip,Shoe size\n"
    b"Delta Foundry,desk@delta.example,,73000,9\nBright Start,front desk,,73000,\nOsage Machine,,(555) 014-0100,73000,\n"
)


def build(world: SimpleNamespace, cedar: District) -> None:
    """In Cedar's scope: a list whose columns are open, one checked, one queued, one applied."""
    Organization.objects.create(name="Osage Tool", phone="+15550140100")
    world.open_list = _received(world)
    world.checked_list = _received(world)
    running.ask_and_perform(world.checked_list, by=world.coordinator)
    world.queued_list = _received(world)
    running.ask_and_perform(world.queued_list, by=world.coordinator)
    world.queued_list.ask(state="queued", by=world.coordinator)
    world.staged_list = running.receive(name="stages.csv", body=b"Company,Stage\nDelta,Hosting\n", by=world.coordinator)
    world.mapped_list = _received(world)
    Import.objects.filter(pk=world.mapped_list.pk).update(targets=["org_name", "", "", "", ""])
    world.applied_list = _received(world)
    running.ask_and_perform(world.applied_list, by=world.coordinator)
    world.applied_list.ask(state="queued", by=world.coordinator)
    running.perform(world.applied_list)


def _received(world: SimpleNamespace) -> Import:
    return running.receive(name="chamber.csv", body=LIST, by=world.coordinator)
