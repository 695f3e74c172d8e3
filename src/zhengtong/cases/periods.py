"""Plain periods from a day on, which no holiday lengthens: validity, retention, how long notice may be delayed."""

from calendar import monthrange
from datetime import date, timedelta

from zhengtong.engines.deadlines import Limit


def after(day: date, period: str) -> date:
    """The day so many days or months later (`P90D`, `P36M`); one that a month does not have is its last."""
    return _moved(day, Limit.parse(period), 1)


def ago(day: date, period: str) -> date:
    """The day so many days or months earlier, in the same way."""
    return _moved(day, Limit.parse(period), -1)


def _moved(day: date, limit: Limit, sign: int) -> date:
    if limit.unit != "months":
        return day + timedelta(days=sign * limit.amount)
    years, month = divmod(day.month - 1 + sign * limit.amount, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
