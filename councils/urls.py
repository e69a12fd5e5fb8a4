"""Addresses of councils inside a district."""

from django.urls import path

from councils.views import councils, meetings, minutes

app_name = "councils"
urlpatterns = [
    path("", councils.council_list, name="list"),
    path("new/", councils.new, name="new"),
    path("<int:pk>/", councils.detail, name="detail"),
    path("<int:pk>/changes/", councils.changes, name="changes"),
    path("<int:pk>/edit/", councils.edit, name="edit"),
    path("<int:pk>/archive/", councils.archive, name="archive"),
    path("<int:pk>/restore/", councils.restore, name="restore"),
    path("<int:pk>/seats/new/", councils.seat_new, name="seat_new"),
    path("<int:pk>/meetings/new/", meetings.call, name="call"),
    path("<int:pk>/meetings/preview/", meetings.call_preview, name="call_preview"),
    path("seats/<int:pk>/", councils.seat, name="seat"),
    path("seats/<int:pk>/vacancy/", councils.seat_vacancy, name="seat_vacancy"),
    path("seats/<int:pk>/end/", councils.seat_end, name="seat_end"),
    path("seats/<int:pk>/return/", councils.seat_return, name="seat_return"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/changes/", meetings.meeting_changes, name="meeting_changes"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/cancellation/", meetings.cancellation, name="cancellation"),
    path("meetings/<int:pk>/invitations/", meetings.invitations, name="invitations"),
    path("meetings/<int:pk>/closure/", meetings.closure, name="closure"),
    path("meetings/<int:pk>/reopening/", meetings.reopening, name="reopening"),
    path("meetings/<int:pk>/approval/", meetings.approval, name="approval"),
    path("meetings/<int:pk>/packet/", meetings.packet, name="packet"),
    path("meetings/<int:pk>/packet.pdf", meetings.packet_pdf, name="packet_pdf"),
    path("meetings/<int:pk>/meeting.ics", meetings.calendar, name="calendar"),
    path("meetings/<int:pk>/sign-in/", meetings.sign_in, name="sign_in"),
    path("meetings/<int:pk>/mail/", meetings.mail, name="mail"),
    path("meetings/<int:pk>/amendments/", meetings.amendments, name="amendments"),
    path("meetings/<int:pk>/items/new/", minutes.item_new, name="item_new"),
    path("meetings/<int:pk>/<slug:kind>/new/", minutes.outcome_new, name="outcome_new"),
    path("items/<int:item>/", minutes.item, name="item"),
    path("items/<int:item>/minutes/", minutes.minutes, name="minutes"),
    path("items/<int:item>/amendment/", minutes.amendment, name="amendment"),
    path("items/<int:item>/place/", minutes.item_place, name="item_place"),
    path("items/<int:item>/removal/", minutes.item_removal, name="item_removal"),
    path("invitations/<int:invitation>/presence/", minutes.presence, name="presence"),
    path("invitations/<int:invitation>/answer/", minutes.answer, name="answer"),
    path("actions/<int:pk>/completion/", minutes.action_completion, name="action_completion"),
    path("outcomes/<slug:kind>/<int:pk>/", minutes.outcome, name="outcome"),
    path("outcomes/<slug:kind>/<int:pk>/removal/", minutes.outcome_removal, name="outcome_removal"),
]
