"""What has run its time is erased by the worker, each day; and what was erased, once more after a backup was put back.

What a person asks for is erased by the step of their case (see cases/erasing.py).
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.cases.erasing import erase_case, erase_draft
from zhengtong.cases.law import day_of
from zhengtong.cases.models import Case, Draft, Interest, Representative, Sweep
from zhengtong.cases.models.case import OFFICE
from zhengtong.cases.periods import ago
from zhengtong.cases.retention import kept_until
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at, one_law
from zhengtong.people.models import Account, Holding, Person
from zhengtong.people.sign_in.erasing import erase_person
from zhengtong.registry.looks import end_looks
from zhengtong.registry.retention import due, erase_record, read_again, record_with
from zhengtong.vault import ring

BATCH = 50


@one_law()
def end_retention(*, now: datetime) -> int:
    """Erase what has run its time, some at a time; how many. Once nothing is left, the day is done."""
    charter = in_force_at(now).charter
    today = day_of(now, charter)
    if charter.privacy is None or Sweep.objects.filter(on__gte=today).exists():
        return 0
    done = _cases(charter, today, now=now) + _drafts(charter, today, now=now)
    done += _records(charter, today, now=now)
    done += _looks(charter, today, now=now) + _persons(charter, today, now=now)
    if not done:
        Sweep.objects.update_or_create(pk=1, defaults={"on": today})
    return done


@transaction.atomic
@one_law()
def erase_again(*, subject: str, basis: Sequence[str], now: datetime) -> bool:
    """Do once more what was done after the backup from which this database comes; whether there was anything to do."""
    kind, _, handle = subject.partition(":")
    if kind == "person":
        person = Person.objects.filter(handle=handle).first()
        if person is None or (ring.is_destroyed(subject) and person.id_index is None):
            return False
        erase_person(person=person, basis=basis, now=now)
    elif kind == "record":
        kept = record_with(handle)
        if kept is None:
            return False
        erase_record(kept=kept, basis=basis, now=now)
    elif kind == "draft":
        draft = Draft.objects.filter(handle=handle, case=None).first()
        if draft is None:
            return False
        erase_draft(draft=draft, basis=basis, now=now)
    else:
        case = Case.objects.filter(number=subject, erased_at=None).first()
        if case is None:
            return False
        erase_case(case=case, basis=basis, now=now)
    return True


def _cases(charter: Charter, today: date, *, now: datetime) -> int:
    done = 0
    for case in _closed_long_ago(charter, today).iterator():
        found = kept_until(case, charter)
        if found.over(today):
            erase_case(case=case, basis=found.basis, now=now)
            done += 1
        if done == BATCH:
            break
    return done


def _closed_long_ago(charter: Charter, today: date) -> QuerySet[Case]:
    """Closed for longer than the shortest period; what an office opened of its own motion is nobody's data."""
    periods = [each.keep for each in charter.privacy.retention if each.what == "case"] if charter.privacy else []
    latest = max((ago(today, each) for each in periods), default=date.min)
    closed = Case.objects.filter(parent=None, erased_at=None, closed_at__date__lt=latest)
    return closed.exclude(channel=OFFICE).order_by("closed_at", "pk")


def _drafts(charter: Charter, today: date, *, now: datetime) -> int:
    rule = charter.privacy.kept("draft") if charter.privacy else None
    if rule is None:
        return 0
    old = Draft.objects.filter(case=None, updated_at__date__lt=ago(today, rule.keep)).order_by("pk")[:BATCH]
    return sum(1 for each in old if erase_draft(draft=each, basis=rule.legal_basis, now=now) is None)


def _records(charter: Charter, today: date, *, now: datetime) -> int:
    """Of each register by its own schedule; not while a case runs whose party it is about."""
    running = Case.objects.filter(closed_at=None)
    theirs = running.filter(Q(applicant__id_index=OuterRef("key")) | Q(enterprise__uscc=OuterRef("key")))
    done = 0
    for register in charter.registers.values():
        done += read_again(register, limit=BATCH)
        rule = register.retention
        if rule is None or rule.keep is None:
            continue
        for kept in due(register, before=ago(today, rule.keep)).filter(~Exists(theirs))[:BATCH]:
            erase_record(kept=kept, basis=rule.legal_basis, now=now)
            done += 1
    return done


def _looks(charter: Charter, today: date, *, now: datetime) -> int:
    rule = charter.privacy.kept("look") if charter.privacy else None
    if rule is None:
        return 0
    return end_looks(before=ago(today, rule.keep), basis=rule.legal_basis, now=now, limit=BATCH)


def _persons(charter: Charter, today: date, *, now: datetime) -> int:
    rule = charter.privacy.kept("person") if charter.privacy else None
    if rule is None:
        return 0
    done = 0
    for person in _left(charter, ago(today, rule.keep))[:BATCH]:
        erase_person(person=person, basis=rule.legal_basis, now=now)
        done += 1
    return done


def _left(charter: Charter, before: date) -> QuerySet[Person]:
    """Whose cases are all erased, who never held a post, and has not come back since that day, or asked for it."""
    theirs = Case.objects.filter(applicant=OuterRef("pk"))
    asked = theirs.filter(procedure=charter.privacy.erasure if charter.privacy else "", outcome="erased")
    back = Account.objects.filter(person=OuterRef("pk"), last_login__date__gte=before)
    told = Interest.objects.filter(person=OuterRef("pk"))
    spoke = Representative.objects.filter(person=OuterRef("pk"))
    gone = Person.objects.exclude(id_index=None).filter(
        Exists(theirs) | Exists(told) | Exists(spoke),
        ~Exists(theirs.filter(erased_at=None)),
        ~Exists(told.filter(case__erased_at=None)),
        ~Exists(spoke.filter(case__erased_at=None)),
        ~Exists(Draft.objects.filter(person=OuterRef("pk"), case=None)),
        ~Exists(Holding.objects.filter(person=OuterRef("pk"))),
    )
    others = (Exists(each.filter(case__erased_at__date__gte=before)) for each in (told, spoke))
    lately = reduce(or_, others, Exists(theirs.filter(erased_at__date__gte=before)))
    long_ago = ~lately & ~Exists(back)
    return gone.filter(Exists(asked) | long_ago).order_by("pk")
