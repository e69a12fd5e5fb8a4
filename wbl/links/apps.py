from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LinksConfig(AppConfig):
    name = "wbl.links"
    label = "links"

    def ready(self) -> None:
        """Load the views behind mailed links: every app's public.py."""
        autodiscover_modules("public")
