"""Rows of the role table for duplicates, merges and history (see table.py)."""

from tests.access.placement_rows import LOG_NORTH
from tests.access.rows import EDIT, VIEW, Page, Post

MERGES = [
    Page("partners:duplicates"),
    Post("partners:duplicate_search", "", EDIT.replace("o", "s"), get=EDIT.replace("o", "m")),
    Post("partners:duplicate_dismissal", "pair", EDIT),
    Post("partners:duplicate_reconsideration", "told_apart", EDIT),
    Page("partners:alike", "", EDIT, query="name=acme"),
    Page("partners:merge_with", "acme", EDIT),
    Page("partners:contact_merge_with", "ray", EDIT),
    Page("partners:merge", "acme twin", EDIT, EDIT, {"name": "mine", "stage": "mine"}),
    Page("partners:contact_merge", "ray twin_ray", EDIT, EDIT, {"name": "mine"}),
    Page("partners:contact_changes", "ray"),
    Page("councils:changes", "council"),
    Page("pathways:changes", "pathway"),
    Page("placements:changes", "placement", get=LOG_NORTH),
    Post("history:value", "renamed name", EDIT),
    Post("history:return", "removed_site", EDIT),
    Page("partners:merge_done", "merged", VIEW),
    Post("partners:merge_undo", "merged", EDIT),
]
