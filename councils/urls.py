"""Addresses of this app inside a district."""

app_name = "councils"
urlpatterns: list = []
