"""What rooms above the cases demand before a step may end: a paper that was given, a result that was answered; and
before a decision on appeal grants a case in the place of its office.

They register a check when the program starts; each refuses by raising, or lets the step end.
"""

from collections.abc import Callable
from datetime import datetime

from zhengtong.cases.models import Case, Task

Demand = Callable[[Task, str, str, datetime], None]
_DEMANDS: list[Demand] = []
_OF_GRANTS: list[Callable[[Case], None]] = []


def demand(check: Demand) -> None:
    """Let `check(task, output, reasons, now)` be asked whenever an office ends a step."""
    if check not in _DEMANDS:
        _DEMANDS.append(check)


def hold(task: Task, output: str, reasons: str, *, now: datetime) -> None:
    """Ask all of them."""
    for check in _DEMANDS:
        check(task, output, reasons, now)


def demand_of_grants(check: Callable[[Case], None]) -> None:
    """Let `check(case)` be asked before an appeal grants a case."""
    if check not in _OF_GRANTS:
        _OF_GRANTS.append(check)


def hold_grant(case: Case) -> None:
    """Ask all of them."""
    for check in _OF_GRANTS:
        check(case)
