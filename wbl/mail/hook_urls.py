"""Addresses that mail providers call."""

app_name = "hooks"
urlpatterns: list = []
