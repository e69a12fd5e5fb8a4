"""Addresses of imports, under `partners/import/`."""

from django.urls import path

from partners.views import import_rows, importing

urlpatterns = [
    path("", importing.imports, name="import"),
    path("<int:pk>/", importing.plan, name="import_plan"),
    path("<int:pk>/columns/", importing.columns, name="import_columns"),
    path("<int:pk>/sheet/", importing.sheet, name="import_sheet"),
    path("<int:pk>/guess/", importing.guess, name="import_guess"),
    path("<int:pk>/values/", importing.words, name="import_words"),
    path("<int:pk>/progress/", importing.progress, name="import_progress"),
    path("<int:pk>/application/", importing.application, name="import_application"),
    path("<int:pk>/undo/", importing.undoing, name="import_undo"),
    path("<int:pk>/discard/", importing.discard, name="import_discard"),
    path("<int:pk>/columns/<int:column>/note/", importing.note, name="import_note"),
    path("<int:pk>/decisions/", import_rows.decisions, name="import_decisions"),
    path("<int:pk>/rows/<int:number>/decision/", import_rows.decision, name="import_decision"),
    path("<int:pk>/rows/<int:number>/correction/", import_rows.correction, name="import_correction"),
    path("<int:pk>/rows/<int:number>/", import_rows.row_cells, name="import_row"),
    path("<int:pk>/left/", importing.left, name="import_left"),
    path("<int:pk>/left.<str:form>", importing.left_file, name="import_left_file"),
    path("<int:pk>/rows.<str:form>", importing.rows_file, name="import_rows_file"),
]
