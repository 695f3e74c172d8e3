"""What is simulated, as plain data: arrivals, staff, how long work takes, how choices come out."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from zhengtong.common.text import text
from zhengtong.engines.process.model import Model
from zhengtong.engines.process.simulation.faults import PlanFault
from zhengtong.engines.process.simulation.hours import DAY, MOST_DAYS, Hours

GRAIN = 4096  # how finely a distribution is kept: 12 of the 16 bits of a draw
STEPS = 100  # quantiles that are kept of a record

Rules = Callable[[str, Mapping[str, object]], object]
"""Answers a decision (its name, the facts), as the engine for rules does."""
Facts = Mapping[str, object]


@dataclass(frozen=True)
class Times:
    """How long something takes, in minutes: values at equal steps of probability, from least to most.

    `Times.of(record)` takes them from what was measured. Between the values it is interpolated.
    """

    quantiles: tuple[float, ...]

    def __post_init__(self) -> None:
        found = self.quantiles
        if not found or not found[0] >= 0 or not found[-1] < float("inf") or list(found) != sorted(found):
            raise PlanFault(
                text("时长须从小到大且不为负。", "times go from the least to the most and are not negative")
            )

    @staticmethod
    def of(measured: Sequence[float], steps: int = STEPS) -> "Times":
        """From a record: its quantiles in `steps` steps."""
        found = sorted(measured)
        if not found:
            raise PlanFault(text("没有记录。", "the record is empty"))
        return Times(tuple(_at(found, place / steps) for place in range(steps + 1)))

    @cached_property
    def table(self) -> tuple[float, ...]:
        """The value in the middle of each of GRAIN equal shares."""
        return tuple(_at(self.quantiles, (place + 0.5) / GRAIN) for place in range(GRAIN))

    @property
    def mean(self) -> float:
        """The mean, in minutes."""
        return sum(self.table) / GRAIN

    def draw(self, chance: Random, count: int) -> list[float]:
        """`count` of them."""
        bits, table = array("H", chance.randbytes(2 * count)), self.table
        return [table[each >> 4] for each in bits]


def _at(values: Sequence[float], share: float) -> float:
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


@dataclass(frozen=True)
class Staff:
    """`count` persons who can do the work of each of `posts`; `hours` where they are not those of the office."""

    posts: tuple[str, ...]
    count: int
    hours: Hours | None = None
    name: str = ""  # of these persons; the posts where it is empty

    def __post_init__(self) -> None:
        if self.count < 1:
            raise PlanFault(text(f"{self.told}：至少需要一人。", f"{self.told}: at least one person is needed"))

    @property
    def told(self) -> str:
        """What they are called."""
        return self.name or " + ".join(self.posts)


@dataclass(frozen=True)
class Arrivals:
    """`per_day` cases on an average open day, more or fewer by weekday (Monday first) and hour as the weights say.

    `closed` is the weight of a day on which the office is closed. `kinds` are facts of cases and their weights.
    """

    per_day: float
    weekdays: tuple[float, ...] = (1.0,) * 7
    closed: float = 0.0
    hours: Mapping[int, float] = field(default_factory=lambda: dict.fromkeys(range(9, 17), 1.0))
    kinds: Sequence[tuple[float, Facts]] = ((1.0, {}),)

    def __post_init__(self) -> None:
        weights = [*self.weekdays, self.closed, *self.hours.values(), *(weight for weight, _ in self.kinds)]
        if not 0 < self.per_day < float("inf") or len(self.weekdays) != 7 or min(weights) < 0:
            raise PlanFault(text("来件的数量和权重须为正。", "cases arrive in positive numbers and weights"))
        if not sum(self.weekdays) or not sum(self.hours.values()) or not sum(weight for weight, _ in self.kinds):
            raise PlanFault(text("没有来件。", "no case ever arrives"))
        if not set(self.hours) <= set(range(24)):
            raise PlanFault(text("来件的小时须为 0 至 23。", "the hours of arrivals are 0 to 23"))

    def moments(self, hours: Hours, count: int, chance: Random) -> list[float]:
        """The clocks of the first `count` arrivals: a Poisson stream whose rate the weights bend."""
        mean = sum(self.weekdays) / 7
        profile, weights = list(self.hours), list(self.hours.values())
        found: list[float] = []
        for day in range(MOST_DAYS):
            weight = self.weekdays[(hours.first.weekday() + day) % 7] if hours.is_day(day) else self.closed
            number = _poisson(self.per_day * weight / mean, chance)
            coming = chance.choices(profile, weights, k=number)
            found += sorted(day * DAY + (hour + chance.random()) * 60 for hour in coming)
            if len(found) >= count:
                return found[:count]
        raise PlanFault(text("来件太少。", "cases arrive too rarely"))


def _poisson(mean: float, chance: Random) -> int:
    """A count with this mean: by the times between arrivals."""
    if not mean:
        return 0
    number, passed = 0, chance.expovariate(mean)
    while passed < 1.0:
        number += 1
        passed += chance.expovariate(mean)
    return number


@dataclass(frozen=True)
class Plan:
    """One variant. Times and outcomes are by the id of the node; `outcomes` gives each value its weight."""

    name: str
    model: Model
    arrivals: Arrivals
    staff: Sequence[Staff]
    times: Mapping[str, Times]
    hours: Hours
    outcomes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    usual: Times = Times((30.0,))  # where `times` has none
    rules: Rules | None = None
    limit_days: float = 0.0  # the promise, in working days; 0: none
    unlimited: frozenset[str] = frozenset({"party"})  # posts where nobody queues, and time goes by the clock
