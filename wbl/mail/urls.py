"""Addresses of this app inside a district."""

app_name = "mail"
urlpatterns: list = []
