"""Four eyes outside of cases, where the charter says so: one officer proposes, another confirms, neither is concerned.

What then happens is the business of the room that asks: it calls `confirm` in the transaction of its effect, or
`carry_out` for what is done later by whoever has the machine.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from zhengtong.charter.charter import Charter
from zhengtong.charter.model import FourEyes
from zhengtong.common.text import text
from zhengtong.ledger.acts import erase_subject, record
from zhengtong.people import kinds
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.errors import (
    ConcernsYou,
    MotionNeedsReason,
    NeedsTwo,
    NoOfficePower,
    NoSuchMotion,
    NotTheHolder,
    SamePerson,
)
from zhengtong.people.models import Motion, Person
from zhengtong.people.permissions import grants_of, seat_of
from zhengtong.people.wording import VERBS, competent_told, post_title
from zhengtong.vault import ring
from zhengtong.vault.secret import blind

ANOTHER_OFFICE = text("，也不能是同一机构", ", nor can anybody of the same office")


def demanded(charter: Charter, act: str, *, on: date) -> FourEyes | None:
    """The rule by which this act of an office needs a second officer."""
    return next((each for each in charter.head.four_eyes if each.act == act and each.in_force(on)), None)


def power_to(charter: Charter, *, by: Actor, act: str, on: date) -> str:
    """The power for an act that belongs to no case: in some matter, in the region of the office itself."""
    seat = None if by.person is None else seat_of(by.person, by.post, on=on)
    if seat is None:
        raise NotTheHolder(post=post_title(charter, by.post))
    for grant in grants_of(charter, by.post, on=on):
        if act in grant.acts and grant.in_force(on):
            return f"{grant.power}/{seat}" if seat else grant.reference
    able = competent(charter, act, on=on)
    raise NoOfficePower(post=post_title(charter, by.post), act=VERBS[act], competent=competent_told(charter, able))


def competent(charter: Charter, act: str, *, on: date) -> list[str]:
    """The posts that have the act by the charter."""
    return [
        post
        for post, grants in charter.grants.items()
        if any(act in each.acts and each.in_force(on) for each in grants)
    ]


@transaction.atomic
def propose(
    *,
    charter: Charter,
    act: str,
    content: Mapping[str, Any],
    reason: str,
    by: Actor,
    now: datetime,
    concerns: Person | None = None,
    about: str = "",
) -> Motion:
    """Write down what is proposed; nothing else changes. `content` is plain JSON, and holds all that will be done.

    It is erased with the person whom it concerns, and with the subject that it is about.
    """
    on = _day(charter, now)
    power = power_to(charter, by=by, act=act, on=on)
    rule = demanded(charter, act, on=on)
    if by.person is None or (concerns is not None and concerns.pk == by.person.pk):
        raise ConcernsYou
    if not reason.strip():
        raise MotionNeedsReason
    whole = {**content, "reason": reason}
    motion = Motion.objects.create(
        act=act,
        content=whole,
        digest=digest_of(whole),
        concerns=concerns,
        about=about,
        legal_basis=rule.legal_basis if rule else [],
        two_offices=bool(rule and rule.two_offices),
        proposed_by=by.person,
        proposed_in=by.post,
        proposed_at=now,
        expires_at=now + timedelta(days=rule.days if rule else 1),
    )
    told = {"act": act, "digest": motion.digest}
    record(kind=kinds.MOTION_PROPOSED, by=by, power=power, now=now, reason=reason, particulars=told, **_about(motion))
    return motion


def confirm(motion: Motion, *, charter: Charter, by: Actor, now: datetime, later: bool = False) -> tuple[Motion, str]:
    """The second officer says yes, in the caller's transaction; the fresh motion, and the power of whoever says it.

    Refused to whoever proposed it, in whatever post, to whom it concerns, without the power, and when it is too late.
    """
    motion = _open(motion, now=now)
    power = _second(motion, charter, by, now=now)
    if digest_of(motion.content) != motion.digest:
        raise NoSuchMotion
    motion.carried_out_at = None if later else now
    _answer(motion, Motion.Status.CONFIRMED, by, now=now)
    told = {"act": motion.act, "digest": motion.digest, "proposed_by": str(motion.proposed_by.handle)}
    record(kind=kinds.MOTION_CONFIRMED, by=by, power=power, now=now, particulars=told, **_about(motion))
    return motion, power


@transaction.atomic
def reject(*, motion: Motion, charter: Charter, answer: str, by: Actor, now: datetime) -> Motion:
    """Say no, and why."""
    motion = _open(motion, now=now)
    power = _second(motion, charter, by, now=now)
    if not answer.strip():
        raise MotionNeedsReason
    motion.answer = answer
    _answer(motion, Motion.Status.REJECTED, by, now=now)
    told = {"act": motion.act}
    record(kind=kinds.MOTION_REJECTED, by=by, power=power, now=now, reason=answer, particulars=told, **_about(motion))
    return motion


@transaction.atomic
def take_back(*, motion: Motion, charter: Charter, by: Actor, now: datetime) -> Motion:
    """Whoever proposed it thinks better of it."""
    motion = _open(motion, now=now)
    if by.person is None or by.person.pk != motion.proposed_by_id:
        raise NoSuchMotion
    power = power_to(charter, by=by, act=motion.act, on=_day(charter, now))
    _answer(motion, Motion.Status.WITHDRAWN, by, now=now)
    told = {"act": motion.act}
    record(kind=kinds.MOTION_WITHDRAWN, by=by, power=power, now=now, particulars=told, **_about(motion))
    return motion


def carry_out(*, act: str, content: Mapping[str, Any], by: Actor, now: datetime) -> Motion:
    """Use what two officers confirmed, once, in the caller's transaction; NeedsTwo if nothing like it is confirmed."""
    waiting = Motion.objects.select_for_update().filter(
        act=act, status=Motion.Status.CONFIRMED, carried_out_at__isnull=True, expires_at__gt=now
    )
    for motion in waiting.order_by("pk"):
        if all(motion.content.get(name) == value for name, value in content.items()):
            motion.carried_out_at = now
            motion.save(update_fields=["carried_out_at"])
            told = {"act": act}
            record(kind=kinds.MOTION_DONE, by=by, now=now, particulars=told, **_about(motion))
            return motion
    raise NeedsTwo(act=VERBS[act])


