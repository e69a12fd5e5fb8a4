"""Addresses of views of lists inside a district."""

from django.urls import path

from wbl.saved import views

app_name = "saved"
urlpatterns = [
    path("new/", views.save, name="save"),
    path("columns/", views.columns, name="columns"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/opening/", views.opening, name="opening"),
    path("<int:pk>/removal/", views.removal, name="removal"),
    path("<int:pk>/restoration/", views.restoration, name="restoration"),
]
