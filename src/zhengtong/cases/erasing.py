"""Erasing a case or a draft is destroying its key (PIPL arts. 19, 47).

The rows stay, as empty evidence of what was done when; so do the acts and their proofs.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhengtong.cases import kinds
from zhengtong.cases.documents import remove
from zhengtong.cases.law import day_of
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Certificate, Document, Draft, Letter
from zhengtong.cases.models.case import OFFICE
from zhengtong.cases.restricting import restrict_cases
from zhengtong.cases.retention import kept_until
from zhengtong.charter.queries import in_force_at
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.ledger.acts import erase_subject, record
from zhengtong.people.actor import PROGRAM
from zhengtong.vault import erasures, ring


@transaction.atomic
def erase_case(*, case: Case, basis: Sequence[str], now: datetime) -> None:
    """Erase a case with its parts: keys, files, what waits to be sent. Doing it twice changes nothing."""
    case = locked(case.pk)
    for each in (case, *case.parts.all()):
        if each.erased_at is None:
            _empty(each, now=now)
            erase_subject(each.number, by=PROGRAM, now=now, basis=basis)
            record(kind=kinds.RETENTION_ENDED, subject=each.number, by=PROGRAM, now=now, basis=list(basis))
            erasures.note(subject=each.number, basis=basis, now=now)


@transaction.atomic
def erase_draft(*, draft: Draft, basis: Sequence[str], now: datetime) -> None:
    """Erase what somebody began and never filed."""
    remove(draft.documents.values_list("path", flat=True))
    subject = draft.sealed_for
    ring.destroy([subject], now=now)
    draft.documents.all().delete()
    draft.delete()
    record(kind=kinds.DRAFT_ENDED, subject=subject, by=PROGRAM, now=now, basis=list(basis))
    erasures.note(subject=subject, basis=basis, now=now)


@transaction.atomic
@session_of(PROGRAM_SESSION)
def erase_at_request(case: Case, *, now: datetime) -> None:
    """What the office has granted: all of the applicant's that no period keeps, at once, in whatever office.

    The rest is stored only, until its time.
    """
    charter = in_force_at(now).charter
    basis, person = list(charter.privacy.erasure_basis) if charter.privacy else [], case.applicant
    counted = {"drafts": 0, "cases": 0}
    for draft in person.drafts.filter(case=None):
        erase_draft(draft=draft, basis=basis, now=now)
        counted["drafts"] += 1
    for each in person.cases.filter(parent=None, erased_at=None, closed_at__isnull=False).exclude(channel=OFFICE):
        if each.pk != case.pk and kept_until(each, charter).over(day_of(now, charter)):
            erase_case(case=each, basis=basis, now=now)
            counted["cases"] += 1
    restrict_cases(person, basis=basis, now=now)
    record(kind=kinds.ASKED_TO_ERASE, subject=case.number, by=PROGRAM, now=now, basis=basis, particulars=dict(counted))


def _empty(case: Case, *, now: datetime) -> None:
    """Take what the key does not reach: files, and the process, which may hold values."""
    documents, certificates = Document.objects.filter(case=case), Certificate.objects.filter(case=case)
    remove(path for of in (documents, certificates) for path in of.values_list("path", flat=True) if path)
    documents.update(path="")
    certificates.update(path="")
    Letter.objects.filter(case=case, sent_at=None).update(next_try_at=None)
    Case.objects.filter(pk=case.pk).update(erased_at=now, sources={}, state={})
