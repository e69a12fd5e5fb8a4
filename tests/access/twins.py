"""The part of the small world that duplicates need: pairs, one told apart, and a merge that can be undone."""

from types import SimpleNamespace

from partners.merging.doing import merge
from partners.models import Contact, DuplicatePair, Organization
from wbl.tenancy.models import District


def build(world: SimpleNamespace, cedar: District) -> None:
    """In Cedar's scope."""
    world.twin = Organization.objects.create(name="Acme Manufacturing")
    world.twin_ray = Contact.objects.create(organization=world.twin, name="R. Halvorsen")
    third = Organization.objects.create(name="Acme Mfg. of Cedar Valley")
    world.pair = DuplicatePair.objects.create(one=world.acme, other=world.twin, score=0.99, reasons=["same name"])
    world.told_apart = DuplicatePair.objects.create(one=world.acme, other=third, score=0.85, reasons=["same street"])
    world.told_apart.dismiss(by=world.coordinator)
    kept, gone = (Organization.objects.create(name=name) for name in ("Osage Tile", "Osage Tile Co."))
    world.merged = merge(survivor=kept, loser=gone, by=world.coordinator)
