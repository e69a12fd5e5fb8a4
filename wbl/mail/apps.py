from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MailConfig(AppConfig):
    name = "wbl.mail"
    label = "mail"

    def ready(self) -> None:
        """Load every app's emails.py: its triggers, kinds of mail and people."""
        autodiscover_modules("emails")
        import_module("wbl.mail.hooks")  # hears what providers tell
