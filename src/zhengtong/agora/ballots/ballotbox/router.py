"""What lies in the box lies in the database `ballots`, and nothing else does."""

from typing import Any

from django.db.models import Model

from zhengtong.agora.ballots.ballotbox.apps import BallotBoxConfig

BALLOTS = "ballots"


class BallotBoxRouter:
    """Django asks it where to read, to write, and which tables belong where."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        return BALLOTS if model._meta.app_label == BallotBoxConfig.label else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return (db == BALLOTS) == (app_label == BallotBoxConfig.label)
