"""The URL table as `manage.py up` has it."""

from django.urls import include, path

from wbl.urls import urlpatterns as usual

urlpatterns = [*usual, path("local/", include("wbl.mail.local_urls"))]
