"""The sample city founded once a process; each test gets its rows and keys back, which is twenty times quicker."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, router, transaction

from zhengtong.charter.queries import stored
from zhengtong.project.sample.city import found


@dataclass(frozen=True)
class Table:
    """What founding wrote into a table, as the database has it: no model is made of it when it is put back."""

    model: type[models.Model]
    name: str
    columns: str
    rows: Any  # bytes for COPY on PostgreSQL, rows elsewhere

    @classmethod
    def of(cls, model: type[models.Model], cursor: Any) -> "Table":
        quote, meta = connection.ops.quote_name, model._meta
        name, columns = quote(meta.db_table), ", ".join(quote(each.column) for each in meta.local_concrete_fields)
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({columns}) TO STDOUT") as copy:
                return cls(model, name, columns, b"".join(map(bytes, copy)))
        cursor.execute(f"SELECT {columns} FROM {name}")
        return cls(model, name, columns, cursor.fetchall())

    def put_back(self, cursor: Any) -> None:
        if isinstance(self.rows, bytes):
            with cursor.copy(f"COPY {self.name} ({self.columns}) FROM STDIN") as copy:
                copy.write(self.rows)
        else:
            places = ", ".join(["%s"] * len(self.rows[0]))
            cursor.executemany(f"INSERT INTO {self.name} ({self.columns}) VALUES ({places})", self.rows)


class Founded:
    """What founding the city wrote: tables, and the files of the variable folder."""

    def __init__(self) -> None:
        self._tables: list[Table] = []
        self._var: TemporaryDirectory[str] | None = None

    def restore(self) -> None:
        """Found the city, or bring back what was written when it was."""
        if self._var is None:
            self._write()
        else:
            shutil.copytree(self._var.name, settings.ZHENGTONG_VAR, dirs_exist_ok=True)
            stored(1)  # in the memory of the process this number may be another test's charter
            self._read()

    def _write(self) -> None:
        before = {model: model._base_manager.count() for model in _models()}
        found(Path(settings.ZHENGTONG_CHARTER))
        filled = [model for model, count in before.items() if model._base_manager.count() != count]
        assert not any(before[model] for model in filled), "a table had rows before the city was founded"
        with connection.cursor() as cursor:
            self._tables = [Table.of(model, cursor) for model in filled]
        self._var = TemporaryDirectory(prefix="founded-")
        if settings.ZHENGTONG_VAR.exists():
            shutil.copytree(settings.ZHENGTONG_VAR, self._var.name, dirs_exist_ok=True)

    def _read(self) -> None:
        reset = connection.ops.sequence_reset_sql(no_style(), [each.model for each in self._tables])
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self._tables:
                table.put_back(cursor)
            for statement in reset:  # rows came with their numbers; those to come go on after them
                cursor.execute(statement)


def _models() -> Iterator[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return (model for model in every if model._meta.managed and router.db_for_read(model) == "default")


FOUNDED = Founded()
