"""Many rows at once, at the speed of COPY.

`COPY FROM` is refused under row-level security: rows go into a temporary table, then INSERT … SELECT moves them through
the walls, in one statement, so that the history costs one statement too.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models, transaction
from django.db.models.fields import NOT_PROVIDED

from wbl.tenancy.base import DistrictModel
from wbl.tenancy.scope import current_district_id

STAGE = "wbl_stage"


def next_ids(model: type[DistrictModel], count: int) -> list[int]:
    """Take `count` fresh ids, so that rows which point to each other can be written in bulk."""
    with connection.cursor() as cursor:
        # the sequence is looked up once, not for every id
        cursor.execute("select pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        (sequence,) = cursor.fetchone()
        cursor.execute("select nextval(%s::regclass) from generate_series(1, %s)", [sequence, count])
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[DistrictModel], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of the open district; `columns` are database columns, any other takes its field's default.

    Values are as PostgreSQL takes them: JSON as text, lists for arrays. Returns how many were written.
    """
    table, listed = model._meta.db_table, _quoted(columns)
    constants = defaults_beside(model, set(columns))
    names = _quoted([*columns, *constants])
    values = ", ".join([listed, *["%s"] * len(constants)])
    with transaction.atomic(), connection.cursor() as cursor:
        _fill_stage(cursor, table, columns, rows)
        cursor.execute(f"insert into {table} ({names}) select {values} from {STAGE}", list(constants.values()))
        written = cursor.rowcount
        cursor.execute(f"drop table {STAGE}")
    return int(written)


def update_rows(model: type[DistrictModel], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Set `columns` of existing rows; each row is its id followed by the values. Returns how many were found."""
    table = model._meta.db_table
    named = [_quoted([column]) for column in columns]
    settings = ", ".join([*(f"{column} = {STAGE}.{column}" for column in named), "updated_at = now()"])
    with transaction.atomic(), connection.cursor() as cursor:
        _fill_stage(cursor, table, ["id", *columns], rows)
        cursor.execute(
            f"update {table} set {settings} from {STAGE} where {table}.id = {STAGE}.id and {table}.district_id = %s",
            [current_district_id()],
        )
        written = cursor.rowcount
        cursor.execute(f"drop table {STAGE}")
    return int(written)


def _fill_stage(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    listed = _quoted(columns)
    cursor.execute(f"create temporary table {STAGE} on commit drop as select {listed} from {table} with no data")
    with cursor.copy(f"copy {STAGE} ({listed}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))


def defaults_beside(model: type[DistrictModel], given: set[str]) -> dict[str, Any]:
    """Default of each column that the rows don't give; columns whose default is the database's are left to it."""
    constants: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.column in given or field.primary_key or getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED:
            continue
        value = field.get_default()
        constants[str(field.column)] = (
            field.get_db_prep_save(value, connection) if not _is_blank_text(field, value) else ""
        )
    return constants


def _is_blank_text(field: models.Field, value: Any) -> bool:
    return value is None and not field.null and isinstance(field, (models.CharField, models.TextField))
