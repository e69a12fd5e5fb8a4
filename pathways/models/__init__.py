from pathways.models.adoption import Adoption
from pathways.models.demand import PathwayOccupation, Role, Tie
from pathways.models.pathways import Cluster, Pathway
from pathways.models.steps import Credential, EntryPoint, ExitPoint, Experience, Step, StepKind, SupportService

__all__ = [
    "Adoption",
    "Cluster",
    "Credential",
    "EntryPoint",
    "ExitPoint",
    "Experience",
    "Pathway",
    "PathwayOccupation",
    "Role",
    "Step",
    "StepKind",
    "SupportService",
    "Tie",
]
