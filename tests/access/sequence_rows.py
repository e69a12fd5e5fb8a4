"""Rows of the role table for sequences and calls (see table.py)."""

from tests.access.rows import EDIT, LOG, Page, Post

STEP = {"kind": "wait", "days": "3"}
WORDS = {"category": "announcements", "subject": "News", "body": "Hello {{ contact.called }}"}
SAID = {"outcome": "reached", "summary": "They will think about it", "next_step": "Call in 7 days"}

SEQUENCES = [
    Page("partners:sequences"),
    Page("partners:sequence", "sequence", post=EDIT, data=STEP),
    Page("partners:sequence_add", "", EDIT, EDIT, {"name": "Ours"}),
    Post("partners:sequence_ready", "cold", EDIT),
    Post("partners:sequence_activation", "sequence", EDIT),
    Post("partners:sequence_deactivation", "walked", EDIT),
    Post("partners:step_rise", "sequence_step", EDIT),
    Post("partners:step_removal", "sequence_step", EDIT),
    Page("partners:enrolment", "", EDIT, EDIT, {"sequence": "@sequence", "contact": ["@wren"]}),
    Post("partners:enrolment_end", "enrolment", EDIT),
    Post("partners:enrolment_return", "taken_out", EDIT),
    Post("partners:enrolment_undo", "walked enrolment enrolment", EDIT),
    Page("partners:sequence_step", "sequence_step", EDIT, EDIT, {"template_key": "partners.small"}),
    Page("partners:mailings"),
    Page("partners:mailing_add", "", EDIT, EDIT, {**WORDS, "rows": ["@acme"]}),
    Page("partners:mailing", "draft", post=EDIT, data=WORDS),
    Post("partners:mailing_test", "draft", EDIT),
    Post("partners:mailing_dispatch", "draft", EDIT, {"anyway": "on"}),
    Post("partners:mailing_removal", "discardable", EDIT),
    Post("partners:mailing_return", "discarded", EDIT),
    Post("partners:mailing_stop", "under_way", EDIT),
    Post("partners:mailing_copy", "under_way", EDIT),
    Page("partners:calls"),
    Page("partners:call", "call", LOG, LOG, SAID),
]
