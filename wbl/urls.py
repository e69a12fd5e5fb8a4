"""Addresses without a district. A district's own are in wbl.district_urls, under /<district>/."""

from allauth.socialaccount.views import login_error
from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

from wbl.accounts import views as accounts
from wbl.accounts.access import public
from wbl.home import entrance, health

urlpatterns = [
    path("", entrance.entrance, name="entrance"),
    path("districts/", entrance.districts, name="districts"),
    path("accounts/email/", accounts.emails, name="account_email"),
    path("accounts/me/", accounts.me, name="me"),
    path("accounts/sessions/<int:pk>/ending/", accounts.end_session, name="end_session"),
    # allauth forgot to open it by name, and whom it tells that a sign-in failed is signed out
    path("accounts/3rdparty/login/error/", public(login_error), name="socialaccount_login_error"),
    path("accounts/", include("allauth.urls")),
    path("operator/", include("wbl.home.operator_urls")),
    path("portal/", entrance.partnerships, name="partnerships"),
    path("i18n/language/", public(set_language), name="set_language"),
    path("health/", health.health, name="health"),
    path("hooks/", include("wbl.mail.hook_urls")),
]
if settings.WBL_UP:  # pages that exist only on one's own machine
    urlpatterns.append(path("local/", include("wbl.mail.local_urls")))
