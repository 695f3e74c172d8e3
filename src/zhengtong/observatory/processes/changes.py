"""What changed for a service since a day, month by month, counted by the database: no act is read for it."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import quantiles
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate, TruncMonth
from django.utils.timezone import localdate

from zhengtong.cases.models import Case, Handover, Stop, Task
from zhengtong.charter.charter import Charter
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import Change, compared
from zhengtong.observatory.processes.chosen import cases_of

YEARS = 4  # before the day, so that there are whole years to know the season from
Monthly = dict[date, float]


def changes(
    procedure: str, since: date, *, office: str, charter: Charter, calendar: Calendar, today: date
) -> list[Change]:
    """Before and after `since`, by the month of filing. Months in which a tenth may still be at work are left out."""
    first = date(since.year - YEARS, since.month, 1)
    chosen = cases_of(procedure, first, today + timedelta(days=1), office=office, charter=charter)
    zone = ZoneInfo(charter.head.time_zone)
    took = _taken(chosen, calendar, zone)
    until = (today - timedelta(days=_nine_tenths(took))).replace(day=1)
    figures = {"working-days": _mean(took), **_counted(chosen, zone)}
    return compared(
        {
            name: [(month, value) for month, value in sorted(each.items()) if month < until]
            for name, each in figures.items()
        },
        since,
    )


def _taken(chosen: QuerySet[Case], calendar: Calendar, zone: ZoneInfo) -> list[tuple[date, int, int, int]]:
    """Of ended cases: the month of filing, the days and the working days that they took, and how many took them."""
    days = chosen.filter(closed_at__isnull=False).values_list(
        TruncDate("filed_at", tzinfo=zone), TruncDate("closed_at", tzinfo=zone)
    )
    return [
        (filed.replace(day=1), (closed - filed).days, calendar.between(filed, closed), count)
        for filed, closed, count in days.annotate(count=Count("pk"))
    ]


def _nine_tenths(took: list[tuple[date, int, int, int]]) -> int:
    """The days that nine in ten cases take at most."""
    every = [days for _, days, _, count in took for _ in range(count)]
    return round(quantiles(every, n=10)[-1]) if len(every) > 1 else 0


def _mean(took: list[tuple[date, int, int, int]]) -> Monthly:
    sums, counts = defaultdict[date, int](int), defaultdict[date, int](int)
    for month, _, days, count in took:
        sums[month] += days * count
        counts[month] += count
    return {month: sums[month] / counts[month] for month in sums}


def _counted(chosen: QuerySet[Case], zone: ZoneInfo) -> dict[str, Monthly]:
    """What happened in a case of each month, on average, by the name of the measure."""
    cases = _by_month(chosen, "filed_at", zone)
    tasks = Task.objects.filter(case__in=chosen).exclude(status=Task.Status.CANCELLED)
    steps, kinds = _by_month(tasks, "case__filed_at", zone), _kinds(tasks, zone)
    stops = _by_month(Stop.objects.filter(case__in=chosen, kind="correction"), "case__filed_at", zone)
    offers = _by_month(Handover.objects.filter(task__case__in=chosen), "task__case__filed_at", zone)
    told = {"steps": steps, "repeats": {month: steps[month] - kinds[month] for month in steps}}
    told |= {"corrections": stops, "hand-overs": offers}
    each = {name: {month: found.get(month, 0) / cases[month] for month in cases} for name, found in told.items()}
    return each | {"cases": cases}


def _by_month(rows: QuerySet, moment: str, zone: ZoneInfo) -> Monthly:  # type: ignore[type-arg]
    counted = rows.order_by().values_list(TruncMonth(moment, tzinfo=zone)).annotate(count=Count("pk"))
    return {month.date(): float(count) for month, count in counted}


def _kinds(tasks: QuerySet[Task], zone: ZoneInfo) -> Monthly:
    """How many different steps cases had, by month."""
    found: Monthly = defaultdict(float)
    pairs = tasks.order_by().values_list("node", TruncMonth("case__filed_at", tzinfo=zone))
    for _node, month, count in pairs.annotate(count=Count("case", distinct=True)):
        found[month.date()] += count
    return found


def since_when(written: str, in_force_from: date, now: datetime) -> date:
    """The day that is asked for, if it is one in the past; else the day of the last enactment."""
    try:
        asked = date.fromisoformat(written)
    except ValueError:
        return in_force_from
    return asked if date(2000, 1, 1) <= asked <= localdate(now) else in_force_from
