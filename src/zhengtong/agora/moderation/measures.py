"""A measure is taken by a published rule, and lifted with a word on why: the same in a round and of a petition."""

from datetime import date, datetime
from typing import Any

from zhengtong.agora.models import Contribution
from zhengtong.agora.moderation.conflicts import Words, require_unconcerned
from zhengtong.agora.moderation.errors import NoSuchRule, NotContestable
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.moderation.moderated import Moderated
from zhengtong.charter.model import HouseRule
from zhengtong.people.actor import Actor


def take(
    place: Moderated,
    words: Contribution | Words,
    *,
    rule: str,
    facts: str,
    was: str,
    found: str,
    until: date | None,
    by: Actor,
    now: datetime,
    **of: Any,
) -> tuple[Measure, HouseRule]:
    """Write it down, with its rule; `of` is what it is of. The case is locked, and the power was asked for.

    NoSuchRule, ModeratesItself, NotTheModerator.
    """
    on, declared = place.day(now), place.declared.rule(rule)
    over = until is not None and until <= on
    if by.person is None or declared is None or not facts.strip() or over or found not in Measure.Found.values:
        raise NoSuchRule
    require_unconcerned(place, words, by=by, on=on)
    measure = Measure.objects.create(
        rule=rule,
        facts=facts.strip(),
        was=was.strip(),
        found=found,
        post=by.post,
        by=by.person,
        until=until,
        taken_at=now,
        **of,
    )
    return measure, declared


def lift(measure: Measure, *, why: str, now: datetime) -> Measure:
    """It no longer stands, once; the case is locked. NotContestable, NoSuchRule without a word on why."""
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    if measure.lifted_at is not None:
        raise NotContestable
    if not why.strip():
        raise NoSuchRule
    measure.lifted_at, measure.lifted_why = now, why.strip()
    measure.save(update_fields=["lifted_at", "lifted_why"])
    return measure
