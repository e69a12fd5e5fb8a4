"""Addresses of this app inside a district."""

from django.urls import path

from placements.views import board, events, hours, placement, students

app_name = "placements"
urlpatterns = [
    path("", board.board, name="board"),
    path("list/", board.placement_list, name="list"),
    path("list/export.<str:form>", board.placement_export, name="export"),
    path("new/", placement.new, name="new"),
    path("<int:pk>/", placement.detail, name="detail"),
    path("<int:pk>/changes/", placement.changes, name="changes"),
    path("<int:pk>/facts/", placement.edit, name="edit"),
    path("<int:pk>/steps/", placement.tick, name="tick"),
    path("<int:pk>/steps/<slug:step>/removal/", placement.untick, name="untick"),
    path("<int:pk>/hours/", hours.enter, name="hours"),
    path("<int:pk>/hours/approval/", hours.approve, name="hours_approve"),
    path("<int:pk>/hours/approval/<int:at>/undo/", hours.disapprove, name="hours_disapprove"),
    path("<int:pk>/hours/<int:entry>/removal/", hours.remove, name="hours_remove"),
    path("<int:pk>/end/", placement.end, name="end"),
    path("<int:pk>/end/undo/", placement.reopen, name="reopen"),
    path("students/", students.student_list, name="students"),
    path("students/export.<str:form>", students.student_export, name="students_export"),
    path("students/names/", students.names, name="student_names"),
    path("students/new/", students.new, name="student_new"),
    path("students/<int:pk>/", students.detail, name="student"),
    path("students/<int:pk>/changes/", students.changes, name="student_changes"),
    path("students/<int:pk>/card/", students.edit, name="student_edit"),
    path("events/", events.event_list, name="events"),
    path("events/export.<str:form>", events.event_export, name="events_export"),
    path("events/new/", events.new, name="event_new"),
    path("events/<int:pk>/", events.detail, name="event"),
    path("events/<int:pk>/changes/", events.changes, name="event_changes"),
    path("events/<int:pk>/facts/", events.edit, name="event_edit"),
    path("events/<int:pk>/sheet/", events.sheet, name="sheet"),
    path("events/<int:pk>/roster/", events.roster, name="roster"),
    path("events/<int:pk>/roster/<int:row>/removal/", events.roster_remove, name="roster_remove"),
    path("events/<int:pk>/roll/", events.roll, name="roll"),
    path("events/<int:pk>/cancellation/", events.cancel, name="event_cancel"),
    path("events/<int:pk>/cancellation/undo/", events.restore, name="event_restore"),
]
