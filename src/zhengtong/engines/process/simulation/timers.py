"""When the clocks of a case run out."""

import re
from datetime import datetime

from zhengtong.engines.process.simulation.hours import DAY, Axis, Hours

_PART = re.compile(r"(\d+)(WD|[YMWDHS])")
_DATE = {"Y": 365 * DAY, "M": 30 * DAY, "W": 7 * DAY, "D": DAY}
_TIME = {"H": 60.0, "M": 1.0, "S": 1 / 60}


def fires(written: str, now: float, axis: Axis, office: Hours) -> float:
    """The moment at which a timer runs out that is started now.

    Working days count by the office's open minutes, all else by the clock (a month 30 days); a date is the moment that
    it says.
    """
    if not written.startswith("P"):
        return max(now, axis.of_clock(_date(written, office)))
    work, clock = minutes(written, office.length)
    from_there = axis.to_clock(now) if not work else office.done(axis.minutes(now) + work)
    return max(now, axis.of_clock(from_there + clock))


def minutes(written: str, day: float) -> tuple[float, float]:
    """A duration as minutes of the office, `day` for a working day, and minutes of the clock."""
    date, _, time = written.removeprefix("P").partition("T")
    parts = _PART.findall(date)
    work = sum(int(number) * day for number, unit in parts if unit == "WD")
    clock = sum(int(number) * _DATE.get(unit, 0.0) for number, unit in parts)
    return work, clock + sum(int(number) * _TIME.get(unit, 0.0) for number, unit in _PART.findall(time))


def _date(written: str, office: Hours) -> float:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return 0.0
    return (moment.date() - office.first).days * DAY + moment.hour * 60 + moment.minute
