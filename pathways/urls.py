"""Addresses of this app inside a district."""

app_name = "pathways"
urlpatterns: list = []
