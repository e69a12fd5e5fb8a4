"""Rows of the role table for placements, the portal and reports (see table.py)."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.rows import EDIT, LOG, PORTAL, Page, Post

# names of students are not for viewers; staff see those of their own schools: what is Hattie's of North is not there
# for staff of South
OWN_NORTH = LOG.replace("foooo", "fsnos")  # undone by who did it; another's is left
LOG_NORTH = LOG.replace("foooo", "fonoo")


def yesterday() -> str:
    """Past in every zone."""
    return (dt.datetime.now(dt.UTC).date() - dt.timedelta(1)).isoformat()


def certificate() -> SimpleUploadedFile:
    return SimpleUploadedFile("certificate.pdf", b"%PDF-1.4", "application/pdf")


STUDENT = {"name": "Eli Tsosie", "birth_date": f"{dt.date.today().year - 16}-05-04", "school": "@north"}
PLACEMENT = {"type": "internship", "starts": yesterday, "schedule": "Mondays", "agreed": "on"}
EVENT = {"type": "tour", "day": yesterday, "begins": "10:00", "agreed": "on"}

PLACEMENTS = [
    Page("placements:board", "", LOG),
    Page("placements:list", "", LOG),
    Page("placements:export", "csv", LOG),
    Page(
        "placements:new",
        "",
        EDIT,
        EDIT,
        {"student": "Hattie Brandvold", "partner": "Acme Manufacturing, Inc.", **PLACEMENT},
    ),
    Page("placements:detail", "placement", LOG_NORTH),
    Page("placements:edit", "placement", EDIT, EDIT, PLACEMENT),
    Post("placements:tick", "placement", EDIT, {"step": "eligible"}),
    Post("placements:untick", "placement matched", EDIT),
    Post("placements:hours", "placement", LOG_NORTH, {"date": yesterday, "hours": "2"}, get=LOG.replace("o", "m")),
    Post("placements:hours_approve", "placement", LOG_NORTH, {"entries": ["@hours"]}, get=LOG.replace("o", "m")),
    Post("placements:hours_disapprove", "placement approved_at", OWN_NORTH, get=LOG.replace("o", "m")),
    Post("placements:hours_remove", "placement hours", LOG_NORTH, get=LOG.replace("o", "m")),
    Page("placements:end", "placement", EDIT, EDIT, {"how": "completed", "on": yesterday}),
    Post("placements:reopen", "over", EDIT),
    Page("placements:students", "", LOG),
    Page("placements:students_export", "csv", LOG),
    Page("placements:student_names", "", EDIT, query="student=hat"),
    Page("placements:student_new", "", EDIT, EDIT, STUDENT),
    Page("placements:student", "hattie", LOG_NORTH),
    Page("placements:student_changes", "hattie", LOG_NORTH),
    Page("placements:student_edit", "hattie", EDIT, EDIT, STUDENT),
    Page("placements:events"),
    Page("placements:events_export", "xlsx"),
    Page("placements:event_new", "", EDIT, EDIT, {"partner": "acme manufacturing", **EVENT}),
    Page("placements:event", "talk"),
    Page("placements:event_changes", "talk"),
    Page("placements:event_edit", "talk", EDIT, EDIT, EVENT),
    Page("placements:sheet", "talk", LOG),
    Page("placements:roster", "talk", LOG, LOG.replace("foooo", "fsooo"), {"students": ["@jaylen"]}),
    Post("placements:roster_remove", "talk row", LOG_NORTH, get=LOG.replace("o", "m")),
    Post("placements:roll", "talk", LOG.replace("foooo", "fosoo"), {"attended": []}, get=LOG.replace("o", "m")),
    Page("placements:event_cancel", "talk", EDIT, EDIT, {"reason": "Snow"}),
    Post("placements:event_restore", "called_off", EDIT),
]

OFFER = {"type": "tour", "seats": "12"}
PORTAL_ROWS = [
    Post("home:portal_grant", "pat", EDIT),
    Post("home:portal_revoke", "ray", EDIT),
    Page("portal:home", "acme", PORTAL),
    Page("portal:impact", "acme", PORTAL),
    Page("portal:logo", "acme", PORTAL),
    Page("portal:ask", "acme ask", PORTAL, PORTAL, {"answer": "yes"}),
    Post("portal:hours_confirm", "acme placement", PORTAL, {"entries": ["@hours"]}),
    Post("portal:hours_unconfirm", "acme placement confirmed_at", PORTAL),
    Page("portal:hours_problem", "acme placement", PORTAL, PORTAL, {"note": "Tuesday was 2"}),
    Page("portal:offer_new", "acme", PORTAL, PORTAL, OFFER),
    Page("portal:offer", "acme offer", PORTAL, PORTAL, OFFER),
    Post("portal:offer_close", "acme offer", PORTAL),
    Page("portal:invitation", "acme council_invitation", PORTAL, PORTAL, {"status": "declined"}),
    Page("portal:document", "acme insurance", PORTAL, PORTAL, {"file": certificate}),
    Post("portal:onboarding", "acme open_step", PORTAL, {"done": "1"}),
    Page("portal:contact", "acme", PORTAL, PORTAL, {"name": "Ingrid Sole", "email": "ingrid@acme.example"}),
    Page("portal:mail", "acme", PORTAL, PORTAL, {"wanted": ["council"]}),
]

REPORTS = [
    Page("home:reports"),
    Page("home:reports_participation"),
    Page("home:reports_participation_file", "csv"),
    Page("home:reports_students", "", LOG),
    Page("home:reports_partners"),
    Page("home:reports_partners_file", "xlsx"),
    Page("home:reports_partner", "acme"),
    Page("home:reports_pipeline"),
    Page("home:reports_pipeline_file", "places csv"),
    Page("home:reports_asks"),
    Page("home:reports_asks_file", "csv"),
]

FILES = [Page("files:download", "stored", EDIT)]
