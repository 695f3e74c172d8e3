"""Keeping the figures up with the acts: the ledger says on which days something happened; those are counted anew."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min

from zhengtong.cases import kinds
from zhengtong.cases.law import calendar_on, day_of
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger import places
from zhengtong.ledger.models import Act
from zhengtong.observatory.counting import Cell, cells
from zhengtong.observatory.models import Figures, Watermark
from zhengtong.observatory.tally import COUNTS, Tally

_READ = 20_000  # entries at once
_REST = timedelta(minutes=1)
DAY, MONTH, YEAR = Figures.Span.DAY, Figures.Span.MONTH, Figures.Span.YEAR


def keep_up(*, now: datetime) -> int:
    """The worker's duty: bring the figures up to date, but not more often than figures are needed."""
    rested = Watermark.objects.filter(read_at__gt=now - _REST).exists()
    return 0 if rested else bring_up_to_date(now=now)


def bring_up_to_date(*, now: datetime) -> int:
    """Count the days anew on which something has happened since the last time; returns how many days.

    Calling it at any time, twice or late gives the same figures.
    """
    charter = in_force_at(now).charter
    with transaction.atomic():
        mark = _mark()
        read = places.acts_at(mark.position + 1, mark.position + 1 + _READ)
        acts = Act.objects.filter(pk__in=read.values()).defer("reason", "particulars")
        days = sorted({day for act in acts for day in _days(act, charter)})
        for first, last in _spans(days):
            _count(first, last, charter, now=now)
        mark.position, mark.read_at = max(read, default=mark.position), now
        mark.save(update_fields=["position", "read_at"])
    return len(days)


def rebuild(*, now: datetime) -> Iterator[date]:
    """Count everything anew, month by month, yielding each month when it is done."""
    charter = in_force_at(now).charter
    with transaction.atomic():
        mark = _mark()
        mark.position = places.end() - 1
        mark.save(update_fields=["position"])
        Figures.objects.all().delete()
    began = Case.objects.aggregate(first=Min("filed_at"))["first"]
    month = day_of(began or now, charter).replace(day=1)
    while month <= day_of(now, charter):
        with transaction.atomic():
            _count(month, _month_end(month), charter, now=now)
        yield month
        month = _month_end(month) + timedelta(days=1)


def _mark() -> Watermark:
    """The watermark, locked: one counts at a time."""
    Watermark.objects.get_or_create(pk=1)
    return Watermark.objects.select_for_update().get(pk=1)


def _days(act: Act, charter: Charter) -> set[date]:
    """The days that an act bears on: its own; a joint case's filing for its part; a reopened case's closing."""
    days = {day_of(act.at, charter)}
    if act.kind == kinds.PART_OPENED:
        days |= {day_of(case.filed_at, charter) for case in Case.objects.filter(number=act.subject).only("filed_at")}
    if act.kind == kinds.REOPENED:
        closings = Act.objects.filter(subject=act.subject, kind=kinds.CLOSED, position__lt=act.position)
        days |= {day_of(closing.at, charter) for closing in closings}
    return days


def _spans(days: list[date]) -> Iterator[tuple[date, date]]:
    """Neighbouring days together, so that many days cost few queries."""
    first = None
    for index, day in enumerate(days):
        first = first or day
        if index + 1 == len(days) or days[index + 1] > day + timedelta(days=7) or days[index + 1].month != first.month:
            yield first, day
            first = None


def _count(first: date, last: date, charter: Charter, *, now: datetime) -> None:
    """Replace the rows from `first` to `last`, days of one month, and those of that month and year."""
    found = cells(first, last, charter=charter, calendar=calendar_on(now))
    _replace(DAY, found, first, last)
    month, year = first.replace(day=1), first.replace(month=1, day=1)
    _sum_up(DAY, month, _month_end(month), into=MONTH)
    _sum_up(MONTH, year, year.replace(month=12), into=YEAR)


def _sum_up(span: str, first: date, last: date, *, into: str) -> None:
    """Replace the rows of a longer span that begins on `first` by the sum of the shorter ones in it."""
    whole: dict[Cell, Tally] = defaultdict(Tally)
    for row in Figures.objects.filter(span=span, first_on__range=(first, last)):
        whole[first, row.office, row.procedure].add(tally_of(row))
    _replace(into, whole, first, first)


def _replace(span: str, tallies: Mapping[Cell, Tally], first: date, last: date) -> None:
    Figures.objects.filter(span=span, first_on__range=(first, last)).delete()
    rows = [_row(span, cell, tally) for cell, tally in tallies.items()]
    Figures.objects.bulk_create(rows, batch_size=500)


def _row(span: str, cell: Cell, tally: Tally) -> Figures:
    on, office, procedure = cell
    counts = {name: tally.counts[name] for name in COUNTS}
    taken, ratings = dict(tally.taken), dict(tally.ratings)
    return Figures(span=span, first_on=on, office=office, procedure=procedure, **counts, taken=taken, ratings=ratings)


def tally_of(row: Figures) -> Tally:
    """A stored row as a tally."""
    result = Tally()
    result.counts.update({name: getattr(row, name) for name in COUNTS})
    result.taken.update({int(days): times for days, times in row.taken.items()})
    result.ratings.update({int(level): times for level, times in row.ratings.items()})
    return result


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
