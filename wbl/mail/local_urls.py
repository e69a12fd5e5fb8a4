"""Pages that exist only under `manage.py up`."""

from django.urls import path

from wbl.mail import local

app_name = "local"
urlpatterns = [
    path("mail/", local.mails, name="mails"),
    path("mail/<str:name>/", local.mail, name="mail"),
    path("mail/<str:name>/html/", local.mail_html, name="mail_html"),
]
