"""A log that a program has at hand: events given one by one, each with its number in its case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
    cases: Mapping[str, Mapping[str, str | date]] | None = None,
    memory: str = MEMORY,
) -> Log:
    """A log of these events, in any order; LogFault where there is none. `cases` are attributes of cases by number."""
    log = empty(name, memory=memory)
    rows, traces = Rows(log), dict[str, int]()
    for event in events:
        if event.case not in traces:
            traces[event.case] = len(traces) + 1
            head = {"concept:name": event.case, **(cases or {}).get(event.case, {})}
            more = "".join(_attribute(*each) for each in head.items() if each[1])
            rows.add_trace(traces[event.case], event.case, more)
        begun = event.begun.astimezone(event.at.tzinfo).isoformat() if event.begun else None
        more = "".join(_attribute(*each) for each in _attributes(event, begun or "") if each[1])
        rows.add(traces[event.case], event.number, 0, event.case, event.activity, event.at.isoformat(), begun, more)
    rows.flush()
    return put_in_order(log)


def _attributes(event: Given, begun: str) -> Iterator[tuple[str, str | datetime]]:
    yield "concept:name", event.activity
    yield "time:timestamp", event.at
    yield "start_timestamp", datetime.fromisoformat(begun) if begun else ""
    yield "org:resource", event.person
    yield "org:group", event.office


def _attribute(key: str, value: str | date) -> str:
    """As XES writes it; a moment or a day with its type."""
    if isinstance(value, date):
        return tag("date", {"key": key, "value": value.isoformat()}) + "/>"
    return tag("string", {"key": key, "value": value}) + "/>"
