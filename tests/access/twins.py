"""The part of the small world that duplicates need: pairs, one told apart, and a merge that can be undone."""

from types import SimpleNamespace

from partners.merging.doing import merge
from partners.models import Contact, DuplicatePair, Organization, Site
from wbl.tenancy.models import Change, District


def build(world: SimpleNamespace, cedar: District) -> None:
    """In Cedar's scope."""
    world.twin = Organization.objects.create(name="Acme Manufacturing")
    world.twin_ray = Contact.objects.create(organization=world.twin, name="R. Halvorsen")
    third = Organization.objects.create(name="Acme Mfg. of Cedar Valley")
    world.pair = DuplicatePair.objects.create(one=world.acme, other=world.twin, score=0.99, reasons=["same name"])
    world.told_apart = DuplicatePair.objects.create(one=world.acme, other=third, score=0.85, reasons=["same street"])
    world.told_apart.dismiss(by=world.coordinator)
    renamed = Organization.objects.create(name="Old name")
    Organization.objects.filter(pk=renamed.pk).update(name="New name")
    Site.objects.create(organization=renamed, street="1 Road").delete()
    world.renamed = Change.objects.get(kind="partners.organization", record_id=renamed.pk, op="update")
    world.removed_site = Change.objects.get(kind="partners.site", op="delete")
    kept, gone = (Organization.objects.create(name=name) for name in ("Osage Tile", "Osage Tile Co."))
    world.merged = merge(survivor=kept, loser=gone, by=world.coordinator)
