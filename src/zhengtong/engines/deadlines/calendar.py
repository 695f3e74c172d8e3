"""Which days are working days, and why.

Public holidays come from the package `holidays`: for China the State Council's yearly decree (放假安排), with the
weekends that are worked in exchange (调休). A year that is not decreed yet has only the days that the law itself
fixes (全国年节及纪念日放假办法, art. 2), so that whatever rests on it is provisional. Decrees that come late, or
hold in one place only, are given as `closed` and `worked` and go first.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from holidays import country_holidays

from zhengtong.common.text import Text, text

WORKING_DAY = text("工作日", "working day")
MAKE_UP = text("调休上班", "working day in exchange for a day off")
EXCHANGED = text("调休放假", "day off in exchange for a worked weekend")
WEEKEND = {5: text("星期六", "Saturday"), 6: text("星期日", "Sunday")}


@dataclass(frozen=True, eq=False, kw_only=True)
class Calendar:
    """The working days of a country or place, from 1950 to 2100.

    `closed` names days that are no working days, `worked` holds days that are; both override the country's. Days
    after `decreed_through` are provisional; without it, it is the end of the last year that the package knows the
    decree of.
    """

    country: str = "CN"
    closed: Mapping[date, str | Text] = field(default_factory=dict)
    worked: Collection[date] = frozenset()  # a mapping from day to name will do
    decreed_through: date | None = None

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        if day in self.worked:
            return True
        if day in self.closed:
            return False
        free, worked = _published(self.country, day.year)
        return day in worked or (day.weekday() not in WEEKEND and day not in free)

    def is_provisional(self, day: date) -> bool:
        """Whether the decree that settles `day` is still to come."""
        return day > self._decreed_through

    def reason(self, day: date) -> Text:
        """Why `day` is a working day, or why not."""
        free, worked = _published(self.country, day.year)
        if self.is_working(day):
            return MAKE_UP if day in self.worked or day in worked else WORKING_DAY
        return _wording(self.closed.get(day) or free.get(day) or WEEKEND[day.weekday()])

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, `count` at least 1."""
        year, missing = day.year, count
        at = bisect_right(self._working(year), day)
        while at + missing > len(self._working(year)):
            missing -= len(self._working(year)) - at
            year, at = year + 1, 0
        return self._working(year)[at + missing - 1]

    def between(self, after: date, through: date) -> int:
        """How many working days lie after `after`, up to and with `through`; 0 if there are none."""
        if through <= after:
            return 0
        years = sum(len(self._working(year)) for year in range(after.year, through.year))
        return (
            years + bisect_right(self._working(through.year), through) - bisect_right(self._working(after.year), after)
        )

    def _working(self, year: int) -> list[date]:
        """The working days of `year`, in order: sorted once, so that counting over years is bisection."""
        if year not in self._years:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            days = map(date.fromordinal, range(first, last + 1))
            self._years[year] = [day for day in days if self.is_working(day)]
        return self._years[year]

    @cached_property
    def _years(self) -> dict[int, list[date]]:
        return {}

    @cached_property
    def _decreed_through(self) -> date:
        return self.decreed_through or _last_decree(self.country)


@lru_cache(maxsize=512)
def _published(country: str, year: int) -> tuple[dict[date, Text], frozenset[date]]:
    """The country's public holidays of `year` by name, and the weekends worked in exchange."""
    chinese = country_holidays(country, years=year, language="zh_CN")
    english = country_holidays(country, years=year, language="en_US")
    names = {day: _named(name, english.get(day, name)) for day, name in chinese.items()}
    worked = getattr(chinese, "weekend_workdays", ())
    return names, frozenset(day for day in worked if day.year == year)


def _named(zh: str, en: str) -> Text:
    return EXCHANGED if "调休" in zh else text(zh, en)


def _wording(name: str | Text) -> Text:
    return name if isinstance(name, Text) else text(name, name)


def _last_decree(country: str) -> date:
    """The end of the last year with weekends worked in exchange: every Chinese decree since 2001 has some."""
    year = 2020
    while _published(country, year)[1]:
        year += 1
    return date(year - 1, 12, 31) if year > 2020 else date.max
