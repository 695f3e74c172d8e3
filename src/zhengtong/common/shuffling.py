"""Rows written anew by chance, so that neither their numbers nor their places in the database tell who came first."""

from random import SystemRandom
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
_CHANCE = SystemRandom()


@transaction.atomic
def shuffle(rows: QuerySet[Row], **changed: Any) -> list[Row]:
    """Take these rows out and put them back in one transaction: each with the key of another, and what is `changed`.

    Nothing may point at them.
    """
    held = list(rows.select_for_update())
    keys = [each.pk for each in held]
    rows.model._default_manager.filter(pk__in=keys).delete()
    _CHANCE.shuffle(held)
    for key, each in zip(keys, held, strict=True):
        each.pk = key
        for name, value in changed.items():
            setattr(each, name, value)
    return rows.model._default_manager.bulk_create(held, 1000)