@transaction.atomic
def erase_motions(*, basis: Sequence[str], now: datetime, concerns: Person | None = None, about: str = "") -> None:
    """What was proposed of a person or of another subject goes with them; what still waits cannot be answered."""
    theirs = (
        Motion.objects.filter(concerns=concerns) if concerns else Motion.objects.exclude(about="").filter(about=about)
    )
    for motion in theirs.order_by("pk"):
        if not ring.is_destroyed(motion.sealed_for):
            erase_subject(motion.sealed_for, by=PROGRAM, now=now, basis=basis)
    theirs.filter(status=Motion.Status.OPEN, expires_at__gt=now).update(expires_at=now)


def waiting_for(charter: Charter, *, by: Actor, now: datetime) -> list[Motion]:
    """What waits for a second officer, and is of an act that the post has; one's own among them."""
    on = _day(charter, now)
    acts = {act for grant in grants_of(charter, by.post, on=on) if grant.in_force(on) for act in grant.acts}
    still = Motion.objects.filter(status=Motion.Status.OPEN, act__in=acts, expires_at__gt=now)
    return list(still.select_related("proposed_by", "concerns").order_by("pk"))


def digest_of(content: Mapping[str, Any]) -> str:
    """Keyed: what is proposed of a person cannot be guessed from it."""
    return blind("motion", json.dumps(content, sort_keys=True, ensure_ascii=False))


def _open(motion: Motion, *, now: datetime) -> Motion:
    found = Motion.objects.select_for_update(of=("self",)).select_related("proposed_by", "concerns").get(pk=motion.pk)
    if found.status != Motion.Status.OPEN or found.expires_at <= now:
        raise NoSuchMotion
    return found


def _second(motion: Motion, charter: Charter, by: Actor, *, now: datetime) -> str:
    """Another person, of another office where the charter wants that, whom it does not concern, with the power."""
    same_office = by.post.partition("/")[0] == motion.proposed_in.partition("/")[0]
    if by.person is None or by.person.pk == motion.proposed_by_id or (motion.two_offices and same_office):
        raise SamePerson(office=ANOTHER_OFFICE if motion.two_offices else text("", ""))
    if motion.concerns_id == by.person.pk:
        raise ConcernsYou
    return power_to(charter, by=by, act=motion.act, on=_day(charter, now))


def _answer(motion: Motion, status: str, by: Actor, *, now: datetime) -> None:
    motion.status, motion.answered_at = status, now
    motion.answered_by, motion.answered_in = by.person, by.post
    motion.save(update_fields=["status", "answer", "answered_at", "answered_by", "answered_in", "carried_out_at"])


def _about(motion: Motion) -> dict[str, Any]:
    """What every act about a motion says of it."""
    person = str(motion.concerns.handle) if motion.concerns else ""
    return {"subject": motion.sealed_for, "basis": motion.legal_basis, "person": person}


def _day(charter: Charter, now: datetime) -> date:
    return now.astimezone(ZoneInfo(charter.head.time_zone)).date()
