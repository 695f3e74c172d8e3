"""What rooms above the cases demand before a step may end: a paper that was given, a result that was answered.

They register a check when the program starts; each refuses by raising, or lets the step end.
"""

from collections.abc import Callable
from datetime import datetime

from zhengtong.cases.models import Task

Demand = Callable[[Task, str, str, datetime], None]
_DEMANDS: list[Demand] = []


def demand(check: Demand) -> None:
    """Let `check(task, output, reasons, now)` be asked whenever an office ends a step."""
    if check not in _DEMANDS:
        _DEMANDS.append(check)


def hold(task: Task, output: str, reasons: str, *, now: datetime) -> None:
    """Ask all of them."""
    for check in _DEMANDS:
        check(task, output, reasons, now)
