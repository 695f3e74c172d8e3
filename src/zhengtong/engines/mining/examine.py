"""Everything that a report tells of a log, asked in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining.change import Change, changed
from zhengtong.engines.mining.flow import Variant, variants
from zhengtong.engines.mining.late import Late, late
from zhengtong.engines.mining.log import Log
from zhengtong.engines.mining.map import Map, process_map
from zhengtong.engines.mining.quality import Quality, quality
from zhengtong.engines.mining.replay import Conformance, conformance
from zhengtong.engines.mining.times import Span, StepTime, clock, lasting, step_times
from zhengtong.engines.mining.work import (
    Correction,
    HandOver,
    PingPong,
    Rework,
    corrections,
    hand_overs,
    ping_pong,
    rework,
)
from zhengtong.engines.process import Model


@dataclass(frozen=True)
class Asked:
    """What is asked for: the calendar (none: days of 24 hours), the model, the limit of a case, the day of a change."""

    calendar: Calendar | None = None
    model: Model | None = None
    share: float = 0.9
    activities: float = 1.0
    top: int = 12
    limit: float = 0.0  # days
    due: str = ""  # or the attribute of the case that holds the date
    since: date | None = None
    correcting: Sequence[str] = ()
    ignoring: Collection[str] = ()  # activities that no model holds
    ending: Collection[str] = ()  # activities that may end a case anywhere
    open: Collection[str] = ()  # cases that go on
    now: datetime | None = None  # what the clock on the wall shows
    persons: Text = field(default_factory=lambda: text("人员", "persons"))  # what `person` of the log names
    names: Mapping[str, str] = field(default_factory=dict)  # activities to ids of nodes


@dataclass(frozen=True)
class Findings:
    """What a log tells."""

    name: str
    asked: Asked
    quality: Quality
    first: datetime
    last: datetime
    map: Map
    ways: int  # how many variants there are
    variants: Sequence[Variant]
    lasting: Span
    steps: Sequence[StepTime]
    offices: Sequence[HandOver]
    persons: Sequence[HandOver]
    office_returns: PingPong
    person_returns: PingPong
    rework: Sequence[Rework]
    corrections: Sequence[Correction]
    late: Late | None
    conformance: Conformance | None
    changes: Sequence[Change]

    @property
    def ended(self) -> int:
        """How many cases have ended, as far as is known."""
        return self.quality.cases - self.quality.open

    @property
    def marks(self) -> dict[str, str]:
        """The steps that deviate, as `process.draw` marks them."""
        told = self.conformance.deviations if self.conformance else ()
        return {each.node: "deviation" for each in told if each.node}


def examine(log: Log, asked: Asked | None = None) -> Findings:
    """Ask a log for everything."""
    asked = asked or Asked()
    log.leave_open(asked.open)
    clock(log, asked.calendar)
    first, last = log.rows("SELECT min(wall), max(wall) FROM event")[0]
    every = variants(log)
    persons = ping_pong(log, of="who")
    offices = ping_pong(log)  # the last, for `changed` asks for the returns of offices
    return Findings(
        name=log.name,
        asked=asked,
        quality=quality(log),
        first=first,
        last=last,
        map=process_map(log, share=asked.share, activities=asked.activities),
        ways=len(every),
        variants=every[: asked.top],
        lasting=lasting(log),
        steps=step_times(log),
        offices=hand_overs(log),
        persons=hand_overs(log, of="who"),
        office_returns=offices,
        person_returns=persons,
        rework=rework(log),
        corrections=corrections(log, names=asked.correcting),
        late=late(log, days=asked.limit, due=asked.due, now=asked.now) if asked.limit or asked.due else None,
        conformance=_conformance(log, asked),
        changes=changed(log, asked.since) if asked.since else (),
    )


def _conformance(log: Log, asked: Asked) -> Conformance | None:
    if asked.model is None:
        return None
    return conformance(log, asked.model, names=asked.names, ignoring=asked.ignoring, ending=asked.ending)
