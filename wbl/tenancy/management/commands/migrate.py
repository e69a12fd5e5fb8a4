"""`migrate` runs as the owner of the tables and then makes the catalog match the models."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from wbl.tenancy import catalog
from wbl.tenancy.owner import as_owner


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"] or options["app_label"]):
                ran = catalog.apply(connection)
                if options["verbosity"] > 0:
                    self.stdout.write(f"Walls: {ran} statements, {len(catalog.tenant_models())} tenant tables.")
