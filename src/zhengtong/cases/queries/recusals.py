"""Requests that an officer stand aside (回避): of a case, for its party; and those that wait for who supervises."""

from dataclasses import dataclass
from datetime import datetime

from zhengtong.cases.authority import may
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Case, RecusalRequest, Task
from zhengtong.cases.wording import GROUNDS
from zhengtong.charter.queries import in_force_at, one_law
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor
from zhengtong.people.wording import post_told


@dataclass(frozen=True)
class Handling:
    """A step of a case with the officer who has taken it up."""

    task: Task
    officer: str
    post: Text
    step: Text


@dataclass(frozen=True)
class RequestTold:
    """One request in words."""

    request: RecusalRequest
    name: Text
    party: str
    officer: str
    post: Text
    ground: Text
    basis: list[str]
    overdue: bool


@one_law()
def handling(case: Case) -> list[Handling]:
    """The open steps of a case and its parts that an officer has taken up."""
    found = Task.objects.filter(case__in=[case, *case.parts.all()], status=Task.Status.OPEN, officer__isnull=False)
    return [_handling(each) for each in found.select_related("case__enactment", "officer").order_by("pk")]


def _handling(task: Task) -> Handling:
    charter = charter_of(task.case)
    step = charter.process(task.case.procedure).nodes[task.node].name
    return Handling(task, str(task.officer.name if task.officer else ""), post_told(charter, task.post), step)


@one_law()
def requests_of(case: Case, *, now: datetime) -> list[RequestTold]:
    """Those of a case and its parts."""
    found = RecusalRequest.objects.filter(case__in=[case, *case.parts.all()])
    return [_told(each, now=now) for each in found.select_related(*_WITH).order_by("pk")]


@one_law()
def requests_for(actor: Actor, *, now: datetime, limit: int = 100) -> list[RequestTold]:
    """What lies on the desk of the post above, and what is overdue for any who supervises; never about the reader."""
    today = day_of(now, in_force_at(now).charter)
    waiting = RecusalRequest.objects.filter(status=RecusalRequest.Status.OPEN).exclude(case__status=Case.Status.CLOSED)
    if actor.person is not None:
        waiting = waiting.exclude(officer=actor.person)
    found = waiting.select_related(*_WITH).order_by("due_on", "pk")[:limit]
    theirs = [each for each in found if each.superior == actor.post or each.due_on < today]
    return [_told(each, now=now) for each in theirs if may(each.case, by=actor, act="supervise", now=now).allowed]


_WITH = ("officer", "case__enactment", "case__applicant", "case__enterprise", "case__parent")


def _told(request: RecusalRequest, *, now: datetime) -> RequestTold:
    charter = charter_of(request.case)
    return RequestTold(
        request=request,
        name=procedure_of(request.case).name,
        party=str(request.case.party.name),
        officer=str(request.officer.name),
        post=post_told(charter, request.post),
        ground=GROUNDS[request.ground],
        basis=list(charter.head.recusal.legal_basis) if charter.head.recusal else [],
        overdue=request.due_on < day_of(now, charter),
    )
