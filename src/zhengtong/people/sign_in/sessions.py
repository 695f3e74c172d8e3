"""Sessions in the database, with whose they are; and what a session knows of how its person signed in.

This is the engine that `SESSION_ENGINE` names. Times are stamps of the real clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from zhengtong.people.models import Account
from zhengtong.people.sign_in.decide import session_over, still_proved

_FACTS = "sign_in"  # where the session keeps them
_STEP = 60  # seconds between two notes of when it was last used


@dataclass(frozen=True)
class Visit:
    """Whence somebody comes: the address (of IPv6 the network), and the device in a few words."""

    address: str = ""
    device: str = ""


class SessionStore(DatabaseStore):
    """Django's own store, which also writes whose session it is."""

    @classmethod
    def get_model_class(cls) -> Any:
        from zhengtong.people.sign_in.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        facts = data.get(_FACTS, {})
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.address, row.device = facts.get("address", ""), facts.get("device", "")
        row.started_at, row.seen_at = _moment(facts.get("started")), _moment(facts.get("seen"))
        return row


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)


def start(request: HttpRequest, account: Account, *, strong: bool, visit: Visit, now: datetime) -> None:
    """Open a session under a new key. `strong`: two factors were shown."""
    login(request, account, "django.contrib.auth.backends.ModelBackend")
    stamp = now.timestamp()
    request.session[_FACTS] = {
        "strong": strong,
        "started": stamp,
        "seen": stamp,
        "proved": stamp,
        "address": visit.address,
        "device": visit.device,
    }


def facts(request: HttpRequest) -> Mapping[str, Any]:
    """What the session knows of its sign-in; nothing where nobody signed in."""
    found: Mapping[str, Any] = request.session.get(_FACTS, {})
    return found


def prove(request: HttpRequest, *, strong: bool, now: datetime) -> None:
    """Note that the person has just shown again who they are; the session gets a new key."""
    request.session.cycle_key()
    before = facts(request)
    proved = {"strong": strong or before.get("strong", False), "proved": now.timestamp(), "seen": now.timestamp()}
    request.session[_FACTS] = {"started": now.timestamp(), **before, **proved}


def is_strong(request: HttpRequest) -> bool:
    """Whether two factors opened this session."""
    return bool(facts(request).get("strong"))


def is_proved(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the person has shown who they are recently enough for a grave act."""
    good_for = timedelta(minutes=settings.ZHENGTONG_PROOF_MINUTES)
    return still_proved(proved_at=facts(request).get("proved", 0.0), now=now, good_for=good_for)


def is_over(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the session was idle for too long or has lasted for too long; else note that it is being used."""
    stamp = now.timestamp()
    known = {"started": stamp, "seen": 0.0, **facts(request)}
    idle, longest = (
        timedelta(minutes=settings.ZHENGTONG_IDLE_MINUTES),
        timedelta(hours=settings.ZHENGTONG_SESSION_HOURS),
    )
    seen = known["seen"] or stamp
    if session_over(started_at=known["started"], seen_at=seen, now=now, idle=idle, longest=longest):
        return True
    if stamp - known["seen"] > _STEP:
        request.session[_FACTS] = {**known, "seen": stamp}
    return False
