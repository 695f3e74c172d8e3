"""What is promised is never longer than what the law allows, in whatever units the two are told."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from zhengtong.charter.checks.calendar import bearable, countable
from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.common.text import Text
from zhengtong.engines.deadlines import Calendar, Limit, due_on

TOO_LONG = kind(
    "promise-too-long",
    message=(
        "承诺时限（{promised}）可能比法定时限（{statutory}）长：{start} 起算，到 {later}，法定是 {earlier}。",
        "The promised time ({promised}) can be longer than the statutory one ({statutory}): "
        "counted from {start} it ends on {later}, by law on {earlier}.",
    ),
    why=("承诺的时限不得长于法定时限。", "A promise may shorten the time that the law gives, never lengthen it."),
    mend=("缩短到任何一天起算都不超过法定时限。", "Shorten it until no day of the year makes it longer."),
)

YEARS = 3  # how far the calendar is looked at: long holidays and the months of every length come by


def check(of: Checked) -> Iterator[Finding]:
    if not countable(of):
        return
    calendar, last = of.charter.working_days(), of.charter.calendar.decreed_through
    for listed, file in of.listed():
        if not (bearable(listed.promised_limit) and bearable(listed.statutory_limit)):
            continue
        worst = _worst(listed.promised_limit, listed.statutory_limit, calendar, last)
        if worst:
            place = of.at(file, "promised_limit")
            yield TOO_LONG.at(place, **_told(listed.promised_limit, listed.statutory_limit, worst))


def _told(promised: str, statutory: str, worst: tuple[date, date, date]) -> dict[str, object]:
    start, later, earlier = (each.isoformat() for each in worst)
    limits: dict[str, Text] = {
        "promised": Limit.parse(promised).as_text(),
        "statutory": Limit.parse(statutory).as_text(),
    }
    return {**limits, "start": start, "later": later, "earlier": earlier}


def _worst(promised: str, statutory: str, calendar: Calendar, last: date) -> tuple[date, date, date] | None:
    """A day from which the promise ends after the statutory limit, with both ends; None if there is none."""
    one, other = Limit.parse(promised), Limit.parse(statutory)
    if one.unit == other.unit:
        if one.amount <= other.amount:
            return None
        return _ends(one, other, calendar, last)
    return _latest(one, other, calendar, last)


@lru_cache(maxsize=256)
def _latest(one: Limit, other: Limit, calendar: Calendar, last: date) -> tuple[date, date, date] | None:
    days = (last - timedelta(days=back) for back in range(365 * YEARS))
    late = [found for found in (_ends(one, other, calendar, day) for day in days) if found[1] > found[2]]
    return max(late, key=lambda found: found[1] - found[2], default=None)


def _ends(one: Limit, other: Limit, calendar: Calendar, start: date) -> tuple[date, date, date]:
    later, earlier = (due_on(start=start, limit=limit, calendar=calendar) for limit in (one, other))
    if later is None or earlier is None:
        raise ValueError("nothing stops these clocks")  # pragma: no cover
    return start, later, earlier
