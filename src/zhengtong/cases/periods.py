"""Plain periods from a day on, which no holiday lengthens: validity, retention, how long notice may be delayed."""

from calendar import monthrange
from datetime import date, timedelta

from zhengtong.engines.deadlines import Limit


def after(day: date, period: str) -> date:
    """The day so many days or months later (`P90D`, `P36M`); one that a month does not have is its last."""
    limit = Limit.parse(period)
    if limit.unit != "months":
        return day + timedelta(days=limit.amount)
    years, month = divmod(day.month - 1 + limit.amount, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
