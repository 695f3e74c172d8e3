"""Queries that are compiled once, for what every act asks: Django builds and compiles a query anew at each asking, and
that takes longer than the database takes to answer it.

    HELD = Compiled(lambda: Holding.objects.filter(person=Given("person"), from_on__lte=Given("on")))
    HELD.exists(person=person.pk, on=on)

Whether there are such rows is asked of several queries in one statement:

    KNOWN = Together(held=HELD, away=AWAY)
    KNOWN.ask(person=person.pk, on=on)  # {"held": True, "away": False}
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


class Given(Expression):
    """A value in a query that is told at each asking: a text, a number or a day."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


@dataclass(frozen=True)
class _Statement:
    """What one kind of database is sent, and the compiler that reads its answer."""

    sql: str
    params: Sequence[Any]
    compiler: SQLCompiler

    @cached_property
    def converters(self) -> Any:
        """What turns columns into the values of fields."""
        return self.compiler.get_converters([each[0] for each in self.compiler.select])

    @cached_property
    def read(self) -> Callable[[Sequence[Any]], Any]:
        """What makes an object of a row, as Django's own reading of a queryset does."""
        select, of = self.compiler.select, self.compiler.klass_info
        columns, model = of["select_fields"], of["model"]
        start, end = columns[0], columns[-1] + 1
        names = [each[0].target.attname for each in select[start:end]]
        related = get_related_populators(of, select, connection.alias)  # type: ignore[call-arg]  # stubs of Django 6

        def made(row: Sequence[Any]) -> Any:
            found = model.from_db(connection.alias, names, row[start:end])
            for each in related:
                each.populate(row, found)
            return found

        return made

    def values(self, given: dict[str, Any]) -> list[Any]:
        return [_adapted(given[each.name]) if isinstance(each, Given) else each for each in self.params]


class Compiled(Generic[Row]):
    """A query, and what it asks once its values are given. `build` is called when it is first needed."""

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        self._build = build
        self._statements: dict[tuple[str, bool], _Statement] = {}

    def exists(self, **given: Any) -> bool:
        """Whether there is any such row. One query."""
        asked = self._statement(whether=True)
        with connection.cursor() as cursor:
            cursor.execute(asked.sql, asked.values(given))
            return cursor.fetchone() is not None

    def all(self, **given: Any) -> list[Row]:
        """The rows, with those that `select_related` names. One query."""
        asked = self._statement(whether=False)
        with connection.cursor() as cursor:
            cursor.execute(asked.sql, asked.values(given))
            found = cursor.fetchall()
        return [asked.read(row) for row in asked.compiler.apply_converters(found, asked.converters)]

    def first(self, **given: Any) -> Row | None:
        """The first row, or None. One query."""
        return next(iter(self.all(**given)), None)

    @cached_property
    def _rows(self) -> QuerySet[Row]:
        return self._build()

    def _statement(self, *, whether: bool) -> _Statement:
        """Compiled for each kind of database: what it is sent differs."""
        kept = self._statements.get((connection.vendor, whether))
        if kept is None:
            query: Query = self._rows.query.exists() if whether else self._rows.query
            compiler = query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            kept = self._statements[connection.vendor, whether] = _Statement(sql, params, compiler)
        return kept


class Together:
    """Several questions whether there is such a row, in one statement; values of one name go to all that want them."""

    def __init__(self, **asked: Compiled[Any]) -> None:
        self._asked = asked

    def ask(self, **given: Any) -> dict[str, bool]:
        """The answer to each. One query."""
        each = [asked._statement(whether=True) for asked in self._asked.values()]
        statement = ", ".join(f"EXISTS ({asked.sql})" for asked in each)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {statement}", [value for asked in each for value in asked.values(given)])
            return dict(zip(self._asked, map(bool, cursor.fetchone()), strict=True))


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
