"""Rows of the role table for councils and pathways (see table.py)."""

from tests.access.rows import EDIT, PUBLIC, VIEW, Page, Post

COUNCIL = {
    "name": "Health Careers Council",
    "kind": "advisory",
    "letter": "H",
    "minimum_members": "8",
    "maximum_members": "10",
    "meetings_per_year": "4",
    "quorum_rule": "majority",
    "notice_days": "7",
    "term_years": "2",
}
CALL = {"day": "2027-02-11", "starts": "07:30", "ends": "08:45", "place": "Acme", "agenda": "Welcome, 5 min"}
MOVE = {"day": "2027-03-11", "starts": "07:30", "ends": "08:45", "place": "North High"}
ITEM = {"title": "Who else?", "minutes_allotted": "10"}
DECISION = {"text": "Pilot in January"}
OCCUPATION = {"title": "Welder", "source": "Workforce board, 2026"}

COUNCILS = [
    Page("councils:list"),
    Page("councils:new", "", EDIT, EDIT, COUNCIL),
    Page("councils:decisions"),
    Page("councils:decisions_export", "csv"),
    Page("councils:detail", "council"),
    Page("councils:edit", "council", EDIT, EDIT, COUNCIL),
    Post("councils:archive", "council"),
    Post("councils:restore", "archived_council"),
    Page("councils:seat_new", "council", EDIT, EDIT, {"category": "labor", "title": "welding"}),
    Page("councils:seat", "seat", EDIT, EDIT, {"category": "labor", "title": "welding"}),
    Post("councils:seat_vacancy", "seat"),
    Post("councils:seat_end", "seat"),
    Post("councils:seat_return", "former_seat"),
    Page("councils:call", "council", EDIT, EDIT, CALL),
    Post("councils:call_preview", "council", EDIT.replace("o", "s"), CALL, get=EDIT.replace("o", "m")),
    Page("councils:meeting", "meeting"),
    Page("councils:meeting_changes", "meeting"),
    Page("councils:meeting_edit", "meeting", EDIT, EDIT, MOVE),
    Page("councils:cancellation", "meeting", EDIT, EDIT, {"reason": "Ice on the roads"}),
    Post("councils:invitations", "meeting"),
    Post("councils:closure", "meeting"),
    Post("councils:reopening", "closed_meeting"),
    Page("councils:approval", "closed_meeting", EDIT, EDIT),
    Page("councils:packet", "meeting"),
    Page("councils:packet_pdf", "meeting"),
    Page("councils:calendar", "meeting"),
    Page("councils:sign_in", "meeting"),
    Page("councils:mail", "meeting"),
    Page("councils:amendments", "approved_meeting"),
    Page("councils:item_new", "meeting", EDIT, EDIT, ITEM),
    Page("councils:item", "item", EDIT, EDIT, ITEM),
    Post("councils:minutes", "item", EDIT, {"text": "Acme takes one", "version": "0"}),
    Page("councils:amendment", "approved_item", EDIT, EDIT, {"text": "Two", "reason": "Ray corrected it"}),
    Post("councils:item_place", "item", EDIT, {"by": "1"}),
    Post("councils:item_removal", "item"),
    Post("councils:presence", "asked", EDIT, {"present": "on"}),
    Page("councils:answer", "asked", EDIT, EDIT, {"status": "accepted"}),
    Page("councils:outcome_new", "meeting decisions", EDIT, EDIT, DECISION),
    Page("councils:outcome", "decisions decision", EDIT, EDIT, DECISION),
    Post("councils:outcome_removal", "decisions decision"),
    Post("councils:action_completion", "action"),
]

PATHWAYS = [
    Page("pathways:list"),
    Page("pathways:new", "", EDIT, EDIT, {"name": "Welding", "cluster": "construction"}),
    Post("pathways:adoption", "publication"),
    Page("pathways:detail", "pathway"),
    Page("pathways:seats", "pathway training"),
    Post("pathways:publication", "pathway"),
    Post("pathways:withdrawal", "public_pathway"),
    Post("pathways:archive", "pathway"),
    Post("pathways:restore", "archived_pathway"),
    Post("pathways:sharing", "pathway", EDIT.replace("o", "n"), get=EDIT.replace("o", "m")),
    Page("pathways:update", "adopted", VIEW, EDIT),
    Page("pathways:edit", "pathway", EDIT),
    Page("pathways:facts", "pathway", EDIT, EDIT, {"name": "Welding", "cluster": "construction"}),
    Post("pathways:step_place", "pathway step", EDIT, {"by": "1"}),
    Page("pathways:part_new", "pathway occupations", EDIT, EDIT, OCCUPATION),
    Page("pathways:part", "pathway occupations occupation", EDIT, EDIT, OCCUPATION),
    Post("pathways:part_removal", "pathway occupations occupation"),
    Page("public:index", "", PUBLIC),
    Page("public:pathways", "", PUBLIC),
    Page("public:pathway", "public_pathway", PUBLIC),
    Page("public:logo", "public_pathway acme", PUBLIC),
]
