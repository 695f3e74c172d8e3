"""When something is due: counted day by day, so that each person can see why it is that date.

The law counted by (of China; the sample city's):

- 民法典 (Civil Code) art. 201: in days, months or years, the day of the event is not counted; counting begins the day
  after. Art. 202: months end on the same day of the last month, or on its last day if it has no such day.
  Art. 203: where the last day is a statutory holiday, the day after the holiday is the last day.
- 行政许可法 (Administrative Licensing Law) art. 82: its limits are working days, without statutory holidays.
  Art. 45: the time of hearings, inspections, testing and expert review is not counted.
- 行政复议法 (Administrative Reconsideration Law, 2023) art. 88: its limits of three, five, seven and ten days are
  working days; the others are calendar days. The charter writes which.

A stop is a period of its own, so art. 201 holds for it as well: the day on which it begins still counts, the day on
which it ends does not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines.calendar import Calendar
from zhengtong.engines.deadlines.fast import due_on
from zhengtong.engines.deadlines.limit import Limit
from zhengtong.engines.deadlines.periods import Extension, Stop, phases, span, standing

BEGUN = text("起算当日，不计入", "the day it began: not counted")
CALENDAR_DAY = text("自然日", "calendar day")
STOPPED = text("时限中止：{reason}", "the clock stands still: {reason}")
ROLLED = text("期限最后一日适逢{why}，顺延", "the limit would end on this day ({why}), so it moves on")
LAST = text("顺延后的最后一日（{why}）", "the last day, moved on ({why})")


@dataclass(frozen=True)
class Day:
    """One day of the count: its number if it counts, why, and the ground (`law/article`) where there is one."""

    date: date
    counted: int | None
    why: Text
    ground: str = ""


@dataclass(frozen=True)
class Deadline:
    """When it is due, and why.

    `on` is None while the clock stands still; `remaining` then says how many days of the limit are still to be
    counted (0 otherwise). `provisional`: the decree on that year's holidays is still to come. `days` begins with
    the day of the event and ends with the last day, or with the first on which the clock stands still.
    """

    on: date | None
    provisional: bool
    remaining: int
    days: tuple[Day, ...]
    resumed: Callable[[date], date | None] = field(compare=False, repr=False)

    def if_resumed_on(self, day: date) -> date | None:
        """When it would be due if what stops the clock ended on `day`."""
        return self.resumed(day)

    def left(self, today: date) -> int:
        """How many days still count after `today`; while the clock stands still, those that remain."""
        return self.remaining or sum(1 for day in self.days if day.counted and day.date > today)

    @property
    def total(self) -> int:
        """How many days the whole limit counts."""
        return self.remaining + sum(1 for day in self.days if day.counted)


def due(
    *,
    start: date,
    limit: Limit,
    calendar: Calendar,
    stops: Sequence[Stop] = (),
    extensions: Sequence[Extension] = (),
) -> Deadline:
    """The last day of `limit`, counted from the day after `start`, and the count day by day.

    ValueError for a limit in hours, which has no last day: see `due_at`.
    """

    def resumed(day: date) -> date | None:
        closed = [stop if stop.to_on else replace(stop, to_on=max(day, stop.from_on)) for stop in stops]
        return due_on(start=start, limit=limit, calendar=calendar, stops=closed, extensions=extensions)

    days = [Day(start, None, BEGUN, "civil-code/201")]
    remaining = 0
    for phase in phases(limit, extensions):
        remaining += span(phase, days[-1].date) if remaining else _count(days, phase, calendar, stops)
    if remaining:
        return Deadline(None, False, remaining, tuple(days), resumed)
    if phase.unit != "working-days":
        _roll(days, calendar)
    return Deadline(days[-1].date, calendar.is_provisional(days[-1].date), 0, tuple(days), resumed)


def _count(days: list[Day], phase: Limit, calendar: Calendar, stops: Sequence[Stop]) -> int:
    """Add the days of `phase` to `days`; how many it still lacks when the clock stands still before its end."""
    number = sum(1 for day in days if day.counted)
    missing = span(phase, days[-1].date)
    while missing:
        on = days[-1].date + timedelta(days=1)
        stop = standing(stops, on)
        if stop:
            days.append(Day(on, None, STOPPED.format(reason=stop.reason), stop.ground))
            if stop.to_on is None:
                break
        elif phase.unit == "working-days" and not calendar.is_working(on):
            days.append(Day(on, None, calendar.reason(on)))
        else:
            number, missing = number + 1, missing - 1
            days.append(Day(on, number, calendar.reason(on) if phase.unit == "working-days" else CALENDAR_DAY))
    return missing


def _roll(days: list[Day], calendar: Calendar) -> None:
    """Move the last day on to a working day (Civil Code art. 203)."""
    if calendar.is_working(days[-1].date):
        return
    days[-1] = replace(days[-1], why=ROLLED.format(why=calendar.reason(days[-1].date)), ground="civil-code/203")
    on = days[-1].date + timedelta(days=1)
    while not calendar.is_working(on):
        days.append(Day(on, None, calendar.reason(on), "civil-code/203"))
        on += timedelta(days=1)
    days.append(Day(on, None, LAST.format(why=calendar.reason(on)), "civil-code/203"))
