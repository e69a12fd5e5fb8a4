from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "wbl.mail"
    label = "mail"
