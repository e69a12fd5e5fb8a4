"""The role table: who gets what at every address, GET and POST. An address without a row fails test_table.py.

A row is `Page(name, args, get=…, post=…, data=…)`, or `Post(…)` for an address that only acts. The letters stand for
the actors in the order of tests/access/actors.py:

    anonymous | viewer, staff, staff of another school, coordinator, admin | another district's admin |
    portal contact, another partner's contact | region coordinator | operator | holder of a link

    o  answered: GET 200; POST done, and a row has changed        s  answered, nothing changed
    r  sent elsewhere (302)                                       L  sent to sign-in (htmx: 401)
    f  403: may see, may not do      n  404: nothing there        m  405      g  410: over

Wherever the letter is not `o`, a POST with the same valid data leaves every row of every district as it is.
`args` names rows of the world; `!token` is a secret that only the holder of the link has, the others send a forged one.
In `data`, "@north" stands for that row's id.
"""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.access.council_rows import COUNCILS, PATHWAYS
from tests.access.import_rows import IMPORTS
from tests.access.mail_rows import MAIL
from tests.access.merge_rows import MERGES
from tests.access.placement_rows import FILES, PLACEMENTS, PORTAL_ROWS, REPORTS
from tests.access.rows import (
    ACCOUNT,
    EDIT,
    INVITED,
    LOG,
    MANAGE,
    MINE,
    MINE_ALONE,
    NOBODY,
    OPERATOR,
    PUBLIC,
    VIEW,
    Page,
    Post,
)
from tests.access.saved_rows import SAVED
from tests.access.sequence_rows import SEQUENCES

SITE = {"name": "Plant 3", "street": "1 Mill Road", "city": "Cedar Valley", "state": "OK", "zip": "73000"}
CONTACT = {"name": "Lou Ferrante", "email": "lou@acme.example", "prefers": "email", "language": "en-us"}
PARTNER = {"name": "Delgado & Sons", "kind": "employer", "stage": "prospect"}


def logo() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue(), "image/png")


DOCUMENT = {"kind": "insurance", "expires": "2027-06-30"}
OFFER = {"type": "internship", "seats": "3"}
LOGGED = {"kind": "call", "summary": "Said yes to a tour", "next_step": "Follow up in 7 days"}
STEP = {"title": "Meet the teachers", "doer": "owner", "due_days": "10", "order": "5"}
TODO = {"title": "Send the form", "due": "in 3 days", "owner": "@coordinator"}
DAYS = {"name": "Spring break", "first_day": "2027-03-15", "last_day": "2027-03-19"}
DISTRICT = {
    "name": "Cedar Valley Schools",
    "time_zone": "America/Denver",
    "quiet_from": "18:00",
    "quiet_until": "07:00",
    "ask_guard_days": "20",
    "cooldown_days": "60",
}
NEW_DISTRICT = {
    "name": "Ash Public Schools",
    "slug": "ash",
    "kind": "district",
    "state": "OR",
    "time_zone": "America/Los_Angeles",
    "admin_email": "ash@example.org",
}

HOME = [
    Page("home:today"),
    Page("home:search", query="q=acme"),
]

PARTNERS = [
    Page("partners:list"),
    Page("partners:export", "csv"),
    Post("partners:bulk", "", EDIT, {"do": "stage", "stage": "contacted", "rows": ["@acme"]}),
    Post("partners:bulk_undo", "bulk", EDIT),
    Page("partners:hand_over", "", EDIT, EDIT, {"giver": "@coordinator", "to": "@admin"}),
    Page("partners:end_membership", "member", MANAGE, MANAGE),
    Post("partners:hand_over_undo", "handed_over", EDIT),
    Page("partners:board"),
    Page("partners:stages", "", MANAGE, MANAGE, {"name": "Handshake", "on_ladder": "on"}),
    Page("partners:stage", "champion", MANAGE, MANAGE, {"name": "First meeting", "on_ladder": "on"}),
    Page("partners:stage_retirement", "contacted", MANAGE, MANAGE, {"replacement": "meeting"}),
    Post("partners:stage_restoration", "paused 0", MANAGE),
    Post("partners:stage_place", "champion up", MANAGE),
    Page("partners:stage_move", "acme", EDIT, EDIT, {"stage": "active"}),
    Post("partners:stage_undo", "stage_change", EDIT),
    Page("partners:add", "", EDIT, EDIT, PARTNER),
    Page("partners:log", "", LOG, LOG, {**LOGGED, "partner": "Acme Manufacturing, Inc."}),
    Page("partners:names", "", LOG, query="partner=acme"),
    Post("partners:entry_removal", "entry", MINE, get=LOG.replace("o", "m")),
    Page("partners:contact", "ray", EDIT, EDIT, CONTACT),
    Post("partners:contact_departure", "ray", EDIT),
    Page("partners:contact_move", "ray", EDIT, EDIT, {"partner": "Bolt Electric", "on": "2026-11-01"}),
    Post("partners:contact_move_undo", "moved", EDIT),
    Page("partners:document_add", "acme", EDIT, EDIT, DOCUMENT),
    Page("partners:document", "acme paper", EDIT, EDIT, DOCUMENT),
    Page("partners:document_renewal", "acme paper", EDIT, EDIT, DOCUMENT),
    Page("partners:document_file", "acme paper", EDIT),
    Post("partners:document_ending", "acme paper", EDIT),
    Page("partners:referrers", "", LOG, query="referrer=acme"),
    Page("partners:industries", "", LOG, query="naics=machine"),
    Page("partners:logo", "acme"),
    Page("partners:logo_edit", "acme", EDIT, EDIT, {"file": logo}),
    Post("partners:logo_removal", "acme", EDIT),
    Page("partners:detail", "acme"),
    Page("partners:edit", "acme", EDIT, EDIT, PARTNER),
    Page("partners:changes", "acme"),
    Post("partners:archive", "acme", EDIT),
    Post("partners:restore", "archived", EDIT),
    Page("partners:asks", "acme"),
    Page("partners:asks_file", "acme csv"),
    Page("partners:onboarding_steps"),
    Post("partners:onboarding_steps_own", "", MANAGE.replace("o", "s"), get=MANAGE.replace("o", "m")),
    Page("partners:onboarding_step_add", "", MANAGE, MANAGE, STEP),
    Page("partners:onboarding_step", "steps_own", MANAGE, MANAGE, STEP),
    Post("partners:onboarding_step_retirement", "steps_own", MANAGE),
    Page("partners:onboarding", "acme"),
    Post("partners:onboarding_start", "bolt", EDIT),
    Post("partners:onboarding_stop", "acme", EDIT),
    Page("partners:onboarding_task", "acme open_step", EDIT, EDIT, {"owner": "@coordinator", "due": "2027-02-01"}),
    Post("partners:onboarding_done", "acme open_step", LOG, {"how": "done"}),
    Post("partners:onboarding_undo", "acme done_step", LOG),
    Page("partners:next_asks"),
    Page("partners:ladder", "acme"),
    Page("partners:not_now", "acme", LOG, LOG, {"type": "tour", "until": "2027-06-01"}),
    Post("partners:not_now_removal", "acme put_off", LOG),
    Page("partners:entry_trouble", "entry", LOG, LOG, {"note": "Nobody came"}),
    Post("partners:entry_trouble_removal", "trouble", LOG),
    Page("partners:ask_answer", "acme ask", LOG, LOG, {"answer": "yes"}),
    Post("partners:ask_answer_removal", "acme answered", LOG),
    Page("partners:log_with", "acme", LOG, LOG, LOGGED),
    Page("partners:contact_add", "acme", LOG, LOG, CONTACT),
    Page("partners:site_add", "acme", EDIT, EDIT, SITE),
    Page("partners:site", "acme site", EDIT, EDIT, SITE),
    Page("partners:offer_add", "acme", EDIT, EDIT, OFFER),
    Page("partners:offer", "acme offer", EDIT, EDIT, OFFER),
    Post("partners:offer_closing", "acme offer", EDIT),
]

