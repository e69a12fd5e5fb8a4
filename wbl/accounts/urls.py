from django.urls import path

from wbl.accounts import calendar, district, joining, people, views

app_name = "settings"
urlpatterns = [
    path("", views.home, name="home"),
    path("people/", people.people, name="people"),
    path("people/invitation/", people.invite, name="invite"),
    path("people/invitations/<int:pk>/again/", people.resend_invitation, name="resend_invitation"),
    path("people/invitations/<int:pk>/revocation/", people.revoke_invitation, name="revoke_invitation"),
    path("people/<int:pk>/", people.member, name="member"),
    path("people/<int:pk>/return/", people.resume_member, name="resume_member"),
    path("join/<str:token>/", joining.join, name="join"),
    path("schools/", calendar.schools, name="schools"),
    path("schools/<int:pk>/", calendar.school, name="school"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<slug:part>/new/", calendar.add_part, name="add_part"),
    path("calendar/<slug:part>/<int:pk>/", calendar.part, name="part"),
    path("calendar/<slug:part>/<int:pk>/removal/", calendar.remove_part, name="remove_part"),
    path("calendar/<slug:part>/<int:change>/return/", calendar.restore_part, name="restore_part"),
    path("district/", district.district, name="district"),
    path("regions/", district.regions, name="regions"),
    path("regions/<int:pk>/ending/", district.end_region, name="end_region"),
    path("demo/removal/", district.end_demo, name="end_demo"),
]
