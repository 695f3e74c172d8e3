"""Records of looks are kept for a time, too (PIPL art. 19); then they go, and what the ledger tells of them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from zhengtong.common.shuffling import shuffle
from zhengtong.ledger.acts import erase_subject, record
from zhengtong.ledger.models import Act
from zhengtong.people.actor import PROGRAM
from zhengtong.registry import kinds
from zhengtong.registry.flags import OPEN
from zhengtong.registry.models import Flag, Look


@transaction.atomic
def end_looks(*, before: date, basis: Sequence[str], now: datetime, limit: int) -> int:
    """Delete the looks of before that day, at a number of people; one that the supervisor has still to settle waits."""
    old = Look.objects.filter(at__date__lt=before).exclude(flags__state__in=OPEN)
    people = list(old.order_by("about").values_list("about", flat=True).distinct()[:limit])
    for about in people:
        _end(about, [each.pk for each in old.filter(about=about)], before=before, basis=basis, now=now)
    return len(people)


def shuffle_looks(*, case: str, at: datetime, people: Collection[int]) -> None:
    """Write anew what people read of themselves for a case and was kept with its day: in what order, is not told."""
    shuffle(Look.objects.filter(by__in=people, post="", case=case, at=at))


def _end(about: str, looks: Sequence[int], *, before: date, basis: Sequence[str], now: datetime) -> None:
    Flag.objects.filter(look__in=looks).delete()
    Look.objects.filter(pk__in=looks).delete()
    subject = f"looks:{about}" if about else "looks"
    told = Act.objects.filter(subject=subject, at__date__lt=before).order_by("-position").first()
    if told is not None:
        erase_subject(subject, by=PROGRAM, now=now, basis=basis, until=told.position)
    record(kind=kinds.ENDED, subject=subject, by=PROGRAM, now=now, basis=list(basis), particulars={"looks": len(looks)})
