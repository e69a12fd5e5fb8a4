from django.apps import AppConfig


class ContinuumConfig(AppConfig):
    name = "wbl.continuum"
    label = "continuum"
    verbose_name = "Kinds of experience"
