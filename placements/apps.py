from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "placements"

    def ready(self) -> None:
        from partners.hooks import register_activity
        from placements.done import with_partners

        register_activity(with_partners)
