"""Rows of the role table for imports (see table.py)."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.listed import LIST
from tests.access.rows import EDIT, Page, Post

COLUMNS = {"column_0": "org_name", "column_1": "email", "column_2": "org_phone", "column_3": "zip", "column_4": "note"}


def upload() -> Any:
    return SimpleUploadedFile("chamber.csv", LIST)


IMPORTS = [
    Page("partners:import", "", EDIT, EDIT, {"file": upload}),
    Page("partners:import_columns", "open_list", EDIT, EDIT, COLUMNS),
    Page("partners:import_plan", "checked_list", EDIT),
    Page("partners:import_progress", "queued_list", EDIT),
    Page("partners:import_left", "checked_list", EDIT),
    Page("partners:import_left_file", "checked_list csv", EDIT),
    Page("partners:import_rows_file", "checked_list xlsx", EDIT),
    Post("partners:import_sheet", "open_list", EDIT.replace("o", "s"), {"sheet": ""}, get=EDIT.replace("o", "m")),
    Post("partners:import_guess", "mapped_list", EDIT),
    Page("partners:import_words", "staged_list", EDIT, EDIT, {"word_0": "active"}),
    Page("partners:import_row", "checked_list 3", EDIT, EDIT, {"cell_0": "Bright Start", "cell_1": "a@bright.example"}),
    Post("partners:import_note", "checked_list 4", EDIT),
    Post("partners:import_decisions", "checked_list", EDIT, {"decision": "both"}),
    Post("partners:import_decision", "checked_list 4", EDIT, {"decision": "both"}),
    Post("partners:import_correction", "checked_list 3", EDIT, {"value": "desk@bright.example"}),
    Post("partners:import_application", "checked_list", EDIT),
    Post("partners:import_discard", "checked_list", EDIT),
    Page("partners:import_undo", "applied_list", EDIT, EDIT),
]
