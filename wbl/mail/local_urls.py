"""Pages that exist only under `manage.py up`."""

app_name = "local"
urlpatterns: list = []
