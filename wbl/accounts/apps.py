from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wbl.accounts"
    label = "accounts"
