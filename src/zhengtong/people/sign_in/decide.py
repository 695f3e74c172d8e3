"""When signing in is held, and when a session or a proof is too old. Values in, answers out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengtong.people.sign_in import events

WINDOW = timedelta(minutes=15)
_FAILURES = {events.TRIED, events.FAILED, events.CODE_FAILED}
_CLEARS = {events.PASSWORD_RIGHT, events.SIGNED_IN, events.PROVED, events.RESET}


@dataclass(frozen=True)
class Limits:
    """How many failures in `WINDOW` are borne: from one address at one name, at one name from anywhere, and from one
    address at any name. The middle one stops a guess from many addresses; the last one, one address at many names.
    """

    pair: int = 5
    name: int = 20
    address: int = 100


LIMITS = Limits()
CODES = Limits(pair=5, name=5, address=100)  # six digits bear fewer guesses, from wherever they come


@dataclass(frozen=True)
class Tried:
    """One event of the window: what happened, and whence."""

    kind: str
    address: str


def held(*, at_name: Iterable[Tried], failed_at_address: int, address: str, limits: Limits) -> bool:
    """Whether one more try is one too many. `at_name` are the events of this name, the newest first, the present try
    among them; what lies before the last success does not count.
    """
    failures = []
    for event in at_name:
        if event.kind in _CLEARS:
            break
        if event.kind in _FAILURES:
            failures.append(event)
    near = sum(event.address == address for event in failures)
    return near > limits.pair or len(failures) > limits.name or failed_at_address > limits.address


def session_over(*, started_at: float, seen_at: float, now: datetime, idle: timedelta, longest: timedelta) -> bool:
    """Whether a session was left alone for too long, or has lasted for too long."""
    moment = now.timestamp()
    return moment - seen_at > idle.total_seconds() or moment - started_at > longest.total_seconds()


def still_proved(*, proved_at: float, now: datetime, good_for: timedelta) -> bool:
    """Whether the last proof of who it is still carries a grave act."""
    return 0 <= now.timestamp() - proved_at <= good_for.total_seconds()
