"""Queries put into SQL once. Django writes a query's SQL anew each time it is asked; on a page of a dozen queries that
takes longer than drawing the page, though all but a few values of it stay the same.

    PEOPLE = Prepared(lambda: Contact.objects.filter(organization_id=Given("partner")).select_related("moved_from"))
    people = PEOPLE(partner=7)

`Given` stands where a value will be known. The open district is read when it is asked, as everywhere: what is kept
holds no district, and without one it raises NoDistrict. Nothing of a day, a person or a language may stand in the
queryset itself: it is given. For pages that everybody opens all day; elsewhere a queryset is plainer.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from wbl.tenancy.scope import current_district_id, in_any_district


class Given(Expression):
    """A value by name, told when the query is asked. Where a column stands beside it, that says how it is written;
    elsewhere `field` does."""

    def __init__(self, name: str, field: Field | None = None) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)


HERE = Given("district")


class Prepared:
    """Called with what is Given, it answers the list of what its queryset gives: instances, tuples or values."""

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self._rows = rows

    def __call__(self, **given: Any) -> list[Any]:
        asked = _Asked(self._made, given)
        reads: Any = asked.rows._iterable_class
        return list(reads(asked))

    def first(self, **given: Any) -> Any:
        """Its first row, or None; the queryset says how many are read."""
        return next(iter(self(**given)), None)

    @cached_property
    def _made(self) -> "_Made":
        with in_any_district(HERE):
            return _Made(self._rows())


class _Made:
    """A queryset, its compiler after the SQL is written, and the SQL."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.compiler: SQLCompiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, self.params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([each[0] for each in self.compiler.select or ()])

    def values(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        """What stands in for the placeholders; a KeyError names what was not given."""
        return tuple([self._value(each, given) if isinstance(each, Given) else each for each in self.params])

    def _value(self, each: Given, given: Mapping[str, Any]) -> Any:
        return current_district_id() if each.name == HERE.name else given[each.name]


class _Asked:
    """As much of a queryset, and of its query, as Django's iterables of rows read: they ask `get_compiler` for SQL."""

    db = DEFAULT_DB_ALIAS

    def __init__(self, made: _Made, given: Mapping[str, Any]) -> None:
        self.rows, self._compiler = made.rows, copy(made.compiler)
        values = made.values(given)
        self._compiler.connection = connections[DEFAULT_DB_ALIAS]  # a thread has its own
        self._compiler.as_sql = lambda *args, **kwargs: (made.sql, values)  # type: ignore[method-assign]
        self._compiler.get_converters = lambda expressions: made.converters  # type: ignore[method-assign]

    @property
    def query(self) -> "_Asked":
        return self

    def get_compiler(self, using: str) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        rows = self.__dict__["rows"]
        return getattr(rows, name) if hasattr(rows, name) else getattr(rows.query, name)
