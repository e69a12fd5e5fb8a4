"""Rows of the role table for mail (see table.py)."""

from tests.access.rows import EDIT, LINK, LOG, Page, Post

LETTER = {"contact": "@ray", "subject": "Hello", "body": "How are you?", "category": "requests", "once": "abc"}
LETTER |= {"ask_anyway": "on", "ask_reason": "They invited it"}
TEXT = {"subject": "Again", "body": "Hello {{ contact.called }}", "when": "on the day", "hour": "09:00"}

MAIL = [
    Page("mail:ledger"),
    Page("mail:write", "", LOG, LOG, LETTER),
    Page("mail:message", "message"),
    Page("mail:message_html", "message"),
    Post("mail:dispatch", "held", LOG),
    Post("mail:cancellation", "message", LOG),
    Page("mail:rules"),
    Page("mail:rule", "rule", post=EDIT, data=TEXT),
    Post("mail:rule_preview", "rule", EDIT.replace("o", "s"), TEXT, get=EDIT.replace("o", "m")),
    Post("mail:activation", "councils.meeting_reminder", EDIT),
    Post("mail:deactivation", "rule", EDIT),
    Post("mail:older_dates", "rule", EDIT, {"record": ["@old"]}),
    Post("mail:pause", "", EDIT),
    Post("mail:resumption", "", EDIT),
    Page("mail:stops"),
    Post("mail:suppression_lifting", "suppression", EDIT),
    Page("mail:unsubscribe", "!unsubscribe", LINK, LINK),
    Page("mail:preferences", "!unsubscribe", LINK, LINK, {"wanted": ["council"]}),
]
