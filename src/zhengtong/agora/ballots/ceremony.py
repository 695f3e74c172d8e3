"""Trustees of whom some are enough make their key, in three steps that each begin when all have made the one before.

What was built on something that is sent anew is void, and has to be sent anew too.
"""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.abroad.heard import source
from zhengtong.agora.ballots.circle import certificates, polynomials
from zhengtong.agora.ballots.errors import BallotIsClosed, KeyOfAnother, OtherCertificates
from zhengtong.agora.ballots.preparing import fresh, written_of
from zhengtong.agora.ballots.queries import Vote
from zhengtong.agora.ballots.trustees import Trustee, seat_of
from zhengtong.agora.models import Keeper
from zhengtong.agora.rounds import Round
from zhengtong.engines.ballots import compact
from zhengtong.engines.ballots.ceremony import check_certificate, check_polynomial, check_voutput, named
from zhengtong.engines.ballots.proofs import bare_proof
from zhengtong.ledger.acts import record


@transaction.atomic
def give_certificate(*, round_: Round, phase: str, held: Any, by: Trustee, now: datetime) -> Keeper:
    """A trustee's certificate. TrusteeFault; what all have sent after certificates is void."""
    vote, place, power = _taking_part(round_, phase, by=by, now=now)
    public = check_certificate(vote.group, held, trustee=place)
    _not_anothers(vote, place, held)
    poll = written_of(vote)
    poll.keepers.update(polynomial="", part="", key="")
    keeper, _ = Keeper.objects.update_or_create(
        poll=poll, place=place, defaults={"certificate": compact(_signed(held))}
    )
    particulars = {"phase": phase, "trustee": place, "key": public["verification"], **source(by)}
    subject = vote.round.case.number
    record(kind=kinds.CERTIFIED, subject=subject, by=by, power=power, now=now, particulars=particulars)
    return keeper


@transaction.atomic
def give_polynomial(*, round_: Round, phase: str, held: Any, by: Trustee, now: datetime) -> Keeper:
    """A trustee's polynomial, sealed, with its commitments; the keys made of an earlier one are void.

    TrusteeFault; OtherCertificates where it does not name those that are there now.
    """
    vote, place, power = _taking_part(round_, phase, by=by, now=now)
    known = certificates(vote)
    _all_made(vote, known)
    _made_for(known, held)
    check_polynomial(group=vote.group, certificates=known, held=held, trustee=place, needed=vote.needed)
    poll = written_of(vote)
    poll.keepers.update(part="", key="")
    written = {"polynomial": held["polynomial"], "secrets": held["secrets"], "coefexps": _signed(held["coefexps"])}
    keeper = poll.keepers.get(place=place)
    keeper.polynomial, keeper.part, keeper.key = compact(written), "", ""
    keeper.save(update_fields=["polynomial", "part", "key"])
    particulars = {"phase": phase, "trustee": place, "certificates": named(known), **source(by)}
    subject = vote.round.case.number
    record(kind=kinds.COMMITTED, subject=subject, by=by, power=power, now=now, particulars=particulars)
    return keeper


@transaction.atomic
def give_part(*, round_: Round, phase: str, held: Any, by: Trustee, now: datetime) -> Keeper:
    """A trustee's public key, and the private one as they sealed it for themselves. TrusteeFault."""
    vote, place, power = _taking_part(round_, phase, by=by, now=now)
    _all_made(vote, polynomials(vote))
    key = check_voutput(group=vote.group, polynomials=polynomials(vote), held=held, trustee=place)
    keeper = vote.keepers[place]
    keeper.part, keeper.key = compact({"private_key": held["private_key"], "public_key": key}), compact(key)
    keeper.save(update_fields=["part", "key"])
    particulars = {"phase": phase, "trustee": place, "key": key["public_key"], **source(by)}
    subject = vote.round.case.number
    record(kind=kinds.KEY_GIVEN, subject=subject, by=by, power=power, now=now, particulars=particulars)
    return keeper


def _not_anothers(vote: Vote, place: int, held: Any) -> None:
    """A certificate is public, and whoever sent a copy of another's would stop both."""
    theirs = [json.loads(each.certificate) for at, each in vote.keepers.items() if at != place and each.certificate]
    if held["message"] in [each["message"] for each in theirs]:
        raise KeyOfAnother


def _made_for(known: list[Any], held: Any) -> None:
    """What is sealed in a polynomial for others only they can open: made for a certificate that was sent anew since, it
    would fail at that trustee's command, and look like a lie.
    """
    if isinstance(held, dict) and "coefexps" in held and held.get("certificates") != named(known):
        raise OtherCertificates


def _taking_part(round_: Round, phase: str, *, by: Trustee, now: datetime) -> tuple[Vote, int, str]:
    vote = fresh(round_, phase)
    place, power = seat_of(vote, by, now=now)
    if vote.is_open or not vote.threshold:
        raise BallotIsClosed
    return vote, place, power


def _all_made(vote: Vote, found: list[Any]) -> None:
    if len(found) < len(vote.declared.trustees):
        raise BallotIsClosed


def _signed(held: Any) -> dict[str, Any]:
    """What was verified, and nothing beside it: this is published."""
    return {"message": held["message"], "signature": bare_proof(held["signature"])}
