"""What Today says of pathways."""

from typing import Any

from django.urls import reverse

from pathways import coverage
from pathways.models import Pathway
from wbl.continuum.types import Level
from wbl.web.rows import UNHEALTHY, Row

MOST = 5


def rows(district: Any, user: Any) -> list[Row]:
    """Pathways with students and no seat at the training level: four queries, however many pathways."""
    lines = coverage.table(list(Pathway.objects.present().filter(students__gt=0)))
    empty = [line for line in lines if any(cell.level == Level.TRAINING for cell in line.gaps)]
    return [
        Row(
            section=UNHEALTHY,
            icon="pathways",
            name=line.pathway.name,
            href=line.pathway.get_absolute_url(),
            after=" has no training seat",
            why=f"{line.pathway.students:,} students; no employer tied to it offers an internship or apprenticeship.",
            when="no seat",
            tone="warn",
            action="Find partners",
            action_href=reverse("partners:list"),
        )
        for line in empty[:MOST]
    ]
