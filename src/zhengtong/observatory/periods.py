"""The periods that figures are given for: a month, a year, or the twelve months up to today."""

import re
from dataclasses import dataclass
from datetime import date

from zhengtong.common.refusal import Refusal
from zhengtong.common.text import text

_WRITTEN = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2]))?")


class NoSuchPeriod(Refusal):
    code = "no-such-period"
    status = 422
    message = text("“{period}”不是统计期间。", "“{period}” is not a period of the statistics.")
    next_step = text("请写年份（2026）或月份（2026-03）。", "Write a year (2026) or a month (2026-03).")


@dataclass(frozen=True)
class Period:
    """From one month to another, each given by its first day, both included. `code` is how it is asked for."""

    first: date
    last: date
    code: str = ""


def period(code: str, *, today: date) -> Period:
    """Read `2026` or `2026-03`; empty is the twelve months up to today. Raises `NoSuchPeriod`."""
    if not code:
        month = today.replace(day=1)
        return Period(date(month.year - 1 + month.month // 12, month.month % 12 + 1, 1), month)
    match = _WRITTEN.fullmatch(code)
    if not match:
        raise NoSuchPeriod(period=code[:20])
    year = int(match[1])
    if match[2]:
        return Period(date(year, int(match[2]), 1), date(year, int(match[2]), 1), code)
    return Period(date(year, 1, 1), date(year, 12, 1), code)
