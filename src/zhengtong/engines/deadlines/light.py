"""The supervisor's lights: which clocks are late, and which are about to be (红黄灯)."""

from datetime import date
from typing import Literal

from zhengtong.engines.deadlines.count import Deadline

Light = Literal["green", "yellow", "red", "stopped"]


def light(deadline: Deadline, today: date, warn: int | None = None) -> Light:
    """Red after the last day; yellow when at most `warn` days of the count are left; stopped while it stands still.

    Without `warn` it turns yellow for the last fifth of the limit, at least one day.
    """
    if deadline.on is None:
        return "stopped"
    if today > deadline.on:
        return "red"
    return "yellow" if deadline.left(today) <= (_fifth(deadline) if warn is None else warn) else "green"


def _fifth(deadline: Deadline) -> int:
    return max(1, deadline.total // 5)
