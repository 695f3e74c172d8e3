"""What rests on a decision that fell is looked at anew by the post that answers for it."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases import kinds
from zhengtong.cases.authority import require
from zhengtong.cases.errors import NoReason, NotFallen
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Reliance
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor

_ACTS = ("decide", "answer", "review", "supervise")  # what the post may do in the case, one of them


@transaction.atomic
def settle_reliance(*, reliance: Reliance, finding: str, reason: str, by: Actor, now: datetime) -> Reliance:
    """Say whether the case stands without what fell, or what was done about it; with the reason, once."""
    case = locked(reliance.case_id)
    reliance = Reliance.objects.select_for_update(of=("self",)).select_related("on").get(pk=reliance.pk)
    if reliance.overturned_at is None or reliance.settled_at is not None or reliance.post != by.post:
        raise NotFallen
    task = case.tasks.exclude(post="party").filter(act__in=_ACTS).order_by("-pk").first()
    power = require(case, by=by, act=task.act if task else "decide", now=now)
    if not reason.strip() or finding not in Reliance.Finding.values:
        raise NoReason
    reliance.finding, reliance.reason = finding, reason
    reliance.case, reliance.settled_by, reliance.settled_at = case, by.person, now
    reliance.save(update_fields=["finding", "reason", "settled_by", "settled_at"])
    told = {"on": reliance.on.number, "finding": finding}
    record(
        kind=kinds.RELIANCE_SETTLED, subject=case.number, by=by, power=power, reason=reason, particulars=told, now=now
    )
    return reliance
