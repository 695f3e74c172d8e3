"""An emergency limit on a whole round: two officers of two offices, a legal basis, reasons, a last day, in public."""

from datetime import date, datetime

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.apart import each_apart
from zhengtong.agora.moderation.errors import NotToBeLimited
from zhengtong.agora.moderation.limits import days_limited, limit_on
from zhengtong.agora.moderation.models import TIME_OVER, Limit
from zhengtong.agora.rounds import Round, of_case
from zhengtong.cases.authority import require
from zhengtong.cases.law import today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Emergency
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people import motions
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Motion

LIMIT = "limit"
MOST = 100_000
NOT_DECLARED = text("章程没有规定", "the charter does not know it")
TOO_LONG = text(
    "一项活动的限制合计不得超过 {days} 日，还剩 {left} 日",
    "all limits of a round together last {days} days at most, of which {left} are left",
)
ONE_ALREADY = text("已有限制", "there is a limit already")
NO_NUMBER = text("每日数量不是 0 到 100000 的数", "how much is shown in a day is no number from 0 to 100000")
NOT_FOUND = text("没有这项活动", "there is no such round")


@transaction.atomic
def propose_limit(*, round_: Round, shown_a_day: int, until: date, reason: str, by: Actor, now: datetime) -> Motion:
    """Propose it; nothing changes before a second officer confirms. NotToBeLimited."""
    require(round_.case, by=by, act=LIMIT, now=now)
    _checked(round_, shown_a_day, until, now=now)
    content = {"round": round_.case.number, "shown_a_day": shown_a_day, "until": until.isoformat()}
    return motions.propose(charter=round_.charter, act=LIMIT, content=content, reason=reason, by=by, now=now)


@transaction.atomic
def confirm_limit(*, motion: Motion, by: Actor, now: datetime) -> Limit:
    """Confirm it: from now on it holds, for all to read."""
    found = Case.objects.filter(number=motion.content["round"]).first()
    if found is None:
        raise NotToBeLimited(why=NOT_FOUND)
    case = locked(found.pk)
    round_ = of_case(case)
    power = require(case, by=by, act=LIMIT, now=now)
    motion, _power = motions.confirm(motion, charter=round_.charter, by=by, now=now)
    until, shown_a_day = date.fromisoformat(motion.content["until"]), motion.content["shown_a_day"]
    declared = _checked(round_, shown_a_day, until, now=now)
    made = Limit.objects.create(
        case=case,
        shown_a_day=shown_a_day,
        until=until,
        reason=motion.content["reason"],
        legal_basis=declared.legal_basis,
        proposed_in=motion.proposed_in,
        confirmed_in=by.post,
        begun_at=now,
    )
    record(
        kind=kinds.LIMITED,
        subject=case.number,
        by=by,
        power=power,
        basis=list(declared.legal_basis),
        reason=made.reason,
        particulars={"shown_a_day": shown_a_day, "until": until, "proposed_in": motion.proposed_in},
        now=now,
    )
    return made


def _checked(round_: Round, shown_a_day: int, until: date, *, now: datetime) -> Emergency:
    declared, on = round_.declared.emergency, round_.day(now)
    if declared is None or not round_.case.is_open:
        raise NotToBeLimited(why=NOT_DECLARED)
    left = declared.days - len(days_limited(round_, before=on))
    if not 0 <= (until - on).days < left:
        raise NotToBeLimited(why=TOO_LONG.format(days=declared.days, left=left))
    if not 0 <= shown_a_day <= MOST:
        raise NotToBeLimited(why=NO_NUMBER)
    if limit_on(round_.case, on) is not None:
        raise NotToBeLimited(why=ONE_ALREADY)
    return declared


@transaction.atomic
def end_limit(*, limit: Limit, why: str, by: Actor, now: datetime) -> Limit:
    """Free the round before its time: one officer is enough to let people speak. By the program when it is over."""
    case = locked(limit.case_id)
    power = "" if by == PROGRAM else require(case, by=by, act=LIMIT, now=now)
    limit = Limit.objects.select_for_update().get(pk=limit.pk)
    if limit.ended_at is None and why.strip():
        limit.ended_at, limit.ended_why = now, why.strip()
        limit.save(update_fields=["ended_at", "ended_why"])
        record(kind=kinds.FREED, subject=case.number, by=by, power=power, reason=why, now=now)
    return limit


def end_limits(*, now: datetime) -> int:
    """End those whose last day is over; how many. The worker's."""

    def end(limit: Limit) -> int:
        end_limit(limit=limit, why=TIME_OVER, by=PROGRAM, now=now)
        return 1

    return each_apart(end, Limit.objects.filter(ended_at__isnull=True, until__lt=today(now)))
