"""PostgreSQL, Valkey and a mail sink on this machine, for `manage.py up`, `manage.py test` and every other command.

Nothing here imports Django or an app: it runs before settings exist.
"""
