from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self) -> None:
        from partners.hooks import register_needs
        from pathways.coverage import needs_of

        register_needs(needs_of)
