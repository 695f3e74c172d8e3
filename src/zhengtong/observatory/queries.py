"""The public figures of every office and service, in a constant number of queries whatever the number of cases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, Sum

from zhengtong.cases.law import today
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines import Limit
from zhengtong.observatory.models import Figures
from zhengtong.observatory.periods import Period, period
from zhengtong.observatory.privacy import Published, count, derived, total
from zhengtong.observatory.rollup import tally_of
from zhengtong.observatory.tally import COUNTS, Tally, mean, quantile, share, summed

OWN_TIME = text("每件自定", "each its own")  # the promised time of what is opened with a day of its own


@dataclass(frozen=True)
class Line:
    """The figures of one service at one office (or of all its services: `procedure` is empty).

    Days are working days on which the clock ran; shares are percent; `rating` is the mean of 1 to 5.
    """

    office: str
    office_name: Text
    procedure: str
    name: Text
    promised: Text | None
    filed: Published
    closed: Published
    open: Published
    median: Published
    p90: Published
    on_time: Published
    corrections: Published
    handovers: Published
    appeals: Published
    overturned: Published
    rated: Published
    rating: Published


@dataclass(frozen=True)
class Office:
    """An office with all it does, and each service."""

    whole: Line
    lines: Sequence[Line]


@dataclass(frozen=True)
class Report:
    """The figures of a period; `periods` are those that can be asked for, the latest first."""

    period: Period
    offices: Sequence[Office]
    whole: Line
    periods: Sequence[str]


def figures(*, code: str = "", now: datetime) -> Report:
    """The figures of a period (`2026`, `2026-03`; empty: the present year). Raises `NoSuchPeriod`."""
    asked = period(code, today=today(now))
    charter = in_force_at(now).charter
    tallies = _tallies(asked)
    open_then = _open_at_the_end(asked)
    lines: dict[str, list[Line]] = defaultdict(list)
    for office, procedure in sorted(set(tallies) | set(open_then)):
        tally = tallies.get((office, procedure), Tally())
        lines[office].append(_line(charter, office, procedure, tally, open_then.get((office, procedure), 0)))
    wholes = {office: _whole(charter, office, lines[office], tallies) for office in lines}
    offices = [Office(wholes[office], lines[office]) for office in lines]
    every = [line for each in lines.values() for line in each]
    return Report(asked, offices, _whole(charter, "", every, tallies), _periods())


def _tallies(asked: Period) -> dict[tuple[str, str], Tally]:
    rows = Figures.objects.filter(span=asked.span, first_on=asked.first_on)
    return {(row.office, row.procedure): tally_of(row) for row in rows}


def _open_at_the_end(asked: Period) -> dict[tuple[str, str], int]:
    """How many cases were open when the period ended: all that were ever filed, less all that were closed by then."""
    year = asked.first_on.replace(month=1)
    before = Q(span=Figures.Span.YEAR, first_on__lt=year)
    rows = Figures.objects.filter(before | Q(span=asked.span, first_on__range=(year, asked.first_on)))
    sums = rows.values("office", "procedure").annotate(came=Sum("filed"), went=Sum("closed")).order_by()
    return {(row["office"], row["procedure"]): row["came"] - row["went"] for row in sums}


def _line(charter: Charter, office: str, procedure: str, tally: Tally, still_open: int) -> Line:
    counts = {name: count(tally.counts[name]) for name in COUNTS}
    counts |= {"open": count(still_open), "rated": count(tally.ratings.total())}
    return _told(charter, office, procedure, tally, counts)


def _whole(charter: Charter, office: str, lines: Sequence[Line], tallies: dict[tuple[str, str], Tally]) -> Line:
    """Counts are summed from what is shown; the rest is worked out from all cases together."""
    parts: Iterable[Tally] = (each for (holder, _), each in tallies.items() if office in {"", holder})
    names = ("filed", "closed", "open", "corrections", "handovers", "appeals", "overturned", "rated")
    counts = {name: total(getattr(line, name) for line in lines) for name in names}
    return _told(charter, office, "", summed(parts), counts)


def _told(charter: Charter, office: str, procedure: str, tally: Tally, counts: dict[str, Published]) -> Line:
    timed, rated = tally.taken.total(), tally.ratings.total()
    return Line(
        office=office,
        office_name=_office_name(charter, office),
        procedure=procedure,
        name=_procedure_name(charter, procedure),
        promised=_promised(charter, procedure),
        filed=counts["filed"],
        closed=counts["closed"],
        open=counts["open"],
        median=derived(quantile(tally.taken, Decimal("0.5")), base=timed),
        p90=derived(quantile(tally.taken, Decimal("0.9")), base=timed),
        on_time=derived(share(tally.counts["on_time"], timed), base=timed),
        corrections=counts["corrections"],
        handovers=counts["handovers"],
        appeals=counts["appeals"],
        overturned=counts["overturned"],
        rated=counts["rated"],
        rating=derived(mean(tally.ratings), base=rated),
    )


def _office_name(charter: Charter, office: str) -> Text:
    known = charter.organisations.get(office)
    return known.name if known else text(office, office)


def _procedure_name(charter: Charter, procedure: str) -> Text:
    known = procedure in charter.procedures or procedure in charter.events
    return charter.listed(procedure).name if known else text(procedure, procedure)


def _promised(charter: Charter, procedure: str) -> Text | None:
    known = procedure in charter.procedures or procedure in charter.events
    if known and any(each.task and each.task.clock_from for each in charter.process(procedure).nodes.values()):
        return OWN_TIME
    return Limit.parse(charter.listed(procedure).promised_limit).as_text() if known else None


def _periods() -> list[str]:
    kept = Figures.objects.exclude(span=Figures.Span.DAY).order_by("-span", "-first_on").distinct()
    told = {Figures.Span.YEAR: "%Y", Figures.Span.MONTH: "%Y-%m"}
    return [first_on.strftime(told[Figures.Span(span)]) for span, first_on in kept.values_list("span", "first_on")]
