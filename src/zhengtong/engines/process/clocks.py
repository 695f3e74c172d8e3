"""How long a case takes by its clocks: the longest and shortest way in working days, and who has how much of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from zhengtong.engines.process.model import SUB_PROCESSES, Model, Node
from zhengtong.engines.process.routes import forwards

_PART = re.compile(r"([0-9]{1,9})(WD|[YMWDHS])")
_WORKING_DAYS = {  # an average where the calendar decides: a year of 250 working days, a month of 21, a week of 5
    "WD": Fraction(1),
    "Y": Fraction(250),
    "M": Fraction(21),
    "W": Fraction(5),
    "D": Fraction(5, 7),
}
_IN_A_DAY = {"H": Fraction(1, 24), "M": Fraction(1, 1440), "S": Fraction(1, 86400)}


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the process: its steps with their working days.

    `is_exact` is False where other units than working days were turned into them by an average, or a step's length
    is not known. `has_loop` is True where the process can go back: each step counts once.
    """

    steps: tuple[tuple[str, int], ...]
    is_exact: bool
    has_loop: bool

    @property
    def days(self) -> int:
        """All of them."""
        return sum(days for _node, days in self.steps)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes on the way."""
        return tuple(node for node, _days in self.steps)


def longest_path(model: Model, called: Mapping[str, int] | None = None) -> Path:
    """The way that takes longest when every step takes all its time; of branches in parallel, the longest.

    `called` are the working days of other procedures, for call activities. Where a timer takes a step away, the way by
    the timer takes the timer's time.
    """
    return _path(model, called or {}, max)


def shortest_path(model: Model, called: Mapping[str, int] | None = None) -> Path:
    """The way of choices that takes least, when every step on it takes all its time."""
    return _path(model, called or {}, min)


Pick = Callable[..., "tuple[int, tuple[tuple[str, int], ...]]"]


def _path(model: Model, called: Mapping[str, int], pick: Pick) -> Path:
    lengths = _Lengths(model, called)
    steps = lengths.through("", pick)[1]
    return Path(steps, lengths.is_exact, lengths.has_loop)


class _Lengths:
    def __init__(self, model: Model, called: Mapping[str, int]) -> None:
        self.model, self.called = model, called
        self.is_exact, self.has_loop = True, False

    def through(self, scope: str, pick: Pick) -> tuple[int, tuple[tuple[str, int], ...]]:
        """The picked way through a scope: its days and its steps."""
        model = self.model
        starts = [node.id for node in model.routes.starts.get(scope, ())]
        order, loops = forwards(starts, self._ways)
        self.has_loop = self.has_loop or bool(loops)
        back = set(loops)
        so_far: dict[str, tuple[int, tuple[tuple[str, int], ...]]] = {}
        ends = []
        for id_ in order:
            node = model.nodes[id_]
            before = [so_far[each] for each in self._before(node, back) if each in so_far]
            joins_all = node.kind == "parallelGateway"
            days, steps = (max if joins_all else pick)(before, default=(0, ()), key=_days)
            own = self._own(node, pick)
            so_far[id_] = days + own, (*steps, (id_, own))
            if not node.outgoing:
                ends.append(so_far[id_])
        return pick(ends, default=(0, ()), key=_days)

    def _ways(self, id_: str) -> Iterable[tuple[str, str]]:
        return ((f"{id_} {each}", each) for each in self.model.routes.successors(id_))

    def _before(self, node: Node, back: set[str]) -> Iterable[str]:
        """The nodes whose time has passed when this one begins; a timer counts from before its activity."""
        sources = {self.model.flows[flow].source for flow in node.incoming}
        if node.attached_to:
            host = self.model.nodes[node.attached_to]
            is_timer = node.trigger is not None and node.trigger.kind == "timer"
            sources = {self.model.flows[flow].source for flow in host.incoming} if is_timer else {host.id}
        return (each for each in sources if f"{each} {node.id}" not in back)

    def _own(self, node: Node, pick: Pick) -> int:
        if node.task and node.task.clock:
            return self._days(node.task.clock)
        if node.trigger and node.trigger.kind == "timer" and node.kind != "startEvent":
            return self._days(node.trigger.every) * (node.trigger.times if pick is max else 1)
        if node.kind in SUB_PROCESSES:
            return self.through(node.id, pick)[0]
        if node.kind == "callActivity":
            procedure = node.call.procedure if node.call else ""
            self.is_exact = self.is_exact and procedure in self.called
            return self.called.get(procedure, 0)
        return 0

    def _days(self, written: str) -> int:
        date, _, time = written.removeprefix("P").partition("T")
        days = _PART.findall(date) if written.startswith("P") else []
        times = _PART.findall(time) if written.startswith("P") else []
        if times or not days or any(unit != "WD" for _, unit in days):
            self.is_exact = False
        total = sum((int(number) * _WORKING_DAYS[unit] for number, unit in days if unit in _WORKING_DAYS), Fraction())
        total += sum((int(number) * _IN_A_DAY[unit] for number, unit in times if unit in _IN_A_DAY), Fraction())
        return ceil(total)


def _days(way: tuple[int, tuple[tuple[str, int], ...]]) -> int:
    return way[0]
