"""The keys of a round whose voices can be opened: handed in before it begins, and its own from then on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.agora.openings import kinds
from zhengtong.agora.openings.errors import KeyOfTheOther, KeysMissing, NotAKeeperOfVoices
from zhengtong.agora.openings.models import KeeperKey, Sealed
from zhengtong.agora.rounds import Round
from zhengtong.agora.seats import place_among, told_of
from zhengtong.cases.acts import open_by_office
from zhengtong.cases.law import charter_of, today
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Opening
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text
from zhengtong.engines.ballots.group import Element
from zhengtong.engines.blind.opening import check_certificate, joint
from zhengtong.engines.blind.sealed import GROUP
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.permissions import require_power

OPEN = "open-voice"
_AND = (", ", "、")


def keeper_of(charter: Charter, opening: Opening | None, by: Actor) -> int:
    """Which of the two keepers an officer is, from 1; NotAKeeperOfVoices."""
    place = place_among(charter, opening.keepers, by) if opening else None
    if place is None:
        raise NotAKeeperOfVoices
    return place


@transaction.atomic
def give_key(*, procedure: str, certificate: Any, by: Actor, now: datetime) -> KeeperKey:
    """A keeper's key for the rounds of a procedure that begin from now on. TrusteeFault, KeyOfTheOther."""
    charter = in_force_at(now).charter
    declared = charter.participation.get(procedure)
    place = keeper_of(charter, declared.opening if declared else None, by)
    own = charter.organisation_of(by.post).region
    power = require_power(charter, by=by, act=OPEN, procedure=procedure, region=own, on=today(now))
    public = GROUP.write(check_certificate(certificate))
    keepers = declared.opening.keepers if declared and declared.opening else []
    held = given(procedure, keepers)
    if any(each["public_key"] == public for at, each in held.items() if at != place):
        raise KeyOfTheOther
    kept = {"public_key": public, "proof": certificate["proof"]}
    made, new = KeeperKey.objects.get_or_create(
        procedure=procedure, keeper=keepers[place - 1], defaults={"certificate": kept, "given_at": now}
    )
    if not new and made.certificate["public_key"] == public:
        return made
    made.certificate, made.given_at = kept, now
    made.save(update_fields=["certificate", "given_at"])
    told = {"procedure": procedure, "keeper": made.keeper, "key": public}
    record(kind=kinds.KEY_GIVEN, subject=f"opening:{procedure}", by=by, power=power, now=now, particulars=told)
    return made


def given(procedure: str, keepers: Sequence[str]) -> dict[int, dict[str, Any]]:
    """The certificates that the keepers of a procedure have handed in, by their places."""
    rows = KeeperKey.objects.filter(procedure=procedure, keeper__in=keepers)
    return {keepers.index(each.keeper) + 1: each.certificate for each in rows}


@transaction.atomic
def begin_round(
    *, procedure: str, answers: Mapping[str, Any], by: Actor, language: str, request_key: str, now: datetime
) -> Case:
    """Open a round; one whose voices can be opened begins under the keys of both keepers, or not. KeysMissing."""
    case = open_by_office(
        procedure=procedure, answers=answers, by=by, language=language, request_key=request_key, now=now
    )
    charter = charter_of(case)
    round_ = charter.participation.get(procedure)  # none of a meeting
    declared = round_.opening if round_ else None
    if declared is None or Sealed.objects.filter(case=case).exists():
        return case
    held = given(procedure, declared.keepers)
    missing = [post for at, post in enumerate(declared.keepers, 1) if at not in held]
    if missing:
        raise KeysMissing(who=offices_of(charter, missing))
    certificates = [held[at] for at in sorted(held)]
    joint(certificates)  # each proof once more, as from now on voices are sealed with them
    Sealed.objects.create(case=case, certificates=certificates)
    pairs = zip(declared.keepers, certificates, strict=True)
    told = {"keys": [{"keeper": post, "key": one["public_key"]} for post, one in pairs]}
    basis = list(declared.legal_basis)
    record(kind=kinds.SEALED, subject=case.number, by=PROGRAM, basis=basis, now=now, particulars=told)
    return case


def sealing_key(round_: Round) -> Element:
    """The joint key of a round. KeysMissing where it began without: then nobody gets a voice."""
    return joint(certificates_of(round_))


def certificates_of(round_: Round) -> list[dict[str, Any]]:
    """The keys of a round, in the order of its keepers."""
    found = Sealed.objects.filter(case=round_.case).first()
    if found is None:
        declared = round_.declared.opening
        raise KeysMissing(who=offices_of(round_.charter, declared.keepers if declared else []))
    return list(found.certificates)


def offices_of(charter: Charter, posts: Sequence[str]) -> Text:
    """The offices of these posts, in words."""
    names = [told_of(charter, post)[0] for post in posts]
    return Text({tag: _AND[tag == "zh-Hans"].join(each.in_(tag) for each in names) for tag in charter.head.languages})
