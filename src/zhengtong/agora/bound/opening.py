"""A duty begins: its case is opened by the program, at the post and with the time of the charter, or of a promise."""

from datetime import date, datetime
from typing import Any

from zhengtong.agora.bound import kinds
from zhengtong.agora.bound.law import Law, bound_by, law_of, promised_by
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.models import Answer, Contribution
from zhengtong.agora.rounds import Round
from zhengtong.cases.acts import file_application
from zhengtong.cases.models import Case
from zhengtong.cases.models.case import OFFICE
from zhengtong.charter.model import Obliged
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.engines.deadlines import Limit
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

OPENED_BY = ("bound:", "promise:")  # how the requests begin by which the cases of duties are opened
FACTS = ("round", "what", "post", "limit")  # that the form of such a procedure asks; the program answers


def bind(round_: Round, found: Contribution, declared: Obliged, *, now: datetime) -> Duty:
    """What so many have signed binds the government from now on. Once for each kind: the round is locked."""
    law = law_of(round_, bound_by, now=now)
    organ = law.current.organs.get(declared.organ) or round_.charter.organs.get(declared.organ)
    named = organ.chair if organ else declared.post
    post = law.holder(named)
    before = Duty.objects.filter(contribution=found, kind=declared.to).count()  # ended while it was hidden
    case = _open(
        round_,
        law,
        what=f"#{found.number} {found.text}",
        post=post,
        limit=declared.within,
        key=f"bound:{found.pk}:{declared.to}" + (f":{before}" if before else ""),
        now=now,
    )
    duty = Duty.objects.create(
        round=round_.case,
        kind=declared.to,
        contribution=found,
        signatures=declared.signatures,
        organ=declared.organ,
        case=case,
        begun_on=round_.day(now),
    )
    told: dict[str, Any] = {"number": found.number, "version": found.version, "signed": found.signed}
    told |= {
        "to": declared.to,
        "threshold": declared.signatures,
        "case": case.number,
        "post": post,
        "within": declared.within,
    }
    told |= {"instead_of": named} if post != named else {}
    basis = list(declared.legal_basis)
    record(kind=kinds.OBLIGED, subject=round_.case.number, by=PROGRAM, basis=basis, particulars=told, now=now)
    return duty


def promise(
    round_: Round,
    answer: Answer,
    *,
    until: date,
    post: str,
    carrier: tuple[str, str],
    by: Actor,
    power: str,
    now: datetime,
) -> Duty:
    """What an answer adopts is followed until it is done, at `post`, by `until`."""
    limit = str(Limit((until - round_.day(now)).days, "days"))
    law, key = law_of(round_, promised_by, now=now), f"promise:{answer.pk}"
    case = _open(round_, law, what=answer.text, post=post, limit=limit, key=key, now=now)
    duty = Duty.objects.create(
        round=round_.case,
        kind=Duty.Kind.PROMISE,
        answer=answer,
        carrier=carrier[0],
        carried=carrier[1],
        case=case,
        begun_on=round_.day(now),
    )
    told: dict[str, Any] = {"answered": answer.given_at.isoformat(), "until": until, "post": post, "case": case.number}
    told |= {"into": ":".join(carrier)} if carrier[0] else {}
    record(kind=kinds.PROMISED, subject=round_.case.number, by=by, power=power, particulars=told, now=now)
    return duty


@session_of(PROGRAM_SESSION)
def _open(round_: Round, law: Law, *, what: str, post: str, limit: str, key: str, now: datetime) -> Case:
    """For whoever opened the round, as one more case of an office: no letters go out."""
    case = round_.case
    answers = {"round": case.number, "what": what[:4000], "post": post, "limit": limit}
    return file_application(
        procedure=law.procedure,
        person=case.applicant,
        answers=answers,
        by=PROGRAM,
        channel=OFFICE,
        language=case.language,
        request_key=key,
        now=now,
        law=law.enacted,
    )
