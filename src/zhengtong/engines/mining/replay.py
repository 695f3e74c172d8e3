"""Conformance: the ways that cases went, replayed on a BPMN model by tokens.

Fitness is that of Rozinat and van der Aalst (2008): half of 1 - missing/consumed and half of 1 - remaining/produced,
summed over all cases. Each variant is replayed once, however many cases went that way. Gateways, events and tasks that
no event can stand for are silent: they are passed where that lets the step happen. Boundary events and event
sub-processes may happen whenever what they watch is at work. What the standard leaves to data is not judged: any way
out of a choice will do, and an inclusive join takes what has come.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhengtong.engines.mining.flow import variants
from zhengtong.engines.mining.log import Log
from zhengtong.engines.mining.net import Net
from zhengtong.engines.process import Model


@dataclass(frozen=True, slots=True)
class Deviation:
    """A step that was done without its turn (`skipped` False), or that was waited for when the case ended (True)."""

    step: str
    node: str  # its id in the model
    skipped: bool
    cases: int
    times: int


@dataclass(frozen=True, slots=True)
class Misfit:
    """Steps that an office did without their turn."""

    office: str
    step: str
    times: int


@dataclass(frozen=True, slots=True)
class Conformance:
    """How well a log fits a model: between 0 and 1, cases that fit wholly, and what deviates where."""

    fitness: float
    fitting: int
    cases: int
    deviations: tuple[Deviation, ...]
    offices: tuple[Misfit, ...]
    unknown: Mapping[str, int]  # activities that the model has no step for, and how often they were done


def conformance(
    log: Log,
    model: Model,
    *,
    names: Mapping[str, str] | None = None,
    ignoring: Collection[str] = (),
    ending: Collection[str] = (),
) -> Conformance:
    """Replay ended cases on a model. `names` maps activities to ids of nodes; else names and ids are compared.

    Activities in `ignoring` are no steps of any model, such as a hand-over; they are left out. Those in `ending` may
    end a case anywhere, as when it is withdrawn: what then waited is not held against it.
    """
    every = variants(log)
    net = Net(model, names or {}, {name for variant in every for name in variant.way})
    sums, forced, left, unknown = Counter[str](), Counter[tuple[str, int]](), Counter[tuple[str, int]](), Counter[str]()
    places: list[tuple[tuple[str, ...], tuple[int, ...]]] = []
    for variant in every:
        played = net.play(variant.way, ignoring=ignoring)
        if not set(variant.way).isdisjoint(ending):
            played = replace(played, remaining=0, left=())
        for part in ("produced", "consumed", "missing", "remaining"):
            sums[part] += getattr(played, part) * variant.count
        if not played.missing and not played.remaining and not played.unknown:
            sums["fitting"] += variant.count
        _count(forced, [variant.way[at - 1] for at in played.forced], variant.count)
        _count(left, played.left, variant.count)
        for name in played.unknown:
            unknown[name] += variant.count
        if played.forced:
            places.append((variant.way, played.forced))
    fitness = 1 - sums["missing"] / max(sums["consumed"], 1) / 2 - sums["remaining"] / max(sums["produced"], 1) / 2
    return Conformance(
        fitness,
        sums["fitting"],
        sum(variant.count for variant in every),
        tuple(_deviations(net, forced, left)),
        tuple(_offices(log, places)),
        dict(unknown.most_common()),
    )


def _count(into: Counter[tuple[str, int]], names: Iterable[str], cases: int) -> None:
    """Add up cases (index 0) and times (index 1) by name."""
    for name, times in Counter(names).items():
        into[name, 0] += cases
        into[name, 1] += cases * times


def _deviations(net: Net, forced: Counter[tuple[str, int]], left: Counter[tuple[str, int]]) -> Iterator[Deviation]:
    found = [
        Deviation(name, net.node(name), skipped, counts[name, 0], counts[name, 1])
        for skipped, counts in ((False, forced), (True, left))
        for name, part in counts
        if part == 0
    ]
    yield from sorted(found, key=lambda each: (-each.cases, each.step))


def _offices(log: Log, places: Sequence[tuple[tuple[str, ...], tuple[int, ...]]]) -> list[Misfit]:
    """Which offices did the steps that had no turn: the places of each way, found again in all its cases by SQL."""
    if not places or not log.value("SELECT count(*) FROM office_name"):
        return []
    log.db.execute(
        "CREATE OR REPLACE TEMP TABLE forced AS "
        "SELECT unnest($1::VARCHAR[][]) AS way, unnest($2::INTEGER[][]) AS places",
        [[list(way) for way, _ in places], [list(at) for _, at in places]],
    )
    found = log.rows(
        f"""
        WITH w AS (SELECT case_no, list(name ORDER BY seq) AS way FROM event JOIN act_name ON code = act
                   WHERE {log.ended()} GROUP BY case_no)
        SELECT o.name, a.name, count(*) FROM w JOIN forced USING (way) JOIN event e USING (case_no)
        JOIN office_name o ON o.code = e.office JOIN act_name a ON a.code = e.act
        WHERE list_contains(places, e.seq) GROUP BY ALL ORDER BY 3 DESC, 1, 2
        """
    )
    return [Misfit(*row) for row in found]
