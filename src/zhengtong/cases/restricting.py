"""A closed case that has to be kept, and that its person wants erased or left alone, is stored only (PIPL art. 47).

No officer opens it any more, but where a law keeps it open: by the charter's word for an act, or while it is contested.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from zhengtong.cases import kinds
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Case
from zhengtong.cases.models.case import OFFICE
from zhengtong.charter.queries import in_force_at
from zhengtong.common.refusal import Refusal
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Person
from zhengtong.people.permissions import grants_of
from zhengtong.registry.restrictions import restrict_own


class CaseIsStoredOnly(Refusal):
    code = "case-is-stored-only"
    status = 403
    message = text(
        "本件自 {on} 起只存储，不再作其他处理：当事人请求停止处理或者删除，而保存期限未满。",
        "Since {on} this case is stored and kept safe, and used for nothing else: its party asked for that, "
        "or for its erasure before its time.",
    )
    next_step = text(
        "法律要求查看的，由章程写明的岗位查看；当事人可以在“我的数据”页恢复处理。",
        "Where a law demands it, posts that the charter names see it; the party may lift this on the page “My data”.",
    )
    ground = "pipl/47"


@transaction.atomic
def restrict_at_request(case: Case, *, now: datetime) -> None:
    """What the office has granted: the person's records and closed cases are stored only from now on."""
    privacy = in_force_at(now).charter.privacy
    basis = list(privacy.restriction_basis) if privacy else []
    restrict_own(person=case.applicant, case=case.number, basis=basis, now=now)
    restrict_cases(case.applicant, basis=basis, now=now)


@transaction.atomic
@session_of(PROGRAM_SESSION)
def restrict_cases(person: Person, *, basis: Sequence[str], now: datetime) -> int:
    """Those that are over, in whatever office; how many."""
    over = person.cases.filter(Q(parent=None) | Q(parent__status=Case.Status.CLOSED), status=Case.Status.CLOSED)
    rest = over.filter(erased_at=None, restricted_at=None).exclude(channel=OFFICE)
    numbers = list(rest.order_by("pk").values_list("number", flat=True))
    for number in numbers:
        record(kind=kinds.RESTRICTED, subject=number, by=PROGRAM, basis=list(basis), now=now)
    Case.objects.filter(number__in=numbers).update(restricted_at=now)
    return len(numbers)


@transaction.atomic
def lift_restriction_of_cases(*, by: Actor, now: datetime) -> int:
    """Their person lets officers open them again; how many."""
    if by.person is None or by.post:
        return 0
    numbers = list(restricted_cases(by.person).select_for_update().values_list("number", flat=True))
    for number in numbers:
        record(kind=kinds.RESTRICTION_LIFTED, subject=number, by=by, now=now)
    Case.objects.filter(number__in=numbers).update(restricted_at=None)
    return len(numbers)


def restricted_cases(person: Person) -> QuerySet[Case]:
    """The person's cases that are stored only."""
    return Case.objects.filter(applicant=person, erased_at=None, restricted_at__isnull=False).order_by("pk")


def law_though_restricted(case: Case, viewer: Actor, *, now: datetime) -> list[str]:
    """The law by which an officer opens a case that is stored only; CaseIsStoredOnly without one."""
    if case.restricted_at is None:
        return []
    contest = case.contested_by.exclude(status=Case.Status.CLOSED).order_by("pk").first()
    if contest is not None:
        return list(procedure_of(contest).legal_basis)
    charter = in_force_at(now).charter
    on = day_of(now, charter)
    held = [each for each in grants_of(charter, viewer.post, on=on) if each.in_force(on)]
    for opened in charter.privacy.though_restricted if charter.privacy else []:
        if any(opened.act in each.acts and each.over(case.procedure) and case.region in each.within for each in held):
            return list(opened.legal_basis)
    raise CaseIsStoredOnly(on=day_of(case.restricted_at, charter_of(case)))
