"""How much in the queues waits for a moderator to look at it."""

from collections.abc import Collection

from django.db.models import Count, QuerySet

from zhengtong.agora.watching.models import Signal


def _open() -> QuerySet[Signal]:
    return Signal.objects.filter(settled_at__isnull=True)


def waiting(cases: Collection[int]) -> dict[int, int]:
    """How many signals wait in each of these rounds that has some. One query."""
    found = _open().filter(case__in=cases).order_by().values_list("case")
    return dict(found.annotate(n=Count("pk")))


def waiting_in(procedures: Collection[str]) -> int:
    """How many wait in all rounds of these procedures. One query, and none where there are none."""
    return _open().filter(case__procedure__in=procedures).count() if procedures else 0
