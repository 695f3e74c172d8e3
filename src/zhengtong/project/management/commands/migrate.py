"""`zhengtong migrate`: the tables of both databases, unless `--database` names one."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate

from zhengtong.agora.ballots.ballotbox.apps import BallotBoxConfig
from zhengtong.agora.ballots.ballotbox.router import BALLOTS


class Command(Migrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=None)

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[str | None, Any]:
        return {**super().get_check_kwargs(options), "databases": _named(options["database"])}

    def handle(self, *args: Any, database: str | None, **options: Any) -> None:
        for each in _named(database):
            super().handle(*args, **options | _in(each, options))


def _named(database: str | None) -> list[str]:
    return [database] if database else list(settings.DATABASES)


def _in(database: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options for one database. That of the ballots has the tables of one app: Django would work through the whole
    history of every other one, only to find that it has nothing to do there.
    """
    if database != BALLOTS or options["app_label"]:
        return {"database": database}
    return {"database": database, "app_label": BallotBoxConfig.label, "run_syncdb": False}
