"""The calendar must be one that days can be counted with."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from holidays import country_holidays

from zhengtong.charter.checks.context import Checked
from zhengtong.charter.finding import Finding, kind
from zhengtong.engines.deadlines import Limit

NO_COUNTRY = kind(
    "unknown-country",
    message=("没有国家“{country}”的工作日历。", "The working days of the country “{country}” are not known."),
    why=("期限按工作日计算。", "Deadlines are counted in working days."),
    mend=("写两个字母的国家代码，例如 CN。", "Give the country's two letters, such as CN."),
)
NO_ZONE = kind(
    "unknown-time-zone",
    message=("没有时区“{zone}”。", "There is no time zone “{zone}”."),
    why=("一天从何时开始取决于时区。", "The time zone says when a day begins."),
    mend=("写 IANA 时区，例如 Asia/Shanghai。", "Give an IANA time zone, such as Asia/Shanghai."),
)
OUT_OF_BOUNDS = kind(
    "day-out-of-bounds",
    message=("{day} 不在 {first}–{last} 年之内。", "{day} is not within the years {first} to {last}."),
    why=("工作日历只在这些年份可靠。", "Working days are known for these years only."),
    mend=("改正日期。", "Mend the date."),
)
ENDLESS = kind(
    "limit-out-of-bounds",
    message=("时限“{limit}”超过十年。", "The limit “{limit}” is longer than ten years."),
    why=("没有一种办事时限会这样长。", "Nothing that an office handles takes that long."),
    mend=("检查数字和单位。", "Check number and unit."),
)
CONFLICT = kind(
    "decree-conflict",
    message=("{day} 既是休息日又是上班日。", "{day} is decreed both closed and worked."),
    why=("同一天只能是其中之一。", "A day can be only one of the two."),
    mend=("改正其中一处。", "Mend one of them."),
)

FIRST, LAST = 1990, 2090
LONGEST = {"working-days": 2600, "days": 3660, "months": 120}


def check(of: Checked) -> Iterator[Finding]:
    calendar = of.charter.calendar
    if not known_country(calendar.country):
        yield NO_COUNTRY.at(of.at("calendar.yaml", "country"), country=calendar.country)
    if not _known_zone(of.charter.head.time_zone):
        yield NO_ZONE.at(of.at("charter.yaml", "time_zone"), zone=of.charter.head.time_zone)
    if not FIRST <= calendar.decreed_through.year <= LAST:
        place = of.at("calendar.yaml", "decreed_through")
        yield OUT_OF_BOUNDS.at(place, day=calendar.decreed_through, first=FIRST, last=LAST)
    for index, decree in enumerate(calendar.decrees):
        for day in decree.closed.keys() & decree.worked.keys():
            yield CONFLICT.at(of.at("calendar.yaml", "decrees", index, "worked", day), day=day)
    yield from _limits(of)


def countable(of: Checked) -> bool:
    """Whether days can be counted at all, so that it makes sense to compare limits."""
    calendar = of.charter.calendar
    return known_country(calendar.country) and FIRST <= calendar.decreed_through.year <= LAST


def bearable(written: str) -> bool:
    """Whether a limit is one that days can be counted with."""
    try:
        limit = Limit.parse(written)
    except ValueError:
        return False
    return limit.amount <= LONGEST.get(limit.unit, 0)


def known_country(code: str) -> bool:
    try:
        country_holidays(code)
    except (NotImplementedError, KeyError, ValueError, AttributeError):
        return False
    return True


def _known_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _limits(of: Checked) -> Iterator[Finding]:
    for listed, file in of.listed():
        for key in ("statutory_limit", "promised_limit", "within"):
            written = getattr(listed, key, None)
            if written and not bearable(written):
                yield ENDLESS.at(of.at(file, key), limit=written)
        for index, special in enumerate(getattr(listed, "special_procedures", ())):
            if not bearable(special.limit):
                yield ENDLESS.at(of.at(file, "special_procedures", index, "limit"), limit=special.limit)
