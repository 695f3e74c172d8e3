"""A request for information is answered with papers: added, marked with the law that withholds, made ready."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from zhengtong.cases import documents
from zhengtong.cases.authority import require_task
from zhengtong.cases.errors import FileTooLarge
from zhengtong.cases.law import procedure_of
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case, Task
from zhengtong.charter.model import Procedure
from zhengtong.engines.redaction import Region, kind_of, redact
from zhengtong.ledger.acts import record
from zhengtong.openness import kinds
from zhengtong.openness.errors import (
    GivenAlready,
    NoSuchPaper,
    NotADocument,
    NotDisclosing,
    NothingMarked,
    NotReady,
    NotSaidWhether,
    ReadyAlready,
)
from zhengtong.openness.models import Mark, Paper
from zhengtong.people.actor import Actor

LONGEST_PASSAGE, LONGEST_TITLE = 500, 200


def discloses(case: Case) -> bool:
    """Whether the case is a request for information."""
    listed = procedure_of(case)
    return isinstance(listed, Procedure) and listed.nature == "information"


def grounds_to_withhold(case: Case) -> list[str]:
    """The articles by which the procedure lets a part of a paper be withheld."""
    listed = procedure_of(case)
    return list(listed.withholding.legal_basis) if isinstance(listed, Procedure) and listed.withholding else []


@transaction.atomic
def add_paper(*, case: Case, name: str, content: BinaryIO, by: Actor, now: datetime) -> Paper:
    """Put a document that was found to the request; it is sealed with the case, and given to nobody yet."""
    case, power = _handled(case, by=by, now=now)
    body = content.read(settings.ZHENGTONG_MAX_UPLOAD + 1)
    if len(body) > settings.ZHENGTONG_MAX_UPLOAD:
        raise FileTooLarge(name=name, limit=settings.ZHENGTONG_MAX_UPLOAD // 2**20)
    kind = kind_of(body)
    if not body or not kind or by.person is None:
        raise NotADocument
    path = documents.store(body, case.number)
    paper = Paper.objects.create(
        case=case, name=documents.clean_name(name), media_type=kind, path=path, added_by=by.person, added_at=now
    )
    told = {"paper": paper.pk, "sha256": sha256(body).hexdigest()}
    record(kind=kinds.ADDED, subject=case.number, by=by, power=power, particulars=told, now=now)
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: Actor, now: datetime) -> None:
    """Take a document out again that is not ready: it does not answer the request."""
    paper, power = _open(paper, by=by, now=now)
    documents.remove([paper.path])
    record(kind=kinds.REMOVED, subject=paper.case.number, by=by, power=power, particulars={"paper": paper.pk}, now=now)
    paper.delete()


@transaction.atomic
def mark(
    *, paper: Paper, ground: str, by: Actor, now: datetime, passage: str = "", region: Region | None = None
) -> Mark:
    """Mark what is withheld: a passage, or a region of a page; by which article."""
    paper, power = _open(paper, by=by, now=now)
    if ground not in grounds_to_withhold(paper.case):
        raise NothingMarked
    passage = passage.strip()
    if bool(passage) == (region is not None) or len(passage) > LONGEST_PASSAGE:
        raise NothingMarked
    made = Mark(paper=paper, ground=ground, passage=passage)
    if region is not None:
        if not (0 <= region.left < region.right <= 1 and 0 <= region.top < region.bottom <= 1 and region.page >= 1):
            raise NothingMarked
        made.page, made.region = region.page, [region.left, region.top, region.right, region.bottom]
    made.save()
    record(
        kind=kinds.MARKED,
        subject=paper.case.number,
        by=by,
        power=power,
        basis=[ground],
        particulars={"paper": paper.pk, "page": made.page},
        now=now,
    )
    return made


@transaction.atomic
def unmark(*, found: Mark, by: Actor, now: datetime) -> None:
    """Take a mark back."""
    paper, power = _open(found.paper, by=by, now=now)
    told = {"paper": paper.pk}
    record(
        kind=kinds.UNMARKED,
        subject=paper.case.number,
        by=by,
        power=power,
        basis=[found.ground],
        particulars=told,
        now=now,
    )
    found.delete()


@transaction.atomic
def make_ready(*, paper: Paper, title: str, personal: bool | None, by: Actor, now: datetime) -> Paper:
    """Make the file that an answer which discloses gives: a new one, without what is marked and without hidden data.

    RedactionFault if something that is marked is not there, or would still be. `personal`: it is about the applicant,
    so that it is not published once the case is closed.
    """
    paper, power = _open(paper, by=by, now=now)
    title = title.strip()
    if personal is None or not title or len(title) > LONGEST_TITLE:
        raise NotSaidWhether
    marks = list(paper.marks.order_by("pk"))
    body, media_type = _made(paper, marks, now=now)
    paper.ready_path, paper.ready_type = documents.store(body, paper.case.number), media_type
    paper.ready_sha256, paper.ready_at = sha256(body).hexdigest(), now
    paper.title, paper.personal = title, personal
    paper.save()
    record(
        kind=kinds.MADE_READY,
        subject=paper.case.number,
        by=by,
        power=power,
        basis=sorted({each.ground for each in marks}),
        particulars={"paper": paper.pk, "sha256": paper.ready_sha256, "personal": personal},
        now=now,
    )
    return paper


@transaction.atomic
def take_back(*, paper: Paper, by: Actor, now: datetime) -> Paper:
    """Take back the file that was made ready: the marks can be changed again, or the paper be taken out."""
    case, power = _handled(paper.case, by=by, now=now)
    paper = _found(paper, case)
    if paper.ready_at is None:
        raise NotReady
    told = {"paper": paper.pk, "sha256": paper.ready_sha256}
    documents.remove([paper.ready_path])
    paper.ready_path = paper.ready_type = paper.ready_sha256 = ""
    paper.ready_at = None
    paper.save(update_fields=["ready_path", "ready_type", "ready_sha256", "ready_at"])
    record(kind=kinds.TAKEN_BACK, subject=case.number, by=by, power=power, particulars=told, now=now)
    return paper


def regions_of(marks: Sequence[Mark]) -> list[Region]:
    """The regions that are marked."""
    return [Region(each.page, *each.region) for each in marks if each.page is not None]


def _made(paper: Paper, marks: Sequence[Mark], *, now: datetime) -> tuple[bytes, str]:
    """A new file, also where nothing is marked: what a file tells beside what one reads in it is not given."""
    made = redact(
        documents.read(paper.path),
        passages=[str(each.passage) for each in marks if each.passage],
        regions=regions_of(marks),
        fonts=settings.ZHENGTONG_FONTS,
        now=now,
    )
    return made.body, made.media_type


def _handled(case: Case, *, by: Actor, now: datetime) -> tuple[Case, str]:
    """The case, locked, and the power by which the post that has a step of it discloses."""
    case = locked(case.pk)
    task = case.tasks.filter(post=by.post, status=Task.Status.OPEN).order_by("pk").first()
    if not discloses(case) or task is None or case.erased_at is not None:
        raise NotDisclosing
    task.case = case
    return case, require_task(task, by=by, now=now)


def _open(paper: Paper, *, by: Actor, now: datetime) -> tuple[Paper, str]:
    """A paper that is not ready, locked."""
    case, power = _handled(paper.case, by=by, now=now)
    found = _found(paper, case)
    if found.ready_at is not None:
        raise ReadyAlready
    return found, power


def _found(paper: Paper, case: Case) -> Paper:
    """A paper that was not given yet, locked."""
    found = Paper.objects.select_for_update().filter(pk=paper.pk).first()
    if found is None:
        raise NoSuchPaper
    if found.given_at is not None:
        raise GivenAlready
    found.case = case
    return found
