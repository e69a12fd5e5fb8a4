"""Addresses of this app inside a district."""

app_name = "placements"
urlpatterns: list = []
