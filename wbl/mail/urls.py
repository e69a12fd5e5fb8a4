"""Addresses of mail inside a district."""

from django.urls import path

from wbl.mail import public

app_name = "mail"
urlpatterns = [
    path("stop/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("choices/<str:token>/", public.preferences, name="preferences"),
]