TODOS = [
    Page("todo:add", "", LOG, LOG, TODO),
    Page("todo:edit", "todo", LOG, LOG, TODO),
    Post("todo:closing", "todo", LOG),
    Post("todo:reopening", "done", LOG),
]

SETTINGS = [
    Page("settings:home"),
    Page("settings:people"),
    Page("settings:invite", "", MANAGE, MANAGE, {"email": "nora@example.org", "role": "viewer"}),
    Post("settings:resend_invitation", "invitation", MANAGE),
    Post("settings:revoke_invitation", "invitation", MANAGE),
    Page("settings:member", "member", MANAGE, MANAGE, {"role": "staff", "schools": ["@south"]}),
    Post("settings:resume_member", "ended", MANAGE),
    Page(
        "settings:join",
        "!invitation_token",
        INVITED,
        "n nnnnn n nn n n o",
        {"name": "Sam", "password": "river walk 88"},
    ),
    Page("settings:schools", "", VIEW, MANAGE, {"name": "East High"}),
    Page("settings:school", "school", MANAGE, MANAGE, {"name": "West High School"}),
    Page("settings:calendar"),
    Page("settings:add_part", "days", MANAGE, MANAGE, DAYS),
    Page("settings:part", "terms term", MANAGE, MANAGE, DAYS),
    Post("settings:remove_part", "days day", MANAGE),
    Post("settings:restore_part", "terms removed_term", MANAGE),
    Page("settings:district", "", MANAGE, MANAGE, DISTRICT),
    Page("settings:regions", "", VIEW, "L ffffn n nn n n L", {"slug": "prairie"}),
    Post("settings:end_region", "tie", MANAGE),
    Post("settings:end_demo", "", MANAGE.replace("o", "n"), get=MANAGE.replace("o", "m")),
]

OUTSIDE = [
    Page("entrance", "", "L rrrrr r rr r r L", outside=True),
    Page("districts", "", ACCOUNT, outside=True),
    Page("partnerships", "", "L ooooo o rr o o L", outside=True),
    Page("me", "", ACCOUNT, ACCOUNT, {"name": "Another Name", "goes_by": "Nan"}, outside=True),
    Post("end_session", "session", MINE_ALONE, get=ACCOUNT.replace("o", "m"), outside=True),
    Page("health", "", PUBLIC, outside=True),
    Page("set_language", "", PUBLIC.replace("o", "r"), outside=True),
    Page("operator:districts", "", OPERATOR, outside=True),
    Page("operator:create", "", OPERATOR, OPERATOR, NEW_DISTRICT, outside=True),
    Page("operator:rename", "cedar", OPERATOR, OPERATOR, {"slug": "cedar-valley"}, outside=True),
    Page("operator:enter", "cedar", OPERATOR, OPERATOR, {"reason": "Asked for help"}, outside=True),
    Post("operator:leave", "", OPERATOR.replace("o", "r"), get=OPERATOR.replace("o", "m"), outside=True),
    Post("operator:end_demo", "", NOBODY, get=OPERATOR.replace("o", "m"), outside=True),
]

TABLE: list[Page] = [
    *HOME,
    *PARTNERS,
    *IMPORTS,
    *SAVED,
    *MERGES,
    *TODOS,
    *SETTINGS,
    *OUTSIDE,
    *PLACEMENTS,
    *PORTAL_ROWS,
    *REPORTS,
    *FILES,
    *MAIL,
    *SEQUENCES,
    *COUNCILS,
    *PATHWAYS,
]
