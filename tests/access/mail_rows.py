"""Rows of the role table for mail (see table.py)."""

from tests.access.rows import EDIT, LINK, LOG, MANAGE, VIEW, Page, Post

LETTER = {"contact": "@ray", "subject": "Hello", "body": "How are you?", "category": "requests", "once": "abc"}
LETTER |= {"ask_anyway": "on", "ask_reason": "They invited it"}
TEXT = {"subject": "Again", "body": "Hello {{ contact.called }}", "when": "on the day", "hour": "09:00"}

WORDS = {"name": "Hello", "category": "requests", "subject": "Hello", "body": "Dear {{ contact.called }}"}

MAIL = [
    Page("mail:ledger"),
    Page("mail:write", "", LOG, LOG, LETTER),
    Page("mail:message", "message"),
    Page("mail:message_html", "message"),
    Post("mail:dispatch", "held", LOG),
    Post("mail:cancellation", "message", LOG),
    Post("mail:message_return", "stopped_mail", LOG),
    Page("mail:rules"),
    Page("mail:rule", "rule", post=EDIT, data=TEXT),
    Post("mail:rule_preview", "rule", EDIT.replace("o", "s"), TEXT, get=EDIT.replace("o", "m")),
    Post("mail:rule_add", "rule", EDIT),
    Post("mail:rule_removal", "extra_rule", EDIT),
    Post("mail:activation", "councils.meeting_reminder", EDIT),
    Post("mail:deactivation", "rule", EDIT),
    Post("mail:older_dates", "rule", EDIT, {"record": ["@old"]}),
    Page("mail:templates"),
    Page("mail:template_add", "", EDIT, EDIT, WORDS),
    Page("mail:template", "template", post=EDIT, data=WORDS),
    Post("mail:template_preview", "template", EDIT.replace("o", "s"), WORDS, get=EDIT.replace("o", "m")),
    Post("mail:template_removal", "template", EDIT),
    Post("mail:template_return", "removed_template", EDIT),
    Page("mail:settings", post=MANAGE, data={"signature": "Room 12", "most": "3", "within_days": "30"}),
    Page("mail:drop_box", "", LOG),  # without an inbound domain nobody gets an address
    Page("mail:incoming_file", "came"),
    Page("mail:answer", "came_mail", get=VIEW.replace("o", "r")),
    Post("mail:pause", "", EDIT),
    Post("mail:resumption", "", EDIT),
    Page("mail:stops"),
    Page("mail:opt_out", "", EDIT, EDIT, {"contact": "@ray", "stopped": ["announcements"], "how": "by phone"}),
    Post("mail:suppression_lifting", "suppression", EDIT),
    Page("mail:unsubscribe", "!unsubscribe", LINK, LINK),
    Page("mail:preferences", "!unsubscribe", LINK, LINK, {"wanted": ["council"]}),
]
