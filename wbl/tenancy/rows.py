"""Rows as PostgreSQL holds them, read and written whole: what is put away can be put back to the last microsecond."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from wbl.tenancy.base import DistrictModel
from wbl.tenancy.copying import defaults_beside
from wbl.tenancy.scope import current_district_id

Row = dict[str, Any]


def read(model: type[models.Model], ids: Iterable[int]) -> list[Row]:
    """Columns of these rows as JSON values, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select to_jsonb(t)::text from {model._meta.db_table} t where district_id = %s and id = any(%s) order by id",
            [current_district_id(), list(ids)],
        )
        return [json.loads(text) for (text,) in cursor.fetchall()]


def insert(model: type[models.Model], row: Row) -> None:
    """Write a row back under its old id; columns that the table has got since take their defaults."""
    known = {f.column for f in model._meta.concrete_fields}
    row = {column: value for column, value in row.items() if column in known}
    more = defaults_beside(model, set(row)) if issubclass(model, DistrictModel) else {}
    columns = ", ".join(connection.ops.quote_name(c) for c in (*row, *more))
    given = ", ".join(f"r.{connection.ops.quote_name(c)}" for c in row)
    values = ", ".join([given, *["%s"] * len(more)])
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} ({columns}) select {values} from jsonb_populate_record(null::{table}, %s::jsonb) r",
            [*more.values(), json.dumps(row)],
        )


def delete(model: type[models.Model], pk: int) -> None:
    """Raises IntegrityError while anything points at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"delete from {model._meta.db_table} where district_id = %s and id = %s", [current_district_id(), pk]
        )


def write(model: type[models.Model], pk: int, values: Row) -> None:
    """Set columns of one row, from JSON values."""
    if not values:
        return
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = ", ".join(f"{quote(c)} = r.{quote(c)}" for c in values)
    touched = ", updated_at = clock_timestamp()" if _has_stamp(model) else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} t set {columns}{touched} from jsonb_populate_record(null::{table}, %s::jsonb) r"
            " where t.district_id = %s and t.id = %s",
            [json.dumps(values), current_district_id(), pk],
        )


def repoint(model: type[models.Model], column: str, ids: Iterable[int], *, old: Any, new: Any) -> list[int]:
    """Move rows from one record to another where they still point at the first; the ids that were moved."""
    touched = ", updated_at = clock_timestamp()" if _has_stamp(model) else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {model._meta.db_table} set {column} = %s{touched}"
            f" where district_id = %s and id = any(%s) and {column} = %s returning id",
            [new, current_district_id(), list(ids), old],
        )
        return sorted(row[0] for row in cursor.fetchall())


def _has_stamp(model: type[models.Model]) -> bool:
    return any(f.column == "updated_at" for f in model._meta.concrete_fields)
