"""Work to be done, and those who do it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from zhengtong.engines.process.simulation.hours import Axis, Hours
from zhengtong.engines.process.simulation.plan import Staff


@dataclass(slots=True, eq=False)
class Work:
    """One step to be done, of which there is one object for each key: how it is done, how it can end."""

    node: str
    key: str
    kind: str  # task, call, message, timer; begin: the case comes in; come: somebody comes to the office
    way: Way = field(init=False)  # the only way it ends
    ways: Sequence[Way] | None = None  # by case, where there are several
    times: Sequence[float] = ()  # by case
    crews: tuple[Crew, ...] = ()  # who can do it; nobody's where it is empty
    queue: Queue = field(default_factory=deque)
    free: list[float] = field(default_factory=list)  # where nothing queues: when each of the only crew is free
    spent: float = 0.0  # where nothing queues: minutes of all cases
    waited: Callable[[float], object] = float  # keeps how long somebody waited

    def __post_init__(self) -> None:
        self.way = Way(self)

    def __lt__(self, other: Work) -> bool:
        """Which comes first of one case's at the same moment."""
        return self.key < other.key


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A way in which a step ends: with which value of its outcome."""

    work: Work
    value: str = ""


Queue = deque[tuple[float, int, Work]]
"""Since when, which case, what."""


class Crew:
    """What the persons of one `Staff` do during a run; moments are those of the axis."""

    def __init__(self, staff: Staff, office: Hours, *, by_clock: bool) -> None:
        self.staff, self.idle, self.busy = staff, staff.count, 0.0
        self.hours = (staff.hours or office) if by_clock else None
        self.queues: list[Queue] = []
        self.free = [0.0] * staff.count  # where nothing queues: when each of them is free
        self.coming = Work("", staff.told, "come")

    def is_open(self, now: float) -> bool:
        """Whether they are there."""
        return self.hours is None or self.hours.is_open(now)

    def opening(self, now: float) -> float:
        """When they come, after a moment at which they are not there."""
        return self.hours.at(self.hours.passed(now)) if self.hours else now

    def until(self, now: float, spent: float) -> float:
        """When one of them has done what takes so many minutes, begun now; what is not finished lies over night."""
        return max(now, self.hours.done(self.hours.passed(now) + spent)) if self.hours else now + spent

    def oldest(self) -> Queue | None:
        """Of the queues that they serve, the one whose first has waited longest."""
        return min((queue for queue in self.queues if queue), key=lambda queue: queue[0][:2], default=None)

    def load(self, axis: Axis, until: float) -> float:
        """The share of their time, up to a moment, in which they worked."""
        there = self.hours.passed(until) if self.hours else axis.minutes(until)
        return self.busy / (self.staff.count * there) if there else 0.0


def queues_of(able: Sequence[tuple[Crew, ...]]) -> dict[tuple[Crew, ...], Queue]:
    """One queue for all work that the same crews can do; each crew learns which queues it serves."""
    found: dict[tuple[Crew, ...], Queue] = {}
    for crews in able:
        if crews and crews not in found:
            found[crews] = deque()
            for crew in crews:
                crew.queues.append(found[crews])
    return found
