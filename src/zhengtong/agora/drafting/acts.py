"""Another text is proposed; its author accepts or refuses it; who signed is asked; two proposals become one."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhengtong.agora.acts.contributing import count_unanswered, keep
from zhengtong.agora.apart import each_apart
from zhengtong.agora.decide import MOST, cleaned
from zhengtong.agora.drafting import kinds
from zhengtong.agora.drafting.decide import REASON, material, stands
from zhengtong.agora.drafting.errors import (
    NothingChanged,
    NotOpen,
    NotTheAuthor,
    NotToBeAmended,
    ReasonMissing,
    TextIsBinding,
)
from zhengtong.agora.drafting.models import Amendment, Version
from zhengtong.agora.errors import NothingSaid
from zhengtong.agora.models import Contribution, Stance, Voice
from zhengtong.agora.rounds import Round, of_case
from zhengtong.agora.sums import ask_again, up_to_date
from zhengtong.agora.voices import Speaker
from zhengtong.cases.law import WITH_LAW
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Phase
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM

AT_ONCE = 5000
State = Amendment.State


@transaction.atomic
def amend(
    *, round_: Round, voice: Voice, number: int, said: str, why: str, request_key: str, now: datetime
) -> Amendment:
    """Propose another text of a proposal, whole; the same `request_key` of the same voice gives the same amendment."""
    if known := _known(voice, request_key):
        return known
    round_ = of_case(locked(round_.case.pk))
    target = _changeable(round_, number)
    written = cleaned(said)
    if written == target.text:
        raise NothingChanged
    decider = _author(target)
    return _proposed(round_, target, voice, written, why, request_key, decider=decider, joining=None, now=now)


@transaction.atomic
def offer_to_join(
    *, round_: Round, voice: Voice, number: int, into: int, said: str, why: str, request_key: str, now: datetime
) -> Amendment:
    """Offer, as the author of one, that `number` goes on in `into` under this text; the author of the other decides."""
    if known := _known(voice, request_key):
        return known
    round_ = of_case(locked(round_.case.pk))
    joining, target = _changeable(round_, number), _changeable(round_, into)
    if joining.pk == target.pk or joining.phase != target.phase:
        raise NotToBeAmended
    if voice.pk not in (joining.voice_id, target.voice_id):
        raise NotTheAuthor
    decider = _author(target) if voice.pk == joining.voice_id else _author(joining)
    return _proposed(round_, target, voice, cleaned(said), why, request_key, decider=decider, joining=joining, now=now)


def _known(voice: Voice, request_key: str) -> Amendment | None:
    """What the voice has proposed by this request before."""
    return Amendment.objects.filter(contribution__voice=voice, contribution__request_key=request_key).first()


def _proposed(
    round_: Round,
    target: Contribution,
    voice: Voice,
    written: str,
    why: str,
    request_key: str,
    *,
    decider: Voice,
    joining: Contribution | None,
    now: datetime,
) -> Amendment:
    if not written or len(written) > MOST:
        raise NothingSaid(most=MOST)
    reason, phase = _reason(why), _phase(round_, target)
    made = Contribution(
        case=round_.case,
        phase=target.phase,
        voice=voice,
        addressed=target.addressed,
        text=written,
        amends=target,
        request_key=request_key,
        made_at=now,
    )
    kept = keep(made, round_, now=now)
    days = phase.amendments.decide_in if phase.amendments else 0
    told = Amendment.objects.create(
        contribution=kept,
        joining=joining,
        on_version=target.version,
        why=reason,
        decider=decider,
        until=kept.show_on + timedelta(days=days),
    )
    particulars = {"number": kept.number, "amends": target.number, "text": written, "why": reason}
    joins = {"joins": joining.number} if joining else {}
    record(kind=kinds.AMENDED, subject=round_.case.number, by=Speaker(voice), now=now, particulars=particulars | joins)
    return told


def _author(found: Contribution) -> Voice:
    """Whose text it is. NotToBeAmended where the office put it in, since nobody could accept another one."""
    if found.voice is None:
        raise NotToBeAmended
    return found.voice


def _reason(why: str) -> str:
    reason = cleaned(why)
    if not reason or len(reason) > REASON:
        raise ReasonMissing(most=REASON)
    return reason


def _phase(round_: Round, found: Contribution) -> Phase:
    """The phase of a proposal, open and with texts that may be changed."""
    phase = round_.phase(found.phase)
    if phase.amendments is None or phase.feature != "proposals":
        raise NotToBeAmended
    return phase


def _changeable(round_: Round, number: int) -> Contribution:
    """A proposal, locked, whose text may be changed now. NotToBeAmended, TextIsBinding."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("voice")
    found = rows.filter(case=round_.case, number=number, amends=None, joined=None).first()
    if found is None or found.state != Contribution.State.SHOWN:
        raise NotToBeAmended
    phase = _phase(round_, found)
    up_to_date([found])
    if stands(phase, found.signed) or found.duties.exists():  # a duty stays though a signature is taken back
        raise TextIsBinding(number=number)
    return found


