from django.apps import AppConfig
from django.core.checks import Tags, register


class TenancyConfig(AppConfig):
    name = "wbl.tenancy"
    verbose_name = "Schools and calendar"
    label = "tenancy"

    def ready(self) -> None:
        from wbl.tenancy import checks

        register(checks.every_table_is_placed, Tags.models)
        register(checks.tenant_models_keep_the_rules, Tags.models)
        register(checks.application_role_is_bound, Tags.database)
        register(checks.pooling_keeps_sessions, Tags.security)
