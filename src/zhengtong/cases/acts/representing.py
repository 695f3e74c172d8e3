"""Those who speak for many (代表): the petitioner names them, and each says whether they will."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.cases import kinds, letters, representing
from zhengtong.cases.aside import keep_out
from zhengtong.cases.errors import NoSuchRepresentation
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Representative
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

Status = Representative.Status
SPEAKS = text("是本件的代表", "represents the petitioners of this case")


@session_of(PROGRAM_SESSION)
def name_representatives(case: Case, *, now: datetime) -> None:
    """Ask each whom the facts name and who is known here; who is named no more represents nobody. Twice is once.

    Only in the transaction of whoever changed the facts.
    """
    rule = representing.declared(case)
    if rule is None:
        return
    people = representing.named(case)
    for person in people:
        made, new = Representative.objects.get_or_create(case=case, person=person, defaults={"named_at": now})
        if not new and made.status != Status.REMOVED:
            continue
        made.status, made.named_at, made.answered_at = Status.NAMED, now, None
        made.save()
        record(kind=kinds.REPRESENTATIVE_NAMED, by=PROGRAM, now=now, **_about(made))
        letters.write(case, "representative", now=now, to=person, **representing.addressed(made))
    for gone in case.representatives.exclude(person__in=people).exclude(status=Status.REMOVED).select_related("person"):
        gone.status = Status.REMOVED
        gone.save(update_fields=["status"])
        record(kind=kinds.REPRESENTATIVE_REMOVED, by=PROGRAM, now=now, **_about(gone))


@transaction.atomic
def answer_naming(*, representative: Representative, accept: bool, by: Actor, now: datetime) -> Representative:
    """Whoever was named says whether they speak for the others; who does may lay it down. NoSuchRepresentation."""
    case = locked(representative.case_id)
    made = Representative.objects.select_related("person").get(pk=representative.pk)
    made.case = case
    is_theirs = not by.post and by.person is not None and by.person.pk == made.person_id
    if not is_theirs or made.status == Status.REMOVED or case.erased_at or (accept and not case.is_open):
        raise NoSuchRepresentation
    wanted = Status.ACCEPTED if accept else Status.DECLINED
    if made.status == wanted:
        return made
    made.status, made.answered_at = wanted, now
    made.save(update_fields=["status", "answered_at"])
    if accept:
        record(kind=kinds.REPRESENTATIVE_ACCEPTED, by=by, now=now, **_about(made))
        keep_out(case, made.person, reason=str(SPEAKS), now=now)
    else:
        record(kind=kinds.REPRESENTATIVE_DECLINED, by=by, now=now, **_about(made))
    return made


def _about(made: Representative) -> dict[str, Any]:
    """What an act says of one of them: the case, who, by which article."""
    rule = representing.declared(made.case)
    basis = list(rule.legal_basis) if rule else []
    return {"subject": made.case.number, "person": str(made.person.handle), "basis": basis}
