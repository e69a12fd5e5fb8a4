from django.apps import AppConfig


class TodoConfig(AppConfig):
    name = "wbl.todo"
    verbose_name = "To-dos"
    label = "todo"
