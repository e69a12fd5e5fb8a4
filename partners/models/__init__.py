from partners.models.access import PartnerAccess
from partners.models.bulk import BulkChange
from partners.models.contacts import Channel, Contact
from partners.models.offers import Offer
from partners.models.organizations import Kind, Organization, Site, Source, Stage
from partners.models.timeline import EntryKind, TimelineEntry

__all__ = [
    "BulkChange",
    "Channel",
    "Contact",
    "EntryKind",
    "Kind",
    "Offer",
    "Organization",
    "PartnerAccess",
    "Site",
    "Source",
    "Stage",
    "TimelineEntry",
]
