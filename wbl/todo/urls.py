"""Addresses of to-dos inside a district."""

from django.urls import path

from wbl.todo import views

app_name = "todo"
urlpatterns = [
    path("new/", views.todo, name="add"),
    path("<int:pk>/", views.todo, name="edit"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/reopening/", views.reopening, name="reopening"),
]
