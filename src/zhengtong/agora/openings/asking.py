"""Opening a voice: one body asks on a legal basis and opens its part, the other reads all of it, and refuses or opens.

Neither learns anything alone. What is opened is told to the person, and to the two posts; that it was, to everybody.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from zhengtong.agora.apart import each_apart
from zhengtong.agora.openings import kinds
from zhengtong.agora.openings.errors import (
    FourEyesOnVoices,
    NoSuchVoice,
    OpeningAskedFor,
    OpeningIsOver,
    OpeningNeedsGround,
)
from zhengtong.agora.openings.keys import OPEN, certificates_of, keeper_of
from zhengtong.agora.openings.models import Opening, Seal
from zhengtong.agora.openings.named import ENDED, end, name
from zhengtong.agora.rounds import Round, of_case
from zhengtong.agora.seats import place_among
from zhengtong.cases.authority import require
from zhengtong.cases.errors import ReasonsMissing
from zhengtong.cases.law import today
from zhengtong.cases.locks import locked
from zhengtong.engines.blind.opening import bound_to, check_certificate, check_share, opened
from zhengtong.engines.blind.sealed import GROUP
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.permissions import posts_of

WAITING = Opening.Outcome.WAITING


@transaction.atomic
def ask(*, round_: Round, voice: str, basis: str, order: str, reason: str, by: Actor, now: datetime) -> Opening:
    """Ask that a voice be opened, for the other body to read; the same again changes nothing. It names nobody yet."""
    round_ = of_case(locked(round_.case.pk))
    place, power = seat_of(round_, by, now=now)
    given = {"basis": basis, "order": order.strip()[:200], "reason": reason.strip()[:4000], "asked_in": by.post}
    declared = round_.declared.opening
    if by.person is None or declared is None or basis not in declared.legal_basis or not all(given.values()):
        raise OpeningNeedsGround
    found = Seal.objects.select_related("voice").filter(voice__case=round_.case, voice__name=voice.strip()).first()
    if found is None:
        raise NoSuchVoice
    known = Opening.objects.filter(voice=found.voice).exclude(outcome__in=ENDED).first()
    if known is not None:
        if known.outcome == WAITING and all(getattr(known, field) == said for field, said in given.items()):
            return known
        raise OpeningAskedFor
    until = round_.day(now) + timedelta(days=declared.days)
    made = Opening.objects.create(
        case=round_.case, voice=found.voice, asked_by=by.person, asked_place=place, asked_at=now, until=until, **given
    )
    told = {
        "request": made.pk,
        "voice": found.voice.name,
        "order": made.order,
        "seal": sha256(found.sealed).hexdigest(),
    }
    said: dict[str, Any] = {"power": power, "basis": [basis], "reason": made.reason, "particulars": told}
    record(kind=kinds.ASKED, subject=round_.case.number, by=by, now=now, **said)
    return made


def request_of(opening: Opening) -> dict[str, Any]:
    """What a keeper's machine is told, and prints before it opens; its share is worth nothing for anything else."""
    return {
        "what": "zhengtong opening",
        "round": opening.case.number,
        "request": opening.pk,
        "voice": opening.voice.name,
        "basis": opening.basis,
        "order": opening.order,
        "reason": opening.reason,
        "asked_in": opening.asked_in,
        "until": opening.until.isoformat(),
        "seal": bytes(opening.voice.seal.sealed).hex(),
    }


@transaction.atomic
def give_share(*, opening: Opening, share: Any, by: Actor, now: datetime) -> Opening:
    """A keeper's part: first that of the body that asked, then that of the other, which opens it. TrusteeFault where
    the share is of another key, another voice or another request.
    """
    opening, round_, place, power = _fresh(opening, by, now=now)
    second = place != opening.asked_place
    if str(place) in opening.shares or (second and not opening.shares):
        raise OpeningIsOver
    certificate, seal = certificates_of(round_)[place - 1], bytes(opening.voice.seal.sealed)
    check_share(share, public=check_certificate(certificate), seal=seal, about=bound_to(request_of(opening)))
    kept = {"share": share["share"], "proof": share["proof"]}
    opening.shares = {**opening.shares, str(place): kept}
    if not second:
        opening.shared_by = by.person
    opening.save(update_fields=["shares", "shared_by"])
    told = {"request": opening.pk, "keeper": place, "share": kept["share"]}
    record(kind=kinds.SHARED, subject=round_.case.number, by=by, power=power, now=now, particulars=told)
    if second:
        elements = [GROUP.read(each["share"]) for each in opening.shares.values()]
        name(opening, round_, opened(seal, elements), by=by, power=power, now=now)
    return opening


@transaction.atomic
def refuse(*, opening: Opening, answer: str, by: Actor, now: datetime) -> Opening:
    """The other body says no, with reasons: the request is over, and the share that was given is not kept."""
    opening, round_, place, power = _fresh(opening, by, now=now)
    if place == opening.asked_place:
        raise OpeningIsOver
    if not answer.strip():
        raise ReasonsMissing
    opening.answer = answer.strip()[:4000]
    end(opening, Opening.Outcome.REFUSED, by=by, now=now)
    told = {"request": opening.pk}
    said: dict[str, Any] = {"power": power, "reason": opening.answer, "particulars": told}
    record(kind=kinds.REFUSED, subject=round_.case.number, by=by, now=now, **said)
    return opening


def lapse_due(*, now: datetime) -> int:
    """End the requests that nobody answered in time; how many. The worker's."""
    late = Opening.objects.filter(outcome=WAITING, until__lt=today(now))
    return each_apart(lambda each: _lapse(each, now=now), late)


@transaction.atomic
def _lapse(opening: Opening, *, now: datetime) -> bool:
    locked(opening.case_id)
    opening = Opening.objects.select_related("case").get(pk=opening.pk)
    if opening.outcome != WAITING:
        return False
    end(opening, Opening.Outcome.LAPSED, by=PROGRAM, now=now)
    told = {"request": opening.pk}
    basis = [opening.basis]
    record(kind=kinds.LAPSED, subject=opening.case.number, by=PROGRAM, basis=basis, now=now, particulars=told)
    return True


def seat_of(round_: Round, by: Actor, *, now: datetime) -> tuple[int, str]:
    """Which keeper an officer is, and by which power. FourEyesOnVoices for who sits in both posts."""
    declared = round_.declared.opening
    place = keeper_of(round_.charter, declared, by)
    if declared and by.person:
        held = [Actor(by.person, post) for post in posts_of(by.person, on=round_.day(now))]
        if {1, 2} <= {place_among(round_.charter, declared.keepers, each) for each in held}:
            raise FourEyesOnVoices
    return place, require(round_.case, by=by, act=OPEN, now=now)


def _fresh(opening: Opening, by: Actor, *, now: datetime) -> tuple[Opening, Round, int, str]:
    """The request with its case locked, for a keeper who may answer it now."""
    case = locked(opening.case_id)
    found = Opening.objects.select_related("voice__seal").get(pk=opening.pk)
    found.case = case
    round_ = of_case(case)
    place, power = seat_of(round_, by, now=now)
    if found.outcome != WAITING or found.until < round_.day(now):
        raise OpeningIsOver
    if place != found.asked_place and by.person and by.person.pk in (found.asked_by_id, found.shared_by_id):
        raise FourEyesOnVoices
    return found, round_, place, power
