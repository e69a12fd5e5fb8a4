"""The map in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _

from pathways.drawing import Map, draw


def drawn(pathway: Any) -> Map | None:
    """The map of a pathway; None while it has no steps."""
    if not pathway.steps.all():
        return None
    return draw(
        pathway,
        {
            "enter": _("Enter"),
            "learn": _("Learn"),
            "work": _("Work"),
            "credentials": _("Credentials"),
            "leave": _("Leave for work"),
            "support": _("Support"),
            "before": _("%(count)s earned before"),
            "hour": _("$%(wage)s an hour"),
        },
    )
