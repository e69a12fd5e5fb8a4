"""The district's public pages, composed of all apps."""

app_name = "public"
urlpatterns: list = []
