"""The pages that belong to all apps."""

from django.urls import path

from wbl.home import search, today

app_name = "home"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
]
