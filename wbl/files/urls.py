"""Addresses of stored files inside a district."""

from django.urls import path

from wbl.files import views

app_name = "files"
urlpatterns = [path("<int:pk>/", views.download, name="download")]
