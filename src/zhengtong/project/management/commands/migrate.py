"""`zhengtong migrate`: the tables of both databases, unless `--database` names one."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def handle(self, *args: Any, database: str | None, **options: Any) -> None:
        for each in [database] if database else settings.DATABASES:
            super().handle(*args, database=each, **options)