@transaction.atomic
def decide(*, round_: Round, voice: Voice, number: int, accepted: bool, why: str, now: datetime) -> Amendment:
    """Accept or refuse, as the author whose word it takes, with the reason that everybody reads."""
    round_ = of_case(locked(round_.case.pk))
    amendment = _open(round_, number)
    if amendment.decider_id != voice.pk:
        raise NotTheAuthor
    target = _changeable(round_, _target(amendment).number)
    if amendment.on_version != target.version:
        raise NotOpen
    amendment.decided_why, amendment.decided_on = _reason(why), round_.day(now)
    amendment.state = State.ACCEPTED if accepted else State.REFUSED
    amendment.save(update_fields=["decided_why", "decided_on", "state"])
    if accepted:
        _take(round_, amendment, target, now=now)
    told: dict[str, Any] = {"subject": round_.case.number, "by": Speaker(voice), "now": now}
    told["particulars"] = {"number": number, "amends": target.number, "version": target.version}
    told["reason"] = amendment.decided_why
    if not accepted:
        record(kind=kinds.REFUSED, **told)
    elif amendment.joining is None:
        record(kind=kinds.ACCEPTED, **told)
    else:
        record(kind=kinds.JOINED, **told)
    return amendment


def _open(round_: Round, number: int) -> Amendment:
    rows = Amendment.objects.select_related("contribution__amends", "joining")
    found = rows.filter(contribution__case=round_.case, contribution__number=number).first()
    shown = found is not None and found.contribution.state == Contribution.State.SHOWN
    if found is None or not shown or found.state != State.OPEN:
        raise NotOpen
    return found


def _target(amendment: Amendment) -> Contribution:
    target = amendment.contribution.amends
    if target is None:
        raise NotOpen
    return target


def _take(round_: Round, amendment: Amendment, target: Contribution, *, now: datetime) -> None:
    """Put the text in the place of the old one, and let the other proposal go on in this."""
    if amendment.joining is not None:
        joining = _changeable(round_, amendment.joining.number)
        _join(round_.case, joining, target)
        _overtake(Q(contribution__amends=joining) | Q(joining=joining), round_, now=now)
    if amendment.contribution.text != target.text:
        _replace(target, amendment, on=round_.day(now))
        _overtake(Q(contribution__amends=target) | Q(joining=target), round_, now=now)


def _replace(target: Contribution, amendment: Amendment, *, on: date) -> None:
    """The next version. Of another substance it begins without signatures, and who signed is asked."""
    written = amendment.contribution.text
    changed = material(target.text, written)
    Version.objects.create(
        contribution=target,
        number=target.version,
        text=target.text,
        signed=Stance.objects.filter(contribution=target, version=target.version, value=1).count(),
        changed=changed,
        until=on,
        by=amendment,
    )
    target.version += 1
    stances = Stance.objects.filter(contribution=target)
    if changed:
        ask_again(stances)
        target.signed = 0
    else:
        stances.filter(version=target.version - 1).update(version=target.version)
    target.text, target.alike = written, amendment.contribution.alike
    fields = ["text", "alike", "version"]
    target.save(update_fields=[*fields, "signed"] if changed else fields)


def _join(case: Case, joining: Contribution, target: Contribution) -> None:
    """Let it go on in the other: whoever signed it is asked there, once, unless they have spoken there themselves."""
    signers = Stance.objects.filter(Q(value=1) | Q(asked=True), contribution=joining).values_list("voice", flat=True)
    asked = (Stance(contribution=target, voice_id=each, value=0, version=0, asked=True) for each in signers.iterator())
    Stance.objects.bulk_create(asked, ignore_conflicts=True, batch_size=AT_ONCE)
    Contribution.objects.filter(Q(pk=joining.pk) | Q(joined=joining)).update(joined=target)
    count_unanswered(case)


def _overtake(which: Q, round_: Round, *, now: datetime) -> None:
    """What rests on a text that is no longer the text comes to nothing; it can be proposed anew."""
    for each in Amendment.objects.filter(which, state=State.OPEN).select_related("contribution"):
        _end(each, State.OVERTAKEN, round_, by=None, now=now)


def _end(amendment: Amendment, state: str, round_: Round, *, by: Voice | None, now: datetime) -> None:
    amendment.state, amendment.decided_on = state, round_.day(now)
    amendment.save(update_fields=["state", "decided_on"])
    record(
        kind=kinds.ENDED,
        subject=round_.case.number,
        by=Speaker(by) if by else PROGRAM,
        now=now,
        particulars={"number": amendment.contribution.number, "state": state},
    )


@transaction.atomic
def take_back(*, round_: Round, voice: Voice, number: int, now: datetime) -> Amendment:
    """Take back what one proposed oneself, while it is open."""
    round_ = of_case(locked(round_.case.pk))
    amendment = _open(round_, number)
    if amendment.contribution.voice_id != voice.pk:
        raise NotTheAuthor
    _end(amendment, State.TAKEN_BACK, round_, by=voice, now=now)
    return amendment


def lapse_due(*, now: datetime) -> int:
    """End what its author did not decide in time, or before the phase was over; how many. The worker's."""
    cases = Case.objects.filter(pk__in=Amendment.objects.filter(state=State.OPEN).values("contribution__case"))
    return each_apart(lambda case: _lapse(Round(case), now=now), cases.select_related(*WITH_LAW))


@transaction.atomic
def _lapse(round_: Round, *, now: datetime) -> int:
    locked(round_.case.pk)
    closed = [each.id for each in round_.declared.phases if each not in round_.open_phases]
    over = Q(until__lt=round_.day(now)) | Q(contribution__phase__in=closed)
    rows = Amendment.objects.filter(over, state=State.OPEN, contribution__case=round_.case)
    found = list(rows.select_related("contribution"))
    for each in found:
        _end(each, State.LAPSED, round_, by=None, now=now)
    return len(found)
