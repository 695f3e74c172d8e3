"""When an office is open, and its time: the minutes that it was open since the beginning of a simulation.

`Clock` is minutes since midnight before the first day, nights and days off included; `work` is minutes of being open.
A calendar is a function from a date to whether it is a working day; this library knows none itself.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from zhengtong.common.text import text
from zhengtong.engines.process.simulation.faults import PlanFault

DAY = 1440.0
MOST_DAYS = 40_000  # about a century, before a calendar without working days is given up
IsWorking = Callable[[date], bool]


def weekdays(day: date) -> bool:
    """Monday to Friday: a calendar for those who have none."""
    return day.weekday() < 5


@dataclass
class Hours:
    """Open from `opens` to `closes` (minutes of the day) on the working days of a calendar.

    Who closes after midnight says so: 1320 to 1800 is from ten in the evening to six, and belongs to the first day.
    """

    first: date
    is_working: IsWorking = weekdays
    opens: float = 540.0
    closes: float = 1020.0
    _days: list[int] = field(default_factory=list, repr=False, compare=False)  # open days, as days after the first

    def __post_init__(self) -> None:
        if not 0 <= self.opens < DAY or not self.opens < self.closes <= self.opens + DAY:
            told = f"{_written(self.opens)}–{_written(self.closes)}"
            raise PlanFault(text(f"办公时间不成立：{told}", f"these are no office hours: {told}"))

    @property
    def length(self) -> float:
        """Minutes of an open day."""
        return self.closes - self.opens

    def at(self, work: float) -> float:
        """The clock when `work` minutes have passed and the next one begins: after a whole day, in the morning."""
        return self._clock(work, int(work // self.length))

    def done(self, work: float) -> float:
        """The clock when `work` minutes are over: after a whole day, in the evening."""
        return self._clock(work, max(0, ceil(work / self.length) - 1))

    def _clock(self, work: float, number: int) -> float:
        while len(self._days) <= number:
            self._extend()
        return self._days[number] * DAY + self.opens + work - number * self.length

    def passed(self, clock: float) -> float:
        """How many minutes the office has been open at a clock."""
        day = int((clock - self._night) // DAY)
        while not self._days or self._days[-1] < day:
            self._extend()
        number = bisect_right(self._days, day) - 1
        if number < 0 or self._days[number] != day:
            return (number + 1) * self.length
        return number * self.length + min(max(clock - day * DAY - self.opens, 0.0), self.length)

    def is_open(self, clock: float) -> bool:
        """Whether somebody is there at a clock."""
        day = int((clock - self._night) // DAY)
        return self.is_day(day) and self.opens <= clock - day * DAY < self.closes

    def is_day(self, day: int) -> bool:
        """Whether the office opens on a day after the first."""
        while not self._days or self._days[-1] < day:
            self._extend()
        return self._days[bisect_right(self._days, day) - 1] == day

    @property
    def _night(self) -> float:
        """The minutes after midnight that belong to the day before."""
        return max(0.0, self.closes - DAY)

    def _extend(self) -> None:
        day = self._days[-1] + 1 if self._days else 0
        for each in range(day, day + MOST_DAYS):
            if self.is_working(self.first + timedelta(days=each)):
                self._days.append(each)
                return
        raise PlanFault(text("日历中没有工作日。", "the calendar has no working days"))


def _written(minute: float) -> str:
    return f"{int(minute // 60):02}:{int(minute % 60):02}"


@dataclass(frozen=True)
class Axis:
    """The time that a run keeps its events in.

    Where everybody works in the hours of the office, that is office time: nights are not there at all. Where somebody
    has hours of their own, it is the clock.
    """

    of_clock: Callable[[float], float]
    to_clock: Callable[[float], float]
    minutes: Callable[[float], float]  # of the office, passed at a moment

    @staticmethod
    def of(office: Hours, *, shared: bool) -> "Axis":
        """The axis where all share the hours of the office, or do not."""
        if shared:
            return Axis(office.passed, office.at, float)
        return Axis(float, float, office.passed)
