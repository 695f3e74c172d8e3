"""What a log tells for a simulation: when cases come, and how long work on each step takes; as a plan is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhengtong.engines.mining.log import Log
from zhengtong.engines.process import Model

STEPS = 20  # quantiles of each step
FEWEST = 5  # pieces of work, for the times of a step to be told


def fitted(log: Log, model: Model, *, day: float = 480.0) -> dict[str, dict[str, Any]]:
    """`arrivals`, and `times` of the steps of which the log says when the work began; `clock(log)` goes before.

    Steps are known by their name in any language, or their id. Work that was left over night counts `day` minutes for
    each working day.
    """
    return {"arrivals": _arrivals(log), "times": _times(log, _named(model), day)}


def _named(model: Model) -> dict[str, str]:
    tasks = [node for node in model.nodes.values() if node.task]
    return {name: node.id for node in tasks for name in (node.id, *node.name.values())}


def _arrivals(log: Log) -> dict[str, Any]:
    """Cases a day from Monday to Friday, and how they are spread over days and hours; of the others, the share."""
    first, last = log.rows("SELECT min(opened)::DATE, max(opened)::DATE FROM lasted")[0]
    found = dict(log.rows("SELECT isodow(opened), count(*) FROM lasted GROUP BY 1"))
    days = dict(
        log.rows("SELECT isodow(day), count(*) FROM calendar WHERE day BETWEEN $1 AND $2 GROUP BY 1", [first, last])
    )
    office = _rate(found, days, range(1, 6))
    by_day = [_rate(found, days, [each]) / office if office else 1.0 for each in range(1, 6)]
    hours = log.rows("SELECT hour(opened), count(*) FROM lasted GROUP BY 1 ORDER BY 1")
    return {
        "per_day": round(office or _rate(found, days, range(1, 8)), 4),
        "weekdays": [round(each, 3) for each in (*by_day, 1.0, 1.0)],
        "closed": round(_rate(found, days, (6, 7)) / office, 3) if office else 1.0,
        "hours": {int(hour): int(count) for hour, count in hours},
    }


def _rate(found: Mapping[int, int], days: Mapping[int, int], which: Sequence[int]) -> float:
    there = sum(days.get(each, 0) for each in which)
    return sum(found.get(each, 0) for each in which) / there if there else 0.0


def _times(log: Log, names: Mapping[str, str], day: float) -> dict[str, list[float]]:
    shares = ", ".join(f"{place / STEPS}" for place in range(STEPS + 1))
    found = log.rows(
        f"SELECT name, quantile_cont(minutes, [{shares}]) FROM ("
        "  SELECT s.act, CASE WHEN e.begun::DATE = e.wall::DATE THEN (epoch(e.wall) - epoch(e.begun)) / 60"
        "    ELSE s.working * $1 END AS minutes"
        "  FROM spent s JOIN event e USING (case_no, seq) WHERE e.begun IS NOT NULL)"
        " JOIN act_name ON code = act GROUP BY name HAVING count(*) >= $2 ORDER BY name",
        [day, FEWEST],
    )
    return {names[name]: [round(max(each, 0.0), 1) for each in values] for name, values in found if name in names}
