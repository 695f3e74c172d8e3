"""What the party does besides applying: withdraw, and say how it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhengtong.cases import drive, kinds, letters
from zhengtong.cases.acts.filing import file_application
from zhengtong.cases.authority import require_party
from zhengtong.cases.errors import NotRateable, NotToBeSaid
from zhengtong.cases.law import WITH_LAW, charter_of, procedure_of
from zhengtong.cases.locks import locked, open_case
from zhengtong.cases.models import Case, Rating, Word
from zhengtong.cases.solved import asked
from zhengtong.engines import process
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

BAD = 2  # levels 1 and 2: not satisfied, very dissatisfied


@transaction.atomic
def withdraw(*, case: Case, reason: str, by: Actor, now: datetime) -> Case:
    """The applicant takes the application back; the parts of a joint case go with it."""
    case = open_case(case.pk)
    require_party(case, by, act="withdraw", now=now)
    record(kind=kinds.WITHDRAWN, subject=case.number, by=by, reason=reason, now=now)
    letters.write(case, "withdrawn", now=now)
    for part in case.parts.exclude(status=Case.Status.CLOSED).select_related(*WITH_LAW):
        drive.end_part(part, reason="withdrawn", now=now)
    drive.step(case, process.Cancelled("withdrawn"), now=now)
    return case


@transaction.atomic
def rate(*, case: Case, level: int, by: Actor, channel: str, now: datetime, comment: str = "") -> Rating:
    """The party rates a closed case once; a bad rating opens a case of its own (差评整改)."""
    case = locked(case.pk)
    require_party(case, by, act="rate", now=now)
    if case.is_open or case.parent_id or not procedure_of(case).on_request or level not in range(1, 6):
        raise NotRateable
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                case=case, level=level, comment=comment[:2000], channel=channel, rated_at=now
            )
    except IntegrityError as fault:
        raise NotRateable from fault
    record(kind=kinds.RATED, subject=case.number, by=by, particulars={"level": level, "comment": comment}, now=now)
    if level <= BAD:
        answers = {"comment": rating.comment, "level": rating.level}
        rating.follow_up = _open_about(
            case, charter_of(case).head.bad_rating, answers, key=f"rating:{rating.pk}", now=now
        )
        rating.save(update_fields=["follow_up"])
    return rating


@transaction.atomic
def say_whether_solved(*, case: Case, solved: bool, by: Actor, channel: str, now: datetime, told: str = "") -> Word:
    """The party says whether an answered case is solved; nobody else can. A no opens a case about it."""
    case = locked(case.pk)
    require_party(case, by, act="say-solved", now=now)
    declared = asked(case)
    if declared is None:
        raise NotToBeSaid
    number, told = 1 + case.words.count(), told.strip()[:2000]
    follow_up = None
    if not solved:
        answers, key = {"words": told} if told else {}, f"word:{case.number}:{number}"
        follow_up = _open_about(case, declared.procedure, answers, key=key, now=now)
    word = Word.objects.create(
        case=case, round=number, solved=solved, told=told, channel=channel, said_at=now, follow_up=follow_up
    )
    record(
        kind=kinds.SAID_WHETHER_SOLVED,
        subject=case.number,
        by=by,
        basis=declared.legal_basis,
        particulars={"solved": solved, "told": told},
        now=now,
    )
    return word


def _open_about(case: Case, procedure: str, answers: Mapping[str, Any], *, key: str, now: datetime) -> Case:
    """The program opens a case about this one, for the same party."""
    return file_application(
        procedure=procedure,
        person=case.applicant,
        enterprise=case.enterprise,
        about=case,
        answers=answers,
        by=PROGRAM,
        channel="web",
        language=case.language,
        request_key=key,
        now=now,
    )
