"""What the answer to a request for information gives: the papers that are ready, if it discloses; then published."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases import documents
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import PARTY, Case, Task
from zhengtong.charter.model import Disclosing, Procedure
from zhengtong.ledger.acts import record
from zhengtong.openness import kinds
from zhengtong.openness.errors import GivenInPart, NothingReady, NothingRedacted, OnlyTheOfficeGives
from zhengtong.openness.models import Paper, Published
from zhengtong.people.actor import PROGRAM
from zhengtong.vault import ring


def disclosing(case: Case) -> Disclosing | None:
    """Which answers disclose, by the charter of the case; none where it is no request for information."""
    listed = procedure_of(case)
    return listed.disclosing if isinstance(listed, Procedure) else None


def require_papers(task: Task, output: str, _reasons: str, _now: datetime) -> None:
    """An answer in full gives at least one paper and withholds nothing in any, unless it says itself where it is to be
    had (条例 art. 36); one in part gives a paper that was redacted (art. 37).

    Papers of an earlier answer, which fell on appeal, keep nobody from disclosing more.
    """
    declared = disclosing(task.case)
    if declared is None or output not in declared.answers:
        return
    ready = task.case.papers.filter(ready_at__isnull=False)
    if output == declared.in_part:
        if not ready.filter(marks__isnull=False).exists():
            raise NothingRedacted
        return
    if ready.filter(marks__isnull=False, given_at=None).exists():
        raise GivenInPart
    if output == declared.in_full and not ready.filter(marks__isnull=True).exists():
        raise NothingReady


def leave_to_the_office(case: Case) -> None:
    """Who judges an appeal has no paper to give: what is right goes back to its office (行政复议法 art. 64)."""
    if disclosing(case) is not None:
        raise OnlyTheOfficeGives


def give_with_answer(case: Case, now: datetime) -> None:
    """The case has closed: if the answer that stands discloses, what is ready is given; else nothing is, any more."""
    declared = disclosing(case)
    if declared is None:
        return
    standing = case.decisions.filter(set_aside_at=None).order_by("pk").last()
    if standing is None or standing.outcome not in declared.answers:
        case.papers.update(given_at=None)
        return
    for paper in case.papers.filter(ready_at__isnull=False, given_at=None).order_by("pk"):
        paper.given_at = now
        paper.save(update_fields=["given_at"])
        told = {"paper": paper.pk, "sha256": paper.ready_sha256}
        record(kind=kinds.GIVEN, subject=case.number, by=PROGRAM, now=now, particulars=told)


def publish_due(*, now: datetime) -> int:
    """Publish what was given in cases that are closed, unless it is about the applicant; how many. The worker's."""
    due = Paper.objects.filter(
        given_at__isnull=False, personal=False, published=None, case__closed_at__isnull=False, case__erased_at=None
    )
    return sum(_publish(pk, now=now) for pk in due.order_by("pk").values_list("pk", flat=True)[:50])


@transaction.atomic
def _publish(pk: int, *, now: datetime) -> bool:
    paper = Paper.objects.select_for_update(of=("self",)).select_related("case__enactment").get(pk=pk)
    if paper.given_at is None or Published.objects.filter(paper=paper).exists():
        return False
    case, body = paper.case, documents.read(paper.ready_path)
    grounds = sorted(set(paper.marks.values_list("ground", flat=True)))
    Published.objects.create(
        paper=paper,
        office=_office(case),
        title=str(paper.title),
        grounds=grounds,
        media_type=paper.ready_type,
        path=documents.store(body, ring.NODE),
        size=len(body),
        sha256=paper.ready_sha256,
        on=day_of(now, charter_of(case)),
    )
    particulars = {"paper": paper.pk, "sha256": paper.ready_sha256}
    record(kind=kinds.PUBLISHED, subject=case.number, by=PROGRAM, now=now, particulars=particulars)
    return True


def _office(case: Case) -> str:
    last = case.tasks.exclude(post=PARTY).order_by("-pk").first()
    return last.post.partition("/")[0] if last else ""
