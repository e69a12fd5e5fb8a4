from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "wbl.files"
    label = "files"
