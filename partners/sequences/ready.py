"""Sequences that come with wbl: a district takes one, reads it, changes it, switches it on."""

from dataclasses import dataclass
from typing import Any

from partners import letters

MAIL, CALL, WAIT, CONDITION = "mail", "call", "wait", "condition"


@dataclass(frozen=True)
class Ready:
    key: str
    name: str
    about: str
    steps: tuple[dict[str, Any], ...]


COLD = Ready(
    "cold",
    "Recruit a cold prospect",
    "For a prospect nobody knows yet: three letters and a call in three weeks, over as soon as they answer.",
    (
        {"kind": MAIL, "template_key": letters.HELLO.key},
        {"kind": WAIT, "days": 4},
        {
            "kind": CALL,
            "script": "Hello {{ contact.called }}, this is {{ owner.name|your coordinator }} of {{ district.name }}. I wrote to you on "
            "students who want to see {{ organization.name }}. May I take two minutes?\n\n"
            "Ask for something small: an hour in a class, or a tour for six.",
        },
        {"kind": WAIT, "days": 5},
        {"kind": CONDITION, "condition": "quiet"},
        {"kind": MAIL, "template_key": letters.SMALL.key},
        {"kind": WAIT, "days": 10},
        {"kind": MAIL, "template_key": letters.LAST.key},
    ),
)
WARM = Ready(
    "warm",
    "Re-warm a quiet partner",
    "For a partner who once worked with you and has heard nothing for long: news first, then a call, no request.",
    (
        {"kind": CONDITION, "condition": "unasked"},
        {"kind": MAIL, "template_key": letters.NEWS.key},
        {"kind": WAIT, "days": 7},
        {
            "kind": CALL,
            "script": "Hello {{ contact.called }}, I owed you a call. The students who were with {{ organization.name }} still speak "
            "of it.\n\nAsk how things are there, and what would make it worth their while. Ask for nothing today.",
        },
        {"kind": WAIT, "days": 14},
        {"kind": MAIL, "template_key": letters.THANKS.key},
    ),
)
ALL = {each.key: each for each in (COLD, WARM)}
