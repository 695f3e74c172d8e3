"""Which act has which place in the log: read from the stretches, by index or by act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, When

from zhengtong.engines import merkle
from zhengtong.ledger.models import Act, Stretch


@dataclass(frozen=True)
class Entry:
    """An act's place in the log: `leaf` is what is public of it, and is hashed."""

    index: int
    act_id: int
    leaf: bytes


def placed(acts: QuerySet[Act]) -> QuerySet[Any]:
    """The acts, each with its index in the log as `place`: None while it waits."""
    last = Stretch.objects.filter(act__lte=OuterRef("pk")).order_by("-act")
    index = Case(
        When(act__gt=OuterRef("pk") - F("count"), then=F("index") + OuterRef("pk") - F("act")),
        output_field=BigIntegerField(),
    )
    return acts.annotate(place=Subquery(last.values_list(index)[:1]))


def of(act: Act) -> Entry | None:
    """The entry of an act, once it has its place."""
    row = Stretch.objects.filter(act__lte=act.pk).order_by("-act").first()
    return next((each for each in _entries(row) if each.act_id == act.pk), None) if row else None


def of_all(acts: Iterable[Act]) -> dict[int, Entry]:
    """The entries of several acts, by the acts' ids, without those that wait; one query."""
    ids = {act.pk for act in acts}
    last = Stretch.objects.filter(act__lte=OuterRef("pk")).order_by("-act").values("index")[:1]
    rows = Stretch.objects.filter(index__in=Act.objects.filter(pk__in=ids).values_list(Subquery(last)))
    return {each.act_id: each for row in rows.iterator() for each in _entries(row) if each.act_id in ids}


def between(first: int, until: int) -> Iterator[Entry]:
    """The entries from `first` on, before `until`."""
    rows = Stretch.objects.filter(index__gt=first - merkle.WIDTH, index__lt=until).order_by("index")
    for row in rows.iterator(chunk_size=merkle.WIDTH):
        for each in _entries(row):
            if first <= each.index < until:
                yield each


def acts_at(first: int, until: int) -> dict[int, int]:
    """The ids of the acts at the entries from `first` on, before `until`, without what is said in them."""
    rows = Stretch.objects.filter(index__gt=first - merkle.WIDTH, index__lt=until).order_by("index")
    return {
        index + n: act + n
        for index, act, count in rows.values_list("index", "act", "count")
        for n in range(count)
        if first <= index + n < until
    }


def end() -> int:
    """How many entries there are, as the last of them tells."""
    last = Stretch.objects.order_by("-index").values_list("index", "count").first()
    return sum(last) if last else 0


def _entries(row: Stretch) -> Iterator[Entry]:
    """What is damaged is not there."""
    leaves = merkle.unbundle(bytes(row.leaves))
    for n, leaf in enumerate(leaves[: row.count]):
        yield Entry(row.index + n, row.act + n, leaf)
