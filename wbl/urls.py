"""Addresses without a district. A district's own are in wbl.district_urls, under /<district>/."""

from django.conf import settings
from django.urls import include, path

from wbl.accounts import views as accounts
from wbl.home import entrance, health

urlpatterns = [
    path("", entrance.entrance, name="entrance"),
    path("districts/", entrance.districts, name="districts"),
    path("accounts/me/", accounts.me, name="me"),
    path("accounts/", include("allauth.urls")),
    path("operator/", include("wbl.home.operator_urls")),
    path("portal/", entrance.partnerships, name="partnerships"),
    path("health/", health.health, name="health"),
    path("hooks/", include("wbl.mail.hook_urls")),
]
if settings.WBL_UP:  # pages that exist only on one's own machine
    urlpatterns.append(path("local/", include("wbl.mail.local_urls")))
