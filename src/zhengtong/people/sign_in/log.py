"""The security log: one row for each event, and a letter to the person where it matters."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.crypto import salted_hmac

from zhengtong.people.models import Account
from zhengtong.people.sign_in import events
from zhengtong.people.sign_in.decide import LIMITS, WINDOW, Limits, Tried, held
from zhengtong.people.sign_in.errors import SignInHeld
from zhengtong.people.sign_in.models import Event, Notice, Session
from zhengtong.people.sign_in.sessions import Visit

KEPT = timedelta(days=400)
_NEWEST = 200  # events of a name that are looked at; more than any limit


def named(username: str) -> str:
    """What the log keeps of a user name that was typed."""
    return salted_hmac("zhengtong.sign-in.name", username.strip().casefold(), algorithm="sha256").hexdigest()


def note(account: Account, kind: str, *, visit: Visit, now: datetime, what: str = "") -> Event:
    """Write an event of a known account, and the letter that tells the person of it."""
    if kind in events.MAILED:
        Notice.objects.create(account=account, kind=kind, what=what[:100], made_at=now)
    return Event.objects.create(
        account=account,
        name=named(account.username),
        kind=kind,
        what=what[:100],
        at=now,
        address=visit.address,
        device=visit.device,
    )


def throttled(name: str, *, visit: Visit, now: datetime, limits: Limits = LIMITS) -> Event:
    """Write down a try before anything is hashed or compared; `SignInHeld` if it is one too many.

    Each try is in the table before it is counted, so tries at the same moment see each other. Names that do not exist
    are counted like those that do.
    """
    tried = Event.objects.create(name=name, kind=events.TRIED, at=now, address=visit.address, device=visit.device)
    at_name = Event.objects.filter(name=name, at__gt=now - WINDOW).order_by("-pk")[:_NEWEST]
    failures = Event.objects.filter(_FAILURE, address=visit.address, at__gt=now - WINDOW)
    if held(
        at_name=[Tried(event.kind, event.address) for event in at_name],
        failed_at_address=failures[: limits.address + 1].count(),
        address=visit.address,
        limits=limits,
    ):
        settle(tried, events.HELD)
        raise SignInHeld
    return tried


_FAILURE = Q(kind__in=[events.TRIED, events.FAILED, events.CODE_FAILED])


def settle(tried: Event, kind: str, account: Account | None = None) -> None:
    """Write what became of a try."""
    tried.kind, tried.account = kind, account
    tried.save(update_fields=["kind", "account"])


def log_of(account: Account, *, before: int | None = None, limit: int = 50) -> Iterable[Event]:
    """The events of an account, the newest first."""
    found = Event.objects.filter(account=account).order_by("-pk")
    return found.filter(pk__lt=before)[:limit] if before else found[:limit]


def tidy(*, now: datetime) -> int:
    """Delete events that are older than `KEPT`, and sessions that have run out; how many."""
    oldest = Event.objects.order_by("pk").first()
    old = Event.objects.filter(at__lt=now - KEPT).delete()[0] if oldest and oldest.at < now - KEPT else 0
    ended: int = Session.objects.filter(expire_date__lt=now).delete()[0]
    return old + ended
