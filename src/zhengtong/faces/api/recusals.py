"""Standing aside from a case (回避): an officer says so, a party asks for it, whoever supervises decides."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from zhengtong.cases import acts, queries
from zhengtong.cases.models import Case, RecusalRequest
from zhengtong.cases.queries.recusals import Handling, RequestTold, handling, requests_for, requests_of
from zhengtong.faces.api import shapes
from zhengtong.faces.api.cases import caller
from zhengtong.faces.api.errors import NotFound
from zhengtong.faces.api.router import does, reads
from zhengtong.faces.api.task_shapes import InPost, Reasoned
from zhengtong.faces.api.tasks import officer, task_of
from zhengtong.faces.shared import clock

router = Router(tags=["recusal"])

Ground = Literal["interest", "kin", "other"]


class HandlingOut(Schema):
    """An open step of the case, and who has taken it up."""

    task: int
    officer: str
    post: str


class RequestOut(Schema):
    id: int
    number: str
    officer: str
    post: str
    ground: str
    reason: str
    status: str
    due_on: date
    answer: str
    legal_basis: list[str]


class RecusalsOut(Schema):
    """Who handles the case, and what was asked."""

    handling: list[HandlingOut]
    requests: list[RequestOut]


class RequestIn(shapes.Sent):
    task: int
    ground: Ground
    reason: shapes.Paragraphs


class AsideIn(Reasoned):
    ground: Ground


class StoodAsideOut(Schema):
    number: str


class DecisionIn(InPost):
    granted: bool
    reason: shapes.Paragraphs


@reads(router, "/cases/{number}/recusals", RecusalsOut, scope="cases:read")
def recusals_of(request: HttpRequest, number: shapes.NumberPath) -> dict[str, Any]:
    """Who handles one's case, and the requests that somebody stand aside."""
    return _of(queries.case_for(caller(request).as_party(), number, now=clock.now()).case)


@does(router, "/cases/{number}/recusals", RecusalsOut, scope="cases:write", status=201)
def ask_recusal(request: HttpRequest, number: shapes.NumberPath, sent: RequestIn) -> dict[str, Any]:
    """Ask that whoever has taken up a step of one's case stand aside."""
    by = caller(request).as_party()
    view = queries.case_for(by, number, now=clock.now())
    found = next((each for each in handling(view.case) if each.task.pk == sent.task), None)
    if found is None:
        raise NotFound
    acts.ask_recusal(task=found.task, ground=sent.ground, reason=sent.reason, by=by, now=clock.now())
    return _of(view.case)


@does(router, "/tasks/{task}/stand-aside", StoodAsideOut, scope="tasks:write")
def stand_aside(request: HttpRequest, task: shapes.RowPath, sent: AsideIn) -> dict[str, Any]:
    """Take no more part in the case of a step; it goes to somebody else."""
    actor = officer(request, sent.post)
    step = task_of(actor, task).task
    acts.stand_aside(task=step, ground=sent.ground, reason=sent.reason, by=actor, now=clock.now())
    return {"number": step.case.number}


@reads(router, "/recusals", list[RequestOut], scope="tasks:read")
def list_recusals(request: HttpRequest, post: shapes.PostQuery) -> list[dict[str, Any]]:
    """What waits for the decision of a post that supervises."""
    return [_told(each) for each in requests_for(officer(request, post), now=clock.now())]


@does(router, "/recusals/{recusal}/decision", RequestOut, scope="tasks:write")
def decide_recusal(request: HttpRequest, recusal: shapes.RowPath, sent: DecisionIn) -> dict[str, Any]:
    """Grant or reject it, with the reasons that the party reads."""
    actor = officer(request, sent.post)
    found = next((each for each in requests_for(actor, now=clock.now()) if each.request.pk == recusal), None)
    if found is None:
        raise NotFound
    decide = acts.grant_recusal if sent.granted else acts.reject_recusal
    decide(request=found.request, answer=sent.reason, by=actor, now=clock.now())
    decided = requests_of(found.request.case, now=clock.now())
    return next(_told(each) for each in decided if each.request.pk == recusal)


def _of(case: Case) -> dict[str, Any]:
    return {
        "handling": [_handling(each) for each in handling(case)],
        "requests": [_told(each) for each in requests_of(case, now=clock.now())],
    }


def _handling(each: Handling) -> dict[str, Any]:
    return {"task": each.task.pk, "officer": each.officer, "post": each.task.post}


def _told(each: RequestTold) -> dict[str, Any]:
    asked: RecusalRequest = each.request
    same = {name: getattr(asked, name) for name in ("post", "ground", "reason", "status", "due_on", "answer")}
    told = {"id": asked.pk, "number": asked.case.number, "officer": each.officer, "legal_basis": each.basis}
    return same | told
