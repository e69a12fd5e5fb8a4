from django.apps import AppConfig

from wbl.web import lookups


class WebConfig(AppConfig):
    name = "wbl.web"
    label = "web"

    def ready(self) -> None:
        lookups.register()
