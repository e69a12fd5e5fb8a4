from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "wbl.home"
    label = "home"
