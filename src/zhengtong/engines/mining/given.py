"""A log that a program has at hand: events given one by one, each with its number in its case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhengtong.engines.mining.log import MEMORY, Log, empty
from zhengtong.engines.mining.order import put_in_order
from zhengtong.engines.mining.rows import Rows
from zhengtong.engines.mining.xes_exact import tag


@dataclass(frozen=True, slots=True)
class Given:
    """One event. `number` orders the events of a case whose times are equal; `at` says its own time zone."""

    case: str
    number: int
    activity: str
    at: datetime
    person: str = ""
    office: str = ""
    begun: datetime | None = None  # when somebody took the work up, where that is known


def log_of(
    name: str,
    events: Iterable[Given],
    *,
    cases: Mapping[str, Mapping[str, str]] | None = None,
    memory: str = MEMORY,
) -> Log:
    """A log of these events, in any order; LogFault where there is none. `cases` are attributes of cases by number."""
    log = empty(name, memory=memory)
    rows, traces = Rows(log), dict[str, int]()
    for event in events:
        if event.case not in traces:
            traces[event.case] = len(traces) + 1
            head = {"concept:name": event.case, **(cases or {}).get(event.case, {})}
            rows.add_trace(traces[event.case], event.case, "".join(_attribute(*each) for each in head.items()))
        more = _attribute("org:resource", event.person) + _attribute("org:group", event.office)
        begun = event.begun.astimezone(event.at.tzinfo).isoformat() if event.begun else None
        rows.add(traces[event.case], event.number, 0, event.case, event.activity, event.at.isoformat(), begun, more)
    rows.flush()
    return put_in_order(log)


def _attribute(key: str, value: str) -> str:
    return tag("string", {"key": key, "value": value}) + "/>" if value else ""
