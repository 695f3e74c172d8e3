"""The sample city founded once a process; each test gets its rows and keys back, which is ten times quicker."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, router, transaction

from zhengtong.charter.queries import stored
from zhengtong.project.sample.city import found

Rows = list[models.Model]


class Founded:
    """What founding the city wrote: rows, model by model, and the files of the variable folder."""

    def __init__(self) -> None:
        self._rows: list[Rows] = []
        self._var: TemporaryDirectory[str] | None = None

    def restore(self) -> None:
        """Found the city, or bring back what was written when it was."""
        if self._var is None:
            self._write()
        else:
            shutil.copytree(self._var.name, settings.ZHENGTONG_VAR, dirs_exist_ok=True)
            stored(1)  # in the memory of the process this number may be another test's charter
            with transaction.atomic():
                self._read()

    def _write(self) -> None:
        before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _models()}
        found(Path(settings.ZHENGTONG_CHARTER))
        self._rows = [rows for model in _models() if (rows := list(model._base_manager.exclude(pk__in=before[model])))]
        self._var = TemporaryDirectory(prefix="founded-")
        if settings.ZHENGTONG_VAR.exists():
            shutil.copytree(settings.ZHENGTONG_VAR, self._var.name, dirs_exist_ok=True)

    def _read(self) -> None:
        for rows in self._rows:
            type(rows[0])._base_manager.bulk_create(rows)
        written = [type(rows[0]) for rows in self._rows]
        with connection.cursor() as cursor:  # rows came with their numbers; those to come go on after them
            for statement in connection.ops.sequence_reset_sql(no_style(), written):
                cursor.execute(statement)


def _models() -> Iterator[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return (model for model in every if model._meta.managed and router.db_for_read(model) == "default")


FOUNDED = Founded()
