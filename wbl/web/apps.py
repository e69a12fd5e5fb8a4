from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wbl.web"
    label = "web"
