"""Rows of the role table for duplicates, merges and history (see table.py)."""

from tests.access.rows import EDIT, VIEW, Page, Post

MERGES = [
    Page("partners:duplicates"),
    Post("partners:duplicate_search", "", EDIT.replace("o", "s"), get=EDIT.replace("o", "m")),
    Post("partners:duplicate_dismissal", "pair", EDIT),
    Post("partners:duplicate_reconsideration", "told_apart", EDIT),
    Page("partners:alike", "", EDIT, query="name=acme"),
    Page("partners:merge_with", "acme", EDIT),
    Page("partners:contact_merge_with", "ray", EDIT),
    Page("partners:merge", "acme twin", EDIT, EDIT, {"name": "mine"}),
    Page("partners:contact_merge", "ray twin_ray", EDIT, EDIT, {"name": "mine"}),
    Page("partners:merge_done", "merged", VIEW),
    Post("partners:merge_undo", "merged", EDIT),
]
