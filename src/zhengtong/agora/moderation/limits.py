"""The limit that is in force on a round, if one is, and all that there were."""

from datetime import date, timedelta

from zhengtong.agora.moderation.models import Limit
from zhengtong.agora.rounds import Round
from zhengtong.cases.models import Case


def limit_on(case: Case, on: date) -> Limit | None:
    """The limit in force on a day. It ends by its date, whether or not the worker has been there."""
    return Limit.objects.filter(case=case, ended_at__isnull=True, until__gte=on).first()


def limits(round_: Round | None = None) -> list[Limit]:
    """Every limit of a round, or of all, the newest first."""
    found = Limit.objects.select_related("case__enactment").order_by("-begun_at", "-pk")
    return list(found if round_ is None else found.filter(case=round_.case))


def days_limited(round_: Round, *, before: date) -> set[date]:
    """The days on which a round has been limited so far: limits one after the other are one silence."""
    found: set[date] = set()
    for each in Limit.objects.filter(case=round_.case):
        begun = round_.day(each.begun_at)
        last = min(each.until, before - timedelta(1), round_.day(each.ended_at) if each.ended_at else each.until)
        found |= {begun + timedelta(days) for days in range((last - begun).days + 1)}
    return found


def as_data(limit: Limit) -> dict[str, object]:
    """A limit with its ground, the two posts and its days; no person is in it."""
    return {
        "round": limit.case.number,
        "shown_a_day": limit.shown_a_day,
        "reason": limit.reason,
        "legal_basis": limit.legal_basis,
        "proposed_in": limit.proposed_in,
        "confirmed_in": limit.confirmed_in,
        "begun_at": limit.begun_at.isoformat(),
        "until": limit.until.isoformat(),
        "ended_at": limit.ended_at.isoformat() if limit.ended_at else "",
        "ended_because": limit.ended_why,
    }
