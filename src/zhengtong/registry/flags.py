"""What becomes of a look that was flagged: whoever looked explains it, and the supervisor settles it, with reasons."""

from datetime import date, datetime

from django.db import transaction

from zhengtong.charter.charter import Charter
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import require_any, require_power
from zhengtong.registry import kinds
from zhengtong.registry.errors import FlagReasonMissing, NoSuchFlag, OwnLook
from zhengtong.registry.models import Flag

OPEN = (Flag.State.OPEN, Flag.State.EXPLAINED)


@transaction.atomic
def explain(*, charter: Charter, flag_id: int, explanation: str, by: Actor, now: datetime, on: date) -> Flag:
    """Whoever looked says why; only they can, and as long as it is not settled."""
    power = require_any(charter, by=by, on=on)
    flag = _open_flag(flag_id)
    if by.person is None or flag.look.by_id != by.person.pk:
        raise NoSuchFlag
    if not explanation.strip():
        raise FlagReasonMissing
    flag.state, flag.explanation, flag.explained_at = Flag.State.EXPLAINED, explanation.strip()[:2000], now
    flag.save(update_fields=["state", "explanation", "explained_at"])
    told = {"look": flag.look_id, "watch": flag.watch, "state": flag.state}
    record(kind=kinds.EXPLAINED, subject=_about(flag), by=by, power=power, now=now, particulars=told)
    return flag


@transaction.atomic
def settle(*, charter: Charter, flag_id: int, cleared: bool, reasons: str, by: Actor, now: datetime, on: date) -> Flag:
    """The supervisor finds the look right, or refers it to whoever investigates; never in a look of their own."""
    if charter.privacy is None:
        raise NoSuchFlag
    region = charter.organisation_of(by.post).region
    power = require_power(charter, by=by, act="supervise", procedure=charter.privacy.question, region=region, on=on)
    flag = _open_flag(flag_id)
    if by.person is None or flag.look.by_id == by.person.pk:
        raise OwnLook
    if not reasons.strip():
        raise FlagReasonMissing
    flag.state = Flag.State.CLEARED if cleared else Flag.State.REFERRED
    flag.reasons, flag.settled_by, flag.settled_at = reasons.strip()[:2000], by.person, now
    flag.save(update_fields=["state", "reasons", "settled_by", "settled_at"])
    told = {"look": flag.look_id, "watch": flag.watch, "state": flag.state}
    record(kind=kinds.SETTLED, subject=_about(flag), by=by, power=power, now=now, particulars=told)
    return flag


def _open_flag(flag_id: int) -> Flag:
    flag = (
        Flag.objects.select_for_update(of=("self",))
        .select_related("look__by")
        .filter(pk=flag_id, state__in=OPEN)
        .first()
    )
    if flag is None:
        raise NoSuchFlag
    return flag


def _about(flag: Flag) -> str:
    return f"looks:{flag.look.about}"
