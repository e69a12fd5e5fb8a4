from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "wbl.links"
    label = "links"
