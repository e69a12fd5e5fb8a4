"""The continuum of work-based learning: the types of experience are the field's own and fixed; the level of a type
and whether it counts for Perkins 5S3 are a district's choice (wbl.continuum.models)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    AWARENESS = "awareness", _("Awareness")
    EXPLORATION = "exploration", _("Exploration")
    PREPARATION = "preparation", _("Preparation")
    TRAINING = "training", _("Training")


class ExperienceType(models.TextChoices):
    SPEAKER = "speaker", _("Guest speaker")
    TOUR = "tour", _("Workplace tour")
    CAREER_FAIR = "career_fair", _("Career fair")
    JOB_SHADOW = "job_shadow", _("Job shadow")
    INFORMATIONAL_INTERVIEW = "informational_interview", _("Informational interview")
    MOCK_INTERVIEW = "mock_interview", _("Mock interview")
    PROJECT = "project", _("Industry project")
    SCHOOL_ENTERPRISE = "school_enterprise", _("School-based enterprise")
    CLINICAL = "clinical", _("Clinical experience")
    MENTORING = "mentoring", _("Mentoring")
    INTERNSHIP = "internship", _("Internship")
    COOP = "coop", _("Cooperative education")
    PRACTICUM = "practicum", _("Practicum")
    PRE_APPRENTICESHIP = "pre_apprenticeship", _("Pre-apprenticeship")
    YOUTH_APPRENTICESHIP = "youth_apprenticeship", _("Youth apprenticeship")
    REGISTERED_APPRENTICESHIP = "registered_apprenticeship", _("Registered apprenticeship")


_BY_LEVEL = {
    Level.AWARENESS: ("speaker", "tour", "career_fair"),
    Level.EXPLORATION: ("job_shadow", "informational_interview"),
    Level.PREPARATION: ("mock_interview", "project", "school_enterprise", "clinical", "mentoring"),
    Level.TRAINING: (
        "internship",
        "coop",
        "practicum",
        "pre_apprenticeship",
        "youth_apprenticeship",
        "registered_apprenticeship",
    ),
}
DEFAULT_LEVEL: dict[str, Level] = {t: level for level, types in _BY_LEVEL.items() for t in types}
# groups of students rather than one placement each
GROUP_TYPES = frozenset({"speaker", "tour", "career_fair", "job_shadow", "mock_interview"})
# Perkins V sec. 3(55) asks for sustained interactions; a tour or a speaker normally does not count
COUNTS_BY_DEFAULT = frozenset(
    t for t, level in DEFAULT_LEVEL.items() if level in (Level.PREPARATION, Level.TRAINING)
) - {"mock_interview", "mentoring"}
