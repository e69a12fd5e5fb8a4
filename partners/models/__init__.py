from partners.models.access import PartnerAccess
from partners.models.bulk import BulkChange
from partners.models.contacts import Channel, Contact
from partners.models.documents import DocumentKind, PartnerDocument
from partners.models.importing import NO_ORGANIZATION, Decision, Import, ImportMapping, ImportRow, ImportState, Outcome
from partners.models.merging import DuplicatePair, Merge
from partners.models.offers import NotNow, Offer
from partners.models.organizations import Kind, Organization, Site, Source, Stage, Subkind
from partners.models.timeline import EntryKind, MailedAsk, TimelineEntry

__all__ = [
    "NO_ORGANIZATION",
    "BulkChange",
    "Channel",
    "Contact",
    "Decision",
    "DocumentKind",
    "DuplicatePair",
    "EntryKind",
    "Import",
    "ImportMapping",
    "ImportRow",
    "ImportState",
    "Kind",
    "MailedAsk",
    "Merge",
    "NotNow",
    "Offer",
    "Organization",
    "Outcome",
    "PartnerAccess",
    "PartnerDocument",
    "Site",
    "Source",
    "Stage",
    "Subkind",
    "TimelineEntry",
]
