from partners.models.access import PartnerAccess
from partners.models.bulk import BulkChange
from partners.models.contacts import Channel, Contact
from partners.models.documents import DocumentKind, PartnerDocument
from partners.models.importing import NO_ORGANIZATION, Decision, Import, ImportMapping, ImportRow, ImportState, Outcome
from partners.models.kinds import Kind, Source, Subkind
from partners.models.mailings import Mailing
from partners.models.merging import DuplicatePair, Merge
from partners.models.offers import NotNow, Offer
from partners.models.onboarding import OnboardingStep, OnboardingTask
from partners.models.organizations import Organization
from partners.models.sequences import Enrolment, EnrolmentStep, Sequence, SequenceStep
from partners.models.sites import Site
from partners.models.stages import PipelineStage, Stage, StageChange
from partners.models.timeline import EntryKind, MailedAsk, TimelineEntry

__all__ = [
    "NO_ORGANIZATION",
    "BulkChange",
    "Channel",
    "Contact",
    "Decision",
    "DocumentKind",
    "DuplicatePair",
    "Enrolment",
    "EnrolmentStep",
    "EntryKind",
    "Import",
    "ImportMapping",
    "ImportRow",
    "ImportState",
    "Kind",
    "MailedAsk",
    "Mailing",
    "Merge",
    "NotNow",
    "Offer",
    "OnboardingStep",
    "OnboardingTask",
    "Organization",
    "Outcome",
    "PartnerAccess",
    "PartnerDocument",
    "PipelineStage",
    "Sequence",
    "SequenceStep",
    "Site",
    "Source",
    "Stage",
    "StageChange",
    "Subkind",
    "TimelineEntry",
]
