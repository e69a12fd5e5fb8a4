"""Addresses of pathways inside a district."""

from django.urls import path

from pathways.views import editing, pages

app_name = "pathways"
urlpatterns = [
    path("", pages.pathway_list, name="list"),
    path("new/", pages.new, name="new"),
    path("from-region/<int:publication>/adoption/", pages.adoption, name="adoption"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/seats/<slug:level>/", pages.seats, name="seats"),
    path("<int:pk>/publication/", pages.publication, name="publication"),
    path("<int:pk>/withdrawal/", pages.withdrawal, name="withdrawal"),
    path("<int:pk>/archive/", pages.archive, name="archive"),
    path("<int:pk>/restore/", pages.restore, name="restore"),
    path("<int:pk>/sharing/", pages.sharing, name="sharing"),
    path("<int:pk>/update/", pages.update, name="update"),
    path("<int:pk>/changes/", pages.changes, name="changes"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/facts/", editing.facts, name="facts"),
    path("<int:pk>/steps/<int:step>/place/", editing.step_place, name="step_place"),
    path("<int:pk>/<slug:kind>/new/", editing.part_new, name="part_new"),
    path("<int:pk>/<slug:kind>/<int:part>/", editing.part, name="part"),
    path("<int:pk>/<slug:kind>/<int:part>/removal/", editing.part_removal, name="part_removal"),
]
