from django.apps import AppConfig


class SavedConfig(AppConfig):
    name = "wbl.saved"
    label = "saved"
