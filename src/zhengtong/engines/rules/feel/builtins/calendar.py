"""Functions of dates (DMN 1.5, 10.3.4.7 and 10.3.4.9), and `is`."""

from decimal import Decimal

from zhengtong.engines.rules.feel.access import weekday
from zhengtong.engines.rules.feel.equality import same
from zhengtong.engines.rules.feel.forms import builtin
from zhengtong.engines.rules.feel.temporal import Date, DateTime, Time, date_of, days_of
from zhengtong.engines.rules.feel.values import Value, into
from zhengtong.engines.rules.limits import Run

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@builtin("now()", run=True)
def now(run: Run) -> Value:
    return into(run.now)


@builtin("today()", run=True)
def today(run: Run) -> Value:
    return into(run.on)


def _date(value: Value) -> Date:
    found: Date = value.date if type(value) is DateTime else value
    return found


@builtin("day of year(date: date | date and time)")
def day_of_year(value: Value) -> Decimal:
    date = _date(value)
    return Decimal(days_of(date) - days_of(Date(date.year, 1, 1)) + 1)


@builtin("day of week(date: date | date and time)")
def day_of_week(value: Value) -> str:
    return _DAYS[int(weekday(_date(value))) - 1]


@builtin("month of year(date: date | date and time)")
def month_of_year(value: Value) -> str:
    return _MONTHS[_date(value).month - 1]


@builtin("week of year(date: date | date and time)")
def week_of_year(value: Value) -> Decimal:
    """By ISO 8601: the week belongs to the year of its Thursday."""
    thursday = days_of(_date(value)) - int(weekday(_date(value))) + 4
    first = days_of(Date(date_of(thursday).year, 1, 1))
    return Decimal((thursday - first) // 7 + 1)


@builtin("is(value1: any, value2: any)", run=True)
def is_the_same(run: Run, left: Value, right: Value) -> bool:
    """The same value of the same kind; of times and moments, also in the same zone."""
    if type(left) in {Time, DateTime} and type(left) is type(right):
        return bool(left == right)
    return same(left, right, run.spend)
