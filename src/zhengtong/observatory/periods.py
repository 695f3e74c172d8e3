"""The periods that figures are given for: a month or a year."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

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
    """A month or a year, by its first day. `code` is how it is written."""

    span: Literal["month", "year"]
    first_on: date
    code: str


def period(code: str, *, today: date) -> Period:
    """Read `2026` or `2026-03`; empty is the present year. Raises `NoSuchPeriod`."""
    match = _WRITTEN.fullmatch(code or f"{today:%Y}")
    if not match:
        raise NoSuchPeriod(period=code[:20])
    span: Literal["month", "year"] = "month" if match[2] else "year"
    return Period(span, date(int(match[1]), int(match[2] or 1), 1), match[0])
