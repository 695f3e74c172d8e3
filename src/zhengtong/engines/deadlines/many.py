"""A million deadlines at once: what begins on the same day with the same limit ends on the same day."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import repeat

from zhengtong.engines.deadlines.calendar import Calendar
from zhengtong.engines.deadlines.fast import due_on
from zhengtong.engines.deadlines.limit import Limit
from zhengtong.engines.deadlines.periods import Stop

NONE: Mapping[int, Sequence[Stop]] = {}


def due_all(
    *,
    starts: Sequence[date],
    limits: Limit | Sequence[Limit],
    calendar: Calendar,
    stops: Mapping[int, Sequence[Stop]] = NONE,
) -> list[date | None]:
    """For each of `starts` the same as `due_on`: one limit for all or one for each; `stops` by place in `starts`.

    Days after the last decree are provisional: ask `calendar.is_provisional`. ValueError where `limits` are not as many
    as `starts`.
    """
    if isinstance(limits, Limit):
        by_day = {start: due_on(start=start, limit=limits, calendar=calendar) for start in set(starts)}
        found = list(map(by_day.__getitem__, starts))
    else:
        tables: dict[Limit, dict[date, date | None]] = {}
        for start, limit in set(zip(starts, limits, strict=True)):
            tables.setdefault(limit, {})[start] = due_on(start=start, limit=limit, calendar=calendar)
        found = [tables[limit][start] for start, limit in zip(starts, limits, strict=True)]
    every = repeat(limits) if isinstance(limits, Limit) else limits
    if stops:
        for place, (start, limit) in enumerate(zip(starts, every, strict=False)):
            if place in stops:
                found[place] = due_on(start=start, limit=limit, calendar=calendar, stops=stops[place])
    return found
