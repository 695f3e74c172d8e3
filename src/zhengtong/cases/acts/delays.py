"""Notice of a look comes later where it would defeat an inspection: two officers decide it, and it ends by itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from zhengtong.cases import authority, kinds
from zhengtong.cases.errors import NoReason, NoSuchDelay, NoticeNotDelayed, OneAndTheSame
from zhengtong.cases.law import day_of
from zhengtong.cases.locks import locked, open_case
from zhengtong.cases.models import Case
from zhengtong.cases.periods import after
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text, text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.registry.models import Delay

INQUIRING = ("inspect", "examine", "decide")  # whoever has one of these in the case may ask for a delay
NOT_IN_CHARTER = text("章程没有规定延迟告知", "the charter knows no delay of notice")
ALREADY = text("这个办件已经提出过延迟告知", "one was proposed for this case before")
PAST = text("截止日期不存在或者已经过去", "the day does not exist, or is past")
TOO_LONG = text("最迟到{latest}", "it ends on {latest} at the latest")
NO_BASIS = text("没有选择现行有效的法律依据", "no legal basis in force was chosen")


@transaction.atomic
def delay_notice(*, case: Case, until: date, reason: str, basis: Sequence[str], by: Actor, now: datetime) -> Delay:
    """Propose that the looks for an open case are shown to the person only after the day `until`."""
    case = open_case(case.pk)
    power = _inquiring_power(case, by=by, now=now)
    _check(case, until, basis, now=now)
    if not reason.strip() or by.person is None:
        raise NoReason
    delay = Delay.objects.create(
        case=case.number,
        until=until,
        reason=reason.strip()[:2000],
        legal_basis=list(basis),
        proposed_by=by.person,
        proposed_post=by.post,
        proposed_at=now,
    )
    record(
        kind=kinds.DELAY_PROPOSED,
        subject=_subject(delay),
        by=by,
        power=power,
        basis=delay.legal_basis,
        particulars=_told(delay),
        now=now,
    )
    return delay


@transaction.atomic
def confirm_delay(*, delay: Delay, by: Actor, now: datetime) -> Delay:
    """Another officer, who supervises, agrees: until its last day the person is not told."""
    delay, case = _open(delay)
    power = _second(delay, case, by=by, now=now)
    _check(case, delay.until, delay.legal_basis, now=now, again=True)
    _answer(delay, Delay.State.CONFIRMED, by=by, now=now)
    record(
        kind=kinds.DELAY_CONFIRMED,
        subject=_subject(delay),
        by=by,
        power=power,
        basis=delay.legal_basis,
        particulars=_told(delay),
        now=now,
    )
    return delay


@transaction.atomic
def reject_delay(*, delay: Delay, answer: str, by: Actor, now: datetime) -> Delay:
    """Say no, and why: the person sees every look at once, as always."""
    delay, case = _open(delay)
    power = _second(delay, case, by=by, now=now)
    if not answer.strip():
        raise NoReason
    delay.answer = answer.strip()[:2000]
    _answer(delay, Delay.State.REJECTED, by=by, now=now)
    record(
        kind=kinds.DELAY_REJECTED,
        subject=_subject(delay),
        by=by,
        power=power,
        basis=delay.legal_basis,
        particulars=_told(delay),
        now=now,
    )
    return delay


@transaction.atomic
def end_delay(*, delay: Delay, by: Actor, now: datetime) -> Delay:
    """End it before its time, since its ground is gone: today the person sees all. Either side may."""
    delay, case = _locked(delay)
    today = day_of(now, in_force_at(now).charter)
    if delay.state != Delay.State.CONFIRMED or delay.until < today:
        raise NoSuchDelay
    supervising = authority.may(case, by=by, act="supervise", now=now).allowed
    power = (
        authority.require(case, by=by, act="supervise", now=now)
        if supervising
        else _inquiring_power(case, by=by, now=now)
    )
    delay.until = today - timedelta(days=1)
    delay.save(update_fields=["until"])
    record(
        kind=kinds.DELAY_ENDED,
        subject=_subject(delay),
        by=by,
        power=power,
        basis=delay.legal_basis,
        particulars=_told(delay),
        now=now,
    )
    return delay


def latest_day(charter: Charter, *, now: datetime) -> date | None:
    """The last day that a delay proposed now may have; none where the charter knows no delay."""
    if charter.privacy is None or charter.privacy.delay is None:
        return None
    return after(day_of(now, charter), charter.privacy.delay.limit)


def _check(case: Case, until: date, basis: Sequence[str], *, now: datetime, again: bool = False) -> None:
    """Within what the charter in force allows, on a basis in force, and once a case. Raises `NoticeNotDelayed`."""
    charter = in_force_at(now).charter
    on, latest = day_of(now, charter), latest_day(charter, now=now)
    faults: list[tuple[bool, Text]] = [
        (latest is None, NOT_IN_CHARTER),
        (not again and Delay.objects.exclude(state=Delay.State.REJECTED).filter(case=case.number).exists(), ALREADY),
        (until < on, PAST),
        (latest is not None and until > latest, TOO_LONG.format(latest=str(latest))),
        (not basis or any(charter.article(ref, on) is None for ref in basis), NO_BASIS),
    ]
    for wrong, why in faults:
        if wrong:
            raise NoticeNotDelayed(why=why)


def _inquiring_power(case: Case, *, by: Actor, now: datetime) -> str:
    able = (act for act in INQUIRING if authority.may(case, by=by, act=act, now=now).allowed)
    return authority.require(case, by=by, act=next(able, INQUIRING[0]), now=now)


def _second(delay: Delay, case: Case, *, by: Actor, now: datetime) -> str:
    """Another person, whatever post they come in, with the power to supervise and no conflict of interest."""
    if by.person is None or by.person.pk == delay.proposed_by_id:
        raise OneAndTheSame
    return authority.require(case, by=by, act="supervise", now=now)


def _open(delay: Delay) -> tuple[Delay, Case]:
    delay, case = _locked(delay)
    if delay.state != Delay.State.OPEN:
        raise NoSuchDelay
    return delay, case


def _locked(delay: Delay) -> tuple[Delay, Case]:
    """Fresh, with its case locked."""
    case = Case.objects.filter(number=delay.case).only("pk").first()
    if case is None:
        raise NoSuchDelay
    return Delay.objects.select_related("proposed_by").get(pk=delay.pk), locked(case.pk)


def _answer(delay: Delay, state: Delay.State, *, by: Actor, now: datetime) -> None:
    delay.state, delay.answered_by, delay.answered_post, delay.answered_at = state, by.person, by.post, now
    delay.save(update_fields=["state", "answered_by", "answered_post", "answered_at", "answer"])


def _subject(delay: Delay) -> str:
    """Not the case, whose acts its party reads."""
    return f"notice:{delay.case}"


def _told(delay: Delay) -> dict[str, Any]:
    """Without the reason, which goes with the case."""
    return {"case": delay.case, "until": delay.until}
