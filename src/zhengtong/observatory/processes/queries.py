"""The process of a service in a period, at one office or at all: mined from the acts, beside the model in force."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from zhengtong.cases.law import calendar_on, today
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines import Calendar
from zhengtong.engines.mining import Asked, Findings, Section, draw_map, examine, log_of, sections
from zhengtong.engines.process import Model
from zhengtong.ledger.models import Act
from zhengtong.observatory.counting import due_of
from zhengtong.observatory.periods import Period, period
from zhengtong.observatory.processes.record import READ, beside_the_model, events

MOST = 5000  # cases that a page looks at, the latest of the period


class NothingRecorded(Refusal):
    code = "nothing-recorded"
    status = 404
    message = text("这一期间没有该事项的办件记录。", "No case of this service is on record for this period.")
    next_step = text("请选择其他期间、部门或事项。", "Choose another period, office or service.")


@dataclass(frozen=True)
class ProcessReport:
    """What the record tells of a service; the map is SVG, safe to put into a page."""

    procedure: str
    name: Text
    period: Period
    office: str
    found: Findings
    map: str
    model: Model  # in force, of the enactment with this number
    enactment: int
    sections: Sequence[Section]
    of: int  # cases in the period; at most MOST of them were looked at


def process_of(
    *, procedure: str, code: str = "", office: str = "", language: str, now: datetime, share: float = 0.9
) -> ProcessReport:
    """Mine the cases of a service that were filed in a period (`2026`, `2026-03`; empty: the present year).

    `office` is an organisation: only cases in which one of its posts acted. KeyError for an unknown service;
    `NoSuchPeriod`, `NothingRecorded`.
    """
    asked = period(code, today=today(now))
    enacted = in_force_at(now)
    charter = enacted.charter
    chosen = _cases(procedure, asked, office, charter)
    latest = chosen.select_related("enactment").prefetch_related("stops", "extensions").order_by("-filed_at")[:MOST]
    cases = {case.number: case for case in latest}
    if not cases:
        raise NothingRecorded
    acts = Act.objects.filter(subject__in=cases, kind__in=READ).order_by("subject", "position")
    model, calendar = charter.process(procedure), calendar_on(now)
    asking = Asked(
        calendar=calendar,
        model=model,
        share=share,
        due="due",
        since=_since(enacted.enactment.in_force_from, asked),
        ignoring=beside_the_model(language),
        names=_named(model, language),
        persons=text("岗位", "posts"),
    )
    told = charter.listed(procedure).name
    given = events(cases, acts.iterator(2000), language)
    with log_of(told.in_(language), given, cases=_limits(cases, calendar)) as log:
        found = examine(log, asking)
    return ProcessReport(
        procedure=procedure,
        name=told,
        period=asked,
        office=office,
        found=found,
        map=draw_map(found.map, language),
        model=model,
        enactment=enacted.enactment.number,
        sections=sections(found),
        of=chosen.count(),
    )


def cases_of(procedure: str, code: str, now: datetime) -> QuerySet[Case]:
    """The cases of a service that were filed in a period, at all offices."""
    return _cases(procedure, period(code, today=today(now)), "", in_force_at(now).charter)


def _cases(procedure: str, asked: Period, office: str, charter: Charter) -> QuerySet[Case]:
    zone = ZoneInfo(charter.head.time_zone)
    first, last = (datetime.combine(day, time(), zone) for day in (asked.first_on, _after(asked)))
    found = Case.objects.filter(procedure=procedure, filed_at__gte=first, filed_at__lt=last)
    if office:
        acted = Act.objects.filter(actor_post__startswith=f"{office}/").values("subject")
        found = found.filter(number__in=acted)
    return found


def _after(asked: Period) -> date:
    first = asked.first_on
    if asked.span == "year":
        return first.replace(year=first.year + 1)
    return (first + timedelta(days=31)).replace(day=1)


def _named(model: Model, language: str) -> dict[str, str]:
    """The steps by their names in the reader's language, where a name stands for one step only."""
    names = Counter(node.name.in_(language) for node in model.nodes.values() if node.task)
    return {name: node.id for node in model.nodes.values() if node.task and names[name := node.name.in_(language)] == 1}


def _since(enacted_on: date, asked: Period) -> date | None:
    """The day of the last enactment, where it lies within the period."""
    return enacted_on if asked.first_on < enacted_on < _after(asked) else None


def _limits(cases: dict[str, Case], calendar: Calendar) -> dict[str, dict[str, str]]:
    """Until when each case has time: the end of the day on which it is due, on the wall."""
    due = {number: due_of(case, calendar) for number, case in cases.items()}
    return {number: {"due": (day + timedelta(days=1)).isoformat()} for number, day in due.items() if day}
