from django.apps import AppConfig


class TodoConfig(AppConfig):
    name = "wbl.todo"
    label = "todo"
