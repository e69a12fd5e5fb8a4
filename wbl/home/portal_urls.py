"""What partners see, composed of all apps."""

app_name = "portal"
urlpatterns: list = []
