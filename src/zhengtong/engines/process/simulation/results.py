"""What a run tells, as plain data: waiting by step, load by post, on-time rate. All times are in office minutes."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhengtong.engines.process.simulation.plan import Plan


class Tally:
    """What is counted while a run goes on."""

    def __init__(self) -> None:
        self.took = array("d")  # how long each case took, in the order in which they ended
        self.waits: dict[str, array[float]] = {}  # by node: how long each step waited for somebody
        self.outcomes: Counter[str] = Counter()
        self.incidents = 0
        self.last = 0.0  # the moment at which a case ended last

    def end(self, now: float, took: float, outcome: str) -> None:
        """A case is over."""
        self.took.append(took)
        self.outcomes[outcome] += 1
        self.last = now


@dataclass(frozen=True)
class StepResult:
    """How long a step had to wait for somebody. `done` is how often it was begun."""

    node: str
    post: str
    done: int
    mean_wait: float
    median_wait: float
    ninetieth_wait: float


@dataclass(frozen=True)
class PostResult:
    """How busy the persons of one `Staff` were: the share of their time until the last case ended."""

    name: str
    posts: tuple[str, ...]
    count: int
    load: float


@dataclass(frozen=True)
class Result:
    """One run of one variant. `day` is the office minutes of a day; `on_time` is None where nothing was promised.

    A case that has not ended waits for what never comes: `waiting` says at which nodes how many stay.
    """

    name: str
    cases: int
    ended: int
    day: float
    mean: float
    median: float
    ninetieth: float
    on_time: float | None
    steps: tuple[StepResult, ...]
    posts: tuple[PostResult, ...]
    outcomes: Mapping[str, int]
    waiting: Mapping[str, int]
    incidents: int


def told(plan: Plan, cases: int, tally: Tally, posts: Sequence[PostResult], waiting: Mapping[str, int]) -> Result:
    """Sum up a run. A case that has not ended was not in time."""
    took = sorted(tally.took)
    limit = plan.limit_days * plan.hours.length
    waits = ((node, tally.waits[node.id]) for node in plan.model.nodes.values() if node.id in tally.waits)
    return Result(
        name=plan.name,
        cases=cases,
        ended=len(took),
        day=plan.hours.length,
        mean=_mean(took),
        median=_quantile(took, 0.5),
        ninetieth=_quantile(took, 0.9),
        on_time=sum(time <= limit for time in took) / cases if limit else None,
        steps=tuple(_step(node.id, node.task.post, found) for node, found in waits if node.task and found),
        posts=tuple(posts),
        outcomes=dict(tally.outcomes),
        waiting=waiting,
        incidents=tally.incidents,
    )


def _step(node: str, post: str, waits: Sequence[float]) -> StepResult:
    waited = sorted(filter(None, waits))  # many did not wait at all
    found = [*[0.0] * (len(waits) - len(waited)), *waited]
    return StepResult(node, post, len(found), _mean(found), _quantile(found, 0.5), _quantile(found, 0.9))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _quantile(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
