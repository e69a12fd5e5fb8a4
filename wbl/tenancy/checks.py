"""System checks that keep the walls standing."""

from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection, models

from wbl.tenancy.base import DistrictManager, DistrictModel
from wbl.tenancy.catalog import tenant_models
from wbl.tenancy.globals import GLOBAL_TABLES


def every_table_is_placed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each table is behind the walls or on the list of global tables, with a reason."""
    labels = {m._meta.label: m for m in apps.get_models(include_auto_created=True) if m._meta.managed}
    stray = [m for label, m in labels.items() if not issubclass(m, DistrictModel) and label not in GLOBAL_TABLES]
    return [
        Error(
            f"{m._meta.label} is neither a DistrictModel nor a global table.",
            hint="Inherit DistrictModel, or name it in wbl/tenancy/globals.py with the reason.",
            obj=m,
            id="wbl.E001",
        )
        for m in stray
    ]


def tenant_models_keep_the_rules(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One manager, no automatic many-to-many tables, no tables shared by inheritance, no generic keys."""
    found: list[CheckMessage] = []
    for model in tenant_models():
        if not isinstance(model._meta.default_manager, DistrictManager):
            found.append(
                Error(f"{model._meta.label}: the default manager must be a DistrictManager.", obj=model, id="wbl.E002")
            )
        for field in model._meta.many_to_many:
            through: Any = field.remote_field.through
            if not issubclass(through, DistrictModel):
                found.append(
                    Error(
                        f"{model._meta.label}.{field.name} needs a through that is a DistrictModel.",
                        obj=model,
                        id="wbl.E003",
                    )
                )
        if model._meta.parents:
            found.append(
                Error(
                    f"{model._meta.label}: no multi-table inheritance between tenant tables.", obj=model, id="wbl.E004"
                )
            )
        if model._meta.private_fields:
            found.append(
                Error(f"{model._meta.label}: a reference to any record is a kind and an id.", obj=model, id="wbl.E005")
            )
        found.extend(
            Error(f"{model._meta.label}.{field.name} is unique across districts.", obj=model, id="wbl.E006")
            for field in model._meta.local_concrete_fields
            if isinstance(field, models.OneToOneField)
            and not issubclass(cast(type, field.related_model), DistrictModel)
        )
    return found


def application_role_is_bound(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The role of the running application is neither owner nor superuser and cannot bypass row-level security."""
    if not databases or connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        unbound = cursor.fetchone()[0]
        cursor.execute("select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user")
        owns = cursor.fetchone()[0]
    if not (unbound or owns):
        return []
    return [
        Error(
            f"The database role of DATABASE_URL ({connection.settings_dict['USER']}) owns tables or bypasses row-level security.",
            hint="Use wbl_run for DATABASE_URL and wbl_owner for DATABASE_OWNER_URL (docs/deploy.md).",
            id="wbl.E007",
        )
    ]


def pooling_keeps_sessions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The scope is a session's setting: a pooler in transaction mode would hand it to somebody else."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "transaction" in str(options.get("pool_mode", "")) or settings.DATABASES["default"].get(
        "DISABLE_SERVER_SIDE_CURSORS"
    ):
        return [
            Error(
                "The database connection is set up for transaction pooling.",
                hint="Use PgBouncer in session mode, or psycopg's pool.",
                id="wbl.E008",
            )
        ]
    return []
