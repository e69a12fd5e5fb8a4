"""What partners see, composed of all apps."""

from django.urls import path

from wbl.home import portal, portal_council, portal_documents

app_name = "portal"
urlpatterns = [
    path("", portal.home, name="home"),
    path("logo.png", portal.logo, name="logo"),
    path("impact/", portal.impact, name="impact"),
    path("asks/<int:pk>/", portal.ask, name="ask"),
    path("hours/<int:pk>/confirmation/", portal.hours_confirm, name="hours_confirm"),
    path("hours/<int:pk>/confirmation/<int:at>/undo/", portal.hours_unconfirm, name="hours_unconfirm"),
    path("hours/<int:pk>/problem/", portal.hours_problem, name="hours_problem"),
    path("offers/new/", portal.offer, name="offer_new"),
    path("offers/<int:pk>/", portal.offer, name="offer"),
    path("offers/<int:pk>/closing/", portal.offer_close, name="offer_close"),
    path("invitations/<int:pk>/", portal_council.invitation, name="invitation"),
    path("documents/<slug:kind>/", portal_documents.document, name="document"),
    path("steps/<int:pk>/", portal.onboarding, name="onboarding"),
    path("contact/", portal.contact, name="contact"),
    path("mail/", portal.mail, name="mail"),
]
