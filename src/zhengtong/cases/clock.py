"""When things are due. A deadline is a function of acts, calendar and law; what is stored is only for sorting lists.

`refresh` is called by every act that touches the clock, and by `recompute` when the calendar changes.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zhengtong.cases.law import calendar_on, charter_of, day_of, procedure_of
from zhengtong.cases.models import Case, Stop, Task, Timer
from zhengtong.charter.charter import Charter
from zhengtong.common.text import Text
from zhengtong.engines import deadlines
from zhengtong.engines.deadlines import Calendar, Deadline, Limit, due, due_on
from zhengtong.engines.process import Node

WARN_WORKING_DAYS = 2  # a clock turns yellow when so many working days are left


def promised(case: Case, *, now: datetime) -> Deadline | None:
    """When the case is due by the office's promise, day by day; None before it is accepted."""
    return _explained(case, _limits(case)[0], now=now)


def statutory(case: Case, *, now: datetime) -> Deadline | None:
    """When it is due by law."""
    return _explained(case, _limits(case)[1], now=now)


def is_over(stop: Stop, limit: str, *, now: datetime) -> bool:
    """Whether so much time has passed since a stop began."""
    charter = charter_of(stop.case)
    last = due_on(start=day_of(stop.from_at, charter), limit=Limit.parse(limit), calendar=calendar_on(now))
    return last is not None and day_of(now, charter) > last


def of_task(task: Task, *, now: datetime) -> Deadline:
    """When the step is due, day by day."""
    charter = charter_of(task.case)
    return due(
        start=task.counts_from,
        limit=Limit.parse(task.limit),
        calendar=calendar_on(now),
        stops=_stops(task.case, charter, of=task),
    )


def _explained(case: Case, limit: str, *, now: datetime) -> Deadline | None:
    charter, start = charter_of(case), _begun(case)
    if start is None:
        return None
    return due(
        start=start,
        limit=Limit.parse(limit),
        calendar=calendar_on(now),
        stops=_stops(case, charter),
        extensions=_extensions(case),
    )


def _begun(case: Case) -> date | None:
    """From which day its clock runs: when it was accepted, or when it was opened with a time of its own."""
    begun = case.accepted_at or (case.filed_at if own_limit(case) else None)
    return day_of(begun, charter_of(case)) if begun else None


def _limits(case: Case) -> tuple[str, str]:
    """The office's promise and the law's limit; both are its own, where it was opened with one."""
    listed, own = procedure_of(case), own_limit(case)
    return own or listed.promised_limit, own or listed.statutory_limit


def own_limit(case: Case) -> str:
    """The time with which a case was itself opened, where the step of its process takes it from there."""
    name = next((each.task.clock_from for each in timed_steps(case) if each.task), "")
    return str(case.facts.get(name) or "") if name else ""


def timed_steps(case: Case) -> list[Node]:
    """The steps of its process whose time is that with which the case was opened."""
    nodes = charter_of(case).process(case.procedure).nodes.values()
    return [each for each in nodes if each.task and each.task.clock_from]


def light(due_day: date | None, *, stopped: bool, closed: bool, today: date, calendar: Calendar) -> str:
    """The light of a row in a list: green, yellow, red, stopped or closed."""
    if closed:
        return "closed"
    if stopped or due_day is None:
        return "stopped" if stopped else "green"
    if today > due_day:
        return "red"
    return "yellow" if due_day <= calendar.after(today, WARN_WORKING_DAYS) else "green"


def refresh(case: Case, *, now: datetime) -> None:
    """Work out the case's days anew (the caller saves the case), and those of its open tasks and running timers."""
    _refresh_case(case, now=now)
    charter, calendar = charter_of(case), calendar_on(now)
    stops = _stops(case, charter)
    for task in case.tasks.filter(status=Task.Status.OPEN):
        task.due_on = task_due_on(task, calendar, _stops(case, charter, of=task))
        task.save(update_fields=["due_on", "counts_from"])
    for timer in case.timers.filter(ended_at__isnull=True):
        timer.fire_at = timer_fires_at(timer, charter, calendar, stops)
        timer.save(update_fields=["fire_at", "counts_from"])


def _refresh_case(case: Case, *, now: datetime) -> None:
    charter, calendar, start = charter_of(case), calendar_on(now), _begun(case)
    stops = _stops(case, charter)
    case.stopped = any(stop.to_on is None for stop in stops)
    if start is None or case.is_decided:  # what comes after (the check of a promise) has its own clocks
        case.due_on = case.statutory_on = None
        return
    extensions = _extensions(case)
    case.due_on, case.statutory_on = (
        due_on(start=start, limit=Limit.parse(limit), calendar=calendar, stops=stops, extensions=extensions)
        for limit in _limits(case)
    )


def begin(case: Case, *, now: datetime) -> None:
    """Set the days of a case that was accepted just now, or opened with a time of its own; nothing has stopped it yet,
    so nothing is looked up.
    """
    start, calendar = _begun(case), calendar_on(now)
    if start is not None:
        case.due_on, case.statutory_on = (
            due_on(start=start, limit=Limit.parse(limit), calendar=calendar) for limit in _limits(case)
        )


def task_due_on(task: Task, calendar: Calendar, stops: Iterable[deadlines.Stop] = ()) -> date | None:
    """The last day of a step; None while the clock stands still."""
    return due_on(start=task.counts_from, limit=Limit.parse(task.limit), calendar=calendar, stops=list(stops))


def timer_fires_at(
    timer: Timer, charter: Charter, calendar: Calendar, stops: Iterable[deadlines.Stop] = ()
) -> datetime | None:
    """The first moment after the limit's last day, where the government is; None while the clock stands still."""
    last = due_on(start=timer.counts_from, limit=Limit.parse(timer.limit), calendar=calendar, stops=list(stops))
    if last is None:
        return None
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(charter.head.time_zone))


def _stops(case: Case, charter: Charter, of: Task | None = None) -> list[deadlines.Stop]:
    """What stops the clock of the case, or of one of its steps: an inspection does not stop the inspector's own."""
    return [
        deadlines.Stop(
            from_on=day_of(stop.from_at, charter),
            to_on=day_of(stop.to_at, charter) if stop.to_at else None,
            ground=stop.ground,
            reason=_reason(stop, charter, case),
        )
        for stop in case.stops.all()
        if of is None or stop.task_id != of.pk or stop.kind == "correction"
    ]


def _reason(stop: Stop, charter: Charter, case: Case) -> Text:
    declared = getattr(charter.listed(case.procedure), "special_procedures", [])
    return next((each.name for each in declared if each.kind == stop.kind), charter.cite(stop.ground))


def _extensions(case: Case) -> list[deadlines.Extension]:
    return [deadlines.Extension(Limit.parse(each.limit), each.ground) for each in case.extensions.all()]
