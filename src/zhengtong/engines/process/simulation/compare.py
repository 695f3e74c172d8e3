"""Several variants side by side, each run several times with the same cases (common random numbers).

Intervals are those of Student's t at 95%; differences from the first variant are taken run by run, so that what chance
does to both is not counted as a difference (Law, "Simulation Modeling and Analysis", chapters 9 and 10).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from zhengtong.common.text import text
from zhengtong.engines.process.simulation.faults import PlanFault
from zhengtong.engines.process.simulation.plan import Plan
from zhengtong.engines.process.simulation.results import Result
from zhengtong.engines.process.simulation.run import Progress, simulate

_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120)
_MEASURES: dict[str, Callable[[Result], float | None]] = {
    "mean_days": lambda result: result.mean / result.day,
    "ninetieth_days": lambda result: result.ninetieth / result.day,
    "on_time": lambda result: result.on_time,
    "load": lambda result: max((post.load for post in result.posts), default=0.0),
}


@dataclass(frozen=True)
class Interval:
    """A mean, and how far from it the truth may lie with 95% confidence."""

    mean: float
    half: float

    @property
    def excludes_zero(self) -> bool:
        """Whether it is more than chance."""
        return abs(self.mean) > self.half


@dataclass(frozen=True)
class Comparison:
    """A variant: its runs, its measures, and how they differ from those of the first variant.

    Measures are `mean_days` and `ninetieth_days` from start to end, in working days; `on_time`, the share that kept the
    promise (left out where nothing was promised); `load` of the busiest post.
    """

    name: str
    runs: tuple[Result, ...]
    measures: dict[str, Interval]
    differences: dict[str, Interval]


def compare(
    plans: Sequence[Plan], *, cases: int, runs: int = 5, seed: int = 0, progress: Progress | None = None
) -> list[Comparison]:
    """Run every variant `runs` times; `progress` hears how many cases of all have been begun."""
    if not plans or runs < 2:
        raise PlanFault(text("至少需要一个方案、运行两次。", "at least one variant and two runs are needed"))
    every: list[tuple[Result, ...]] = []
    for place, plan in enumerate(plans):
        found = []
        for run in range(runs):
            before = (place * runs + run) * cases
            found.append(simulate(plan, cases=cases, seed=seed + run, progress=_shifted(progress, before, plans, runs)))
        every.append(tuple(found))
    return [_compared(plan.name, found, every[0]) for plan, found in zip(plans, every, strict=True)]


def _shifted(progress: Progress | None, before: int, plans: Sequence[Plan], runs: int) -> Progress | None:
    if progress is None:
        return None
    tell = progress
    return lambda done, cases: tell(before + done, cases * runs * len(plans))


def _compared(name: str, runs: tuple[Result, ...], first: tuple[Result, ...]) -> Comparison:
    measures, differences = {}, {}
    for measure, of in _MEASURES.items():
        pairs = [(of(run), of(base)) for run, base in zip(runs, first, strict=True)]
        measured = [(now, before) for now, before in pairs if now is not None and before is not None]
        if measured:
            measures[measure] = _interval([now for now, _ in measured])
            differences[measure] = _interval([now - before for now, before in measured])
    return Comparison(name, runs, measures, differences)


def _interval(values: Sequence[float]) -> Interval:
    count = len(values)
    mean = sum(values) / count
    deviation = sqrt(sum((value - mean) ** 2 for value in values) / (count - 1))
    return Interval(mean, _T[min(count - 2, len(_T) - 1)] * deviation / sqrt(count))
