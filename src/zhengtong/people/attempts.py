"""The record of refused attempts: who asked for what is not theirs, where, when, and why it was refused.

It is written after the refusal, outside of the transaction that was rolled back. Kept for a year: the Cybersecurity Law
(网络安全法, article 21) demands no less than six months of such logs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from zhengtong.people.models import Attempt, Holding, Person

MOST = 100  # rows of one person in a day; what is more is only counted, so that nobody floods the record
MORE = "and-more"
DAY, KEPT = timedelta(days=1), timedelta(days=365)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One row as a supervisor reads it: of the person only the posts held on that day, and an opaque handle."""

    attempt: Attempt
    handle: str
    posts: list[str]


@transaction.atomic
def note(*, person: Person, verb: str, route: str, target: str, code: str, now: datetime) -> None:
    """Add a row; beyond `MOST` in a day, count one more in the last."""
    theirs = Attempt.objects.filter(person=person, at__gt=now - DAY)
    if not theirs.exists():
        Attempt.objects.filter(person=person, at__lt=now - KEPT).delete()
    if theirs.exclude(code=MORE).count() < MOST:
        Attempt.objects.create(
            person=person, at=now, verb=verb[:10], route=route[:100], target=target[:130], code=code[:60]
        )
    elif not theirs.filter(code=MORE).update(times=F("times") + 1):
        Attempt.objects.create(person=person, at=now, verb="", route="", target="", code=MORE)


def counted(*, since: datetime) -> list[tuple[str, str, int]]:
    """Refusal, route, how many; the most frequent first."""
    rows = Attempt.objects.filter(at__gte=since).values_list("code", "route").annotate(many=Sum("times"))
    return list(rows.order_by("-many", "code", "route"))


def latest(*, since: datetime) -> list[Told]:
    """The last hundred."""
    rows = list(Attempt.objects.filter(at__gte=since).select_related("person").order_by("-at", "-pk")[:SHOWN])
    holdings = list(Holding.objects.filter(person__in={row.person_id for row in rows}))
    return [Told(row, row.person.handle.hex[:8], _posts(row, holdings)) for row in rows]


def _posts(row: Attempt, holdings: list[Holding]) -> list[str]:
    on = timezone.localdate(row.at)
    return [
        each.post
        for each in holdings
        if each.person_id == row.person_id and each.from_on <= on and (each.to_on is None or on <= each.to_on)
    ]
