"""When something is due, without the explanation: by jumps between the stops instead of day by day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from zhengtong.engines.deadlines.calendar import Calendar
from zhengtong.engines.deadlines.limit import Limit
from zhengtong.engines.deadlines.periods import Extension, Stop, phases, span


def due_on(
    *,
    start: date,
    limit: Limit,
    calendar: Calendar,
    stops: Sequence[Stop] = (),
    extensions: Sequence[Extension] = (),
) -> date | None:
    """The same day as `due(…).on`, and None where that is None; for lists and statistics."""
    reached: date | None = start
    ordered = sorted(stops, key=lambda stop: stop.from_on)
    every = phases(limit, extensions)
    for phase in every:
        if reached is not None:
            reached = _counted(reached, phase, calendar, ordered)
    if reached is None or every[-1].unit == "working-days" or calendar.is_working(reached):
        return reached
    return calendar.after(reached, 1)


def due_at(*, start: datetime, limit: Limit) -> datetime:
    """The moment at which a limit in hours ends: it runs from the moment itself, through nights and holidays.

    民法典 (Civil Code) art. 201, second paragraph. ValueError for other units.
    """
    if limit.unit != "hours":
        raise ValueError(f"{limit} is counted in days: use due_on")
    return start + timedelta(hours=limit.amount)


def _counted(start: date, phase: Limit, calendar: Calendar, stops: Sequence[Stop]) -> date | None:
    """The day on which `phase` has been counted after `start`, or None if the clock stands still before."""
    reached, missing = start, span(phase, start)
    for stop in stops:
        before = _between(reached, stop.from_on, phase, calendar)
        if before >= missing:
            break
        if stop.to_on is None:
            return None
        reached, missing = max(reached, stop.to_on), missing - before
    return calendar.after(reached, missing) if phase.unit == "working-days" else reached + timedelta(days=missing)


def _between(after: date, through: date, phase: Limit, calendar: Calendar) -> int:
    if phase.unit == "working-days":
        return calendar.between(after, through)
    return max(0, (through - after).days)
