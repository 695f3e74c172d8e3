"""The process of a service in a period, at one office or at all: mined from the acts, beside the model in force."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zhengtong.cases.law import calendar_on, today
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import Asked, Findings, Log, Section, draw_map, examine, sections
from zhengtong.engines.process import Model
from zhengtong.observatory.periods import Period, period
from zhengtong.observatory.processes.changes import changes, since_when
from zhengtong.observatory.processes.chosen import MOST, Recorded, cases_of, end_of
from zhengtong.observatory.processes.record import CORRECTING, ENDING, beside_the_model, told_as


@dataclass(frozen=True)
class ProcessReport:
    """What the record tells of a service; the map is SVG, safe to put into a page."""

    procedure: str
    name: Text
    period: Period
    office: str
    since: date
    found: Findings
    map: str
    model: Model  # in force, of the enactment with this number
    enactment: int
    sections: Sequence[Section]
    of: int  # cases in the period; at most MOST of them were looked at


def process_of(
    *,
    procedure: str,
    code: str = "",
    office: str = "",
    since: str = "",
    language: str,
    now: datetime,
    share: float = 0.9,
) -> ProcessReport:
    """Mine the cases of a service that were filed in a period (`2026`, `2026-03`; empty: the present year).

    `office` is an organisation: only cases in which one of its posts acted. `since` is the day since when changes are
    told, whatever the period; else that of the last enactment. KeyError for an unknown service; `NoSuchPeriod`,
    `NothingRecorded`.
    """
    asked, enacted = period(code, today=today(now)), in_force_at(now)
    charter, calendar, model = enacted.charter, calendar_on(now), enacted.charter.process(procedure)
    day = since_when(since, enacted.enactment.in_force_from, now)
    chosen = cases_of(procedure, asked.first_on, end_of(asked), office=office, charter=charter)
    recorded = Recorded(chosen.order_by("-filed_at")[:MOST], calendar, language)
    with recorded.log(charter.listed(procedure).name.in_(language)) as log:
        found = examine(log, _asking(model, calendar, recorded, share, language, charter, now))
    told = changes(procedure, day, office=office, charter=charter, calendar=calendar, today=today(now))
    found = replace(found, changes=told, asked=replace(found.asked, since=day))
    return ProcessReport(
        procedure=procedure,
        name=charter.listed(procedure).name,
        period=asked,
        office=office,
        since=day,
        found=found,
        map=draw_map(found.map, language),
        model=model,
        enactment=enacted.enactment.number,
        sections=sections(found),
        of=chosen.count(),
    )


@contextmanager
def record_of(*, procedure: str, code: str = "", office: str = "", language: str, now: datetime) -> Iterator[Log]:
    """The whole record of a service in a period as a log, to be written for other tools; errors as of `process_of`."""
    asked, charter = period(code, today=today(now)), in_force_at(now).charter
    chosen = cases_of(procedure, asked.first_on, end_of(asked), office=office, charter=charter)
    recorded = Recorded(chosen.order_by("filed_at", "pk"), calendar_on(now), language)
    with recorded.log(charter.listed(procedure).name.in_(language)) as log:
        yield log


def _asking(
    model: Model, calendar: Calendar, recorded: Recorded, share: float, language: str, charter: Charter, now: datetime
) -> Asked:
    return Asked(
        calendar=calendar,
        model=model,
        share=share,
        due="due",
        correcting=told_as(CORRECTING, language),
        ignoring=beside_the_model(language),
        ending=told_as(ENDING, language),
        open=recorded.open,
        now=now.astimezone(ZoneInfo(charter.head.time_zone)),
        names=_named(model, language),
        persons=text("岗位", "posts"),
    )


def _named(model: Model, language: str) -> dict[str, str]:
    """The steps by their names in the reader's language, where a name stands for one step only."""
    names = Counter(node.name.in_(language) for node in model.nodes.values() if node.task)
    return {name: node.id for node in model.nodes.values() if node.task and names[name := node.name.in_(language)] == 1}
