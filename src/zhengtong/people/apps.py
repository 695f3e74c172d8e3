from django.apps import AppConfig
from django.db.backends.signals import connection_created

from zhengtong.common.session import tell


class PeopleConfig(AppConfig):
    name = "zhengtong.people"
    label = "people"

    def ready(self) -> None:
        connection_created.connect(_told, dispatch_uid="session")


def _told(sender: object, connection: object, **_more: object) -> None:
    tell(connection)
