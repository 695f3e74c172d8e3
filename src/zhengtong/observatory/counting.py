"""Counting cases, day by day: what happened on each day, by office and service, worked out from the state of the cases.

It is worked out anew for a whole day, never added to: counting twice gives the same, and a case that an appeal sent
back is no longer closed on its old day. The office is the body that the law makes responsible (实施主体) where the case
belongs, whichever desk it passed over.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from zhengtong.cases.clock import timed_steps
from zhengtong.cases.closing import appeal_of
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Case, Decision, Handover, Rating, Stop, Task
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import LifeEvent
from zhengtong.engines import deadlines
from zhengtong.engines.deadlines import Calendar, Limit, due_on
from zhengtong.observatory.tally import Tally, working_days_taken

Cell = tuple[date, str, str]  # day, office, service
_CHUNK = 2000
_NEEDED = ("procedure", "region", "enactment__number")


def cells(first: date, last: date, *, charter: Charter, calendar: Calendar) -> dict[Cell, Tally]:
    """What happened from `first` to `last`, both included; a constant number of queries."""
    span = _moments(first, last, charter)
    found: dict[Cell, Tally] = defaultdict(Tally)
    for case, moment in _filed(span):
        found[_cell(case, moment)].counts["filed"] += 1
    for case, moment in _closed(span):
        _count_closed(found[_cell(case, moment)], case, moment, calendar)
    for name, case, moment in _events(span):
        found[_cell(case, moment)].counts[name] += 1
    for rating in _select(Rating.objects.filter(rated_at__range=span), "case"):
        found[_cell(rating.case, rating.rated_at)].ratings[rating.level] += 1
    return dict(found)


def _moments(first: date, last: date, charter: Charter) -> tuple[datetime, datetime]:
    zone = ZoneInfo(charter.head.time_zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    return datetime.combine(first, time(), zone), end


def _select(rows: QuerySet, case: str) -> Iterator:  # type: ignore[type-arg]
    """The rows with what tells where their case belongs, and little more."""
    return rows.select_related(f"{case}__enactment").defer(*(f"{case}__{each}" for each in _HEAVY)).iterator(_CHUNK)


OWN_STEPS = Prefetch("tasks", Task.objects.filter(case__accepted_at=None).order_by("pk"))
_HEAVY = ("facts", "sources", "traces", "state")


def _filed(span: tuple[datetime, datetime]) -> Iterator[tuple[Case, datetime]]:
    cases = Case.objects.filter(filed_at__range=span).select_related("enactment").only("filed_at", *_NEEDED)
    for case in cases.iterator(_CHUNK):
        yield case, case.filed_at


def _closed(span: tuple[datetime, datetime]) -> Iterator[tuple[Case, datetime]]:
    cases = Case.objects.filter(closed_at__range=span).select_related("enactment").defer(*_HEAVY)
    for case in cases.prefetch_related("stops", "extensions", OWN_STEPS).iterator(_CHUNK):
        if case.closed_at:
            yield case, case.closed_at


def _events(span: tuple[datetime, datetime]) -> Iterator[tuple[str, Case, datetime]]:
    for stop in _select(Stop.objects.filter(kind="correction", from_at__range=span), "case"):
        yield "corrections", stop.case, stop.from_at
    for handover in _select(Handover.objects.filter(offered_at__range=span), "task__case"):
        yield "handovers", handover.task.case, handover.offered_at
    for contest in _select(Case.objects.filter(about__isnull=False, filed_at__range=span), "about"):
        appeal = appeal_of(contest.about)
        if appeal and appeal.id == contest.procedure:
            yield "appeals", contest.about, contest.filed_at
    for decision in _select(Decision.objects.filter(set_aside_at__range=span), "case"):
        yield "overturned", decision.case, decision.set_aside_at


def _cell(case: Case, moment: datetime) -> Cell:
    charter = charter_of(case)
    return day_of(moment, charter), office_of(charter, case.procedure, case.region), case.procedure


@lru_cache(maxsize=4096)
def office_of(charter: Charter, procedure: str, region: str) -> str:
    """The organisation that the law makes responsible for a service in a region: there, or in the regions above."""
    listed = charter.listed(procedure)
    function = listed.acceptance.partition("/")[0] if isinstance(listed, LifeEvent) else listed.body.function
    bodies = {each.region: each.id for each in charter.organisations.values() if each.function == function}
    for code in charter.regions_above(region):
        if code in bodies:
            return bodies[code]
    return next(iter(bodies.values()))


def _count_closed(tally: Tally, case: Case, closed_at: datetime, calendar: Calendar) -> None:
    """A closing; how long it took, if the office decided it (a case that was rejected or withdrawn had no clock)."""
    tally.counts["closed"] += 1
    begun_on, due = _begun(case), due_of(case, calendar)
    if begun_on is None or case.outcome == "withdrawn":
        return
    stops, closed_on = _stops(case), day_of(closed_at, charter_of(case))
    tally.counts["late" if due is not None and closed_on > due else "on_time"] += 1
    taken = working_days_taken(accepted_on=begun_on, closed_on=closed_on, stops=stops, calendar=calendar)
    tally.taken[taken] += 1


def due_of(case: Case, calendar: Calendar) -> date | None:
    """By what day the office promised to decide a case, its stops and extensions counted; None without a clock. Opened
    with a time of its own, it has the day of its step.
    """
    if case.outcome == "withdrawn":
        return None
    if case.accepted_at is None:
        own = _own_step(case)
        return own.due_on if own else None
    return due_on(
        start=day_of(case.accepted_at, charter_of(case)),
        limit=Limit.parse(procedure_of(case).promised_limit),
        calendar=calendar,
        stops=_stops(case),
        extensions=[deadlines.Extension(Limit.parse(each.limit), each.ground) for each in case.extensions.all()],
    )


def _begun(case: Case) -> date | None:
    """From which day its clock ran; none of a case that was never accepted, unless it was opened with a time of its
    own.
    """
    if case.accepted_at is not None:
        return day_of(case.accepted_at, charter_of(case))
    own = _own_step(case)
    return own.counts_from if own else None


def _own_step(case: Case) -> Task | None:
    nodes = {each.id for each in timed_steps(case)}
    return next((each for each in case.tasks.all() if each.node in nodes), None) if nodes else None


def _stops(case: Case) -> list[deadlines.Stop]:
    charter = charter_of(case)
    return [
        deadlines.Stop(
            from_on=day_of(stop.from_at, charter),
            to_on=day_of(stop.to_at, charter) if stop.to_at else None,
            ground=stop.ground,
            reason=stop.kind,
        )
        for stop in case.stops.all()
    ]
