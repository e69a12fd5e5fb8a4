"""The district's public pages, composed of all apps."""

from django.urls import path

from pathways import public as pathways

app_name = "public"
urlpatterns = [
    path("", pathways.index, name="index"),
    path("pathways/", pathways.index, name="pathways"),
    path("pathways/<int:pk>/", pathways.pathway, name="pathway"),
    path("pathways/<int:pk>/logos/<int:organization>.png", pathways.logo, name="logo"),
]
