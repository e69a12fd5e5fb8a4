"""Addresses of one district, under /<district>/ (wbl.tenancy.middleware)."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("wbl.home.urls")),
    path("partners/", include("partners.urls")),
    path("councils/", include("councils.urls")),
    path("placements/", include("placements.urls")),
    path("pathways/", include("pathways.urls")),
    path("mail/", include("wbl.mail.urls")),
    path("settings/", include("wbl.accounts.urls")),
    path("to-dos/", include("wbl.todo.urls")),
    path("views/", include("wbl.saved.urls")),
    path("history/", include("wbl.history.urls")),
    path("files/", include("wbl.files.urls")),
    path("go/", include("wbl.links.urls")),
    path("portal/<int:organization>/", include("wbl.home.portal_urls")),
    path("work-based-learning/", include("wbl.home.public_urls")),
    path("admin/", admin.site.urls),
]
