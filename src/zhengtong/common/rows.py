"""Rows that every act writes, by statements that are worked out once: `save` builds the same one anew at each saving.

    insert(task)                          # as task.save(force_insert=True)
    update(task, "status", "ended_at")    # as task.save(update_fields=["status", "ended_at"])

Values go through Django's own fields. Signals are not sent: nobody in this house listens to any.
docs/decisions/queries-compiled-once.md says why.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Field, Model
from django.db.transaction import mark_for_rollback_on_error

# A value of these is told to every database as Python has it, unless the field makes it first (`pre_save`).
AS_IT_IS = {
    *("CharField", "TextField", "BooleanField", "BinaryField", "ForeignKey", "OneToOneField"),
    *("IntegerField", "BigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"),
}


class Columns:
    """Some columns of a model, and what the database is told of them."""

    def __init__(self, fields: Sequence["Field[Any, Any]"]) -> None:
        self.names = [str(field.column) for field in fields]
        self._attributes = [field.attname for field in fields]
        self._made = [(at, field) for at, field in enumerate(fields) if not _as_it_is(field)]

    def values(self, row: Model, *, new: bool) -> list[Any]:
        """The values of a row, in the order of the columns."""
        held = row.__dict__
        values = [held[name] for name in self._attributes]
        for at, field in self._made:
            values[at] = field.get_db_prep_save(field.pre_save(row, new), connection)
        return values


def _as_it_is(field: "Field[Any, Any]") -> bool:
    return field.get_internal_type() in AS_IT_IS and type(field).pre_save is Field.pre_save


def insert(row: Model) -> None:
    """Insert a row whose number the database gives."""
    statement, columns = _inserting(type(row))
    with mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(statement, columns.values(row, new=True))
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


def update(row: Model, *names: str) -> None:
    """Write these fields of a row that is there; DatabaseError if it is not, or is beyond the session's reach."""
    statement, columns = _updating(type(row), names)
    with mark_for_rollback_on_error(), connection.cursor() as cursor:
        cursor.execute(statement, [*columns.values(row, new=False), row.pk])
        if cursor.rowcount < 1:
            raise DatabaseError(f"there is no {row._meta.label} {row.pk} to be updated")


@lru_cache(maxsize=256)
def _inserting(model: type[Model]) -> tuple[str, Columns]:
    columns = Columns([field for field in model._meta.concrete_fields if not field.primary_key])
    names = ", ".join(map(_quoted, columns.names))
    marks = ", ".join("%s" for _ in columns.names)
    into, key = _quoted(model._meta.db_table), _quoted(str(model._meta.pk.column))
    return f"INSERT INTO {into} ({names}) VALUES ({marks}) RETURNING {key}", columns  # noqa: S608 - names of models


@lru_cache(maxsize=256)
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[str, Columns]:
    columns = Columns([model._meta.get_field(name) for name in names])  # type: ignore[misc]
    changed = ", ".join(f"{_quoted(name)} = %s" for name in columns.names)
    table, key = _quoted(model._meta.db_table), _quoted(str(model._meta.pk.column))
    return f"UPDATE {table} SET {changed} WHERE {key} = %s", columns  # noqa: S608 - names of models


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
