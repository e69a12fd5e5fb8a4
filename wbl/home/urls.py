"""The pages that belong to all apps."""

from django.urls import path

from wbl.home import granting, search, today

app_name = "home"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("portal-access/<int:contact>/", granting.grant, name="portal_grant"),
    path("portal-access/<int:contact>/removal/", granting.revoke, name="portal_revoke"),
]
