from django.apps import AppConfig


class ContinuumConfig(AppConfig):
    name = "wbl.continuum"
    label = "continuum"
