from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from zhengtong.common.durability import NotDurable, check_durability


class LedgerConfig(AppConfig):
    name = "zhengtong.ledger"
    label = "ledger"

    def ready(self) -> None:
        connection_created.connect(_refuse_what_forgets, dispatch_uid="ledger.durability")


def _refuse_what_forgets(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """A record that a power cut can take back is none: whatever opens such a database stops."""
    try:
        check_durability(connection)
    except NotDurable:
        connection.close()  # else the next query would find it open
        raise
