"""The ledger's key is changed by whoever has the machine; where the charter says so, once two officers agree."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from zhengtong.charter.errors import NothingInForce
from zhengtong.charter.queries import in_force_at
from zhengtong.ledger.acts import By, replace_key
from zhengtong.ledger.succession import Succession
from zhengtong.people import motions
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Motion

REKEY = "rekey"


def propose_key(*, device: str, reason: str, by: Actor, now: datetime) -> Motion:
    """One officer proposes another key: a new one, or the one in the device that the address names."""
    charter = in_force_at(now).charter
    return motions.propose(charter=charter, act=REKEY, content={"device": device}, reason=reason, by=by, now=now)


@transaction.atomic
def confirm_key(*, motion: Motion, by: Actor, now: datetime) -> Motion:
    """Another confirms it; the operator carries it out while that is fresh."""
    return motions.confirm(motion, charter=in_force_at(now).charter, by=by, now=now, later=True)[0]


def change_key(*, device: str, reason: str, by: By, now: datetime) -> Succession:
    """Let another key sign from now on. NeedsTwo where the charter has two officers confirm it first, and none did.

    The confirmation is used up before keys are touched: if that is broken off, it is proposed anew.
    """
    try:
        charter = in_force_at(now).charter
    except NothingInForce:
        return replace_key(by=by, now=now, device=device, reason=reason)
    if motions.demanded(charter, REKEY, on=timezone.localdate(now)):
        with transaction.atomic():
            used = motions.carry_out(act=REKEY, content={"device": device}, by=PROGRAM, now=now)
        reason = reason or str(used.content["reason"])
    return replace_key(by=by, now=now, device=device, reason=reason)
