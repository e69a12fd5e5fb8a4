"""Lookups that every model may use."""

from typing import Any

from django.db.models import BigAutoField, BigIntegerField, ForeignKey, Lookup


class AnyOf(Lookup):
    """`filter(about_id__any=ids)`: one parameter however many ids, where `__in` prepares, quotes and sends each."""

    lookup_name = "any"

    def get_prep_lookup(self) -> Any:
        return self.rhs if hasattr(self.rhs, "as_sql") else list(self.rhs)

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [value]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, of_column = self.process_lhs(compiler, connection)
        array, values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({array})", (*of_column, *values)


def register() -> None:
    for field in (BigAutoField, BigIntegerField, ForeignKey):
        field.register_lookup(AnyOf)
