"""What rooms above the cases do once a case has closed: a round hears that a promise is kept.

They register what they do when the program starts. It happens in the transaction that closes the case.
"""

from collections.abc import Callable
from datetime import datetime

from zhengtong.cases.models import Case

Aftermath = Callable[[Case, datetime], None]
_AFTERMATHS: list[Aftermath] = []


def after_closing(follow: Aftermath) -> None:
    """Let `follow(case, now)` be done whenever a case has closed."""
    if follow not in _AFTERMATHS:
        _AFTERMATHS.append(follow)


def closed(case: Case, *, now: datetime) -> None:
    """Do all of it."""
    for follow in _AFTERMATHS:
        follow(case, now)
