"""The officer's work: the steps on a desk, and what is done with them. Every call names the post it is made in."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router

from zhengtong.cases import acts, queries
from zhengtong.cases.models import Handover, Proposal
from zhengtong.cases.queries import TaskRow, TaskView
from zhengtong.charter.queries import in_force
from zhengtong.common.session import enter
from zhengtong.faces.api import case_shapes, shapes, task_shapes, telling
from zhengtong.faces.api.cases import caller
from zhengtong.faces.api.errors import BadCursor, NotFound
from zhengtong.faces.api.paging import Cursor, Limit, cursor_to, place
from zhengtong.faces.api.router import does, reads
from zhengtong.faces.shared import clock
from zhengtong.people.actor import Actor
from zhengtong.people.errors import NotTheHolder
from zhengtong.people.permissions import posts_of, session_in

router = Router(tags=["tasks"])


def officer(request: HttpRequest, post: str) -> Actor:
    """The caller in the post; refused for a post that is not held today."""
    by = caller(request)
    if post not in posts_of(by.person, on=clock.today()):
        raise NotTheHolder(post=post)
    enter(session_in(in_force(clock.today()).charter, post, on=clock.today()))
    return by.in_post(post)


def task_of(actor: Actor, task: int) -> TaskView:
    """A step within the post's reach."""
    return queries.task_for(actor, task, now=clock.now())


@reads(router, "/tasks", task_shapes.Tasks, scope="tasks:read")
def list_tasks(request: HttpRequest, post: shapes.PostQuery, limit: Limit = 100, cursor: Cursor = "") -> dict[str, Any]:
    """The open steps on the desk of a post, the most urgent first, those whose clock stands still last."""
    after = _place(cursor) if cursor else None
    rows = queries.desk(officer(request, post), now=clock.now(), after=after, limit=limit + 1)
    more = len(rows) > limit
    return {"items": rows[:limit], "next": _written(rows[limit - 1]) if more else None}


def _written(row: TaskRow) -> str:
    return cursor_to(row.due_on.isoformat() if row.due_on else "", row.id)


def _place(cursor: str) -> tuple[date | None, int]:
    try:
        due_on, pk = place(cursor)
        return (date.fromisoformat(str(due_on)) if due_on else None), min(int(pk), 2**63 - 1)
    except ValueError as fault:
        raise BadCursor from fault


@reads(router, "/tasks/{task}", task_shapes.TaskOut, scope="tasks:read")
def get_task(request: HttpRequest, task: shapes.RowPath, post: shapes.PostQuery) -> dict[str, Any]:
    """One step with its case, its outputs, and what else may be done."""
    return telling.task(task_of(officer(request, post), task))


@does(router, "/tasks/{task}/claim", task_shapes.TaskOut, scope="tasks:write")
def claim(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.InPost) -> dict[str, Any]:
    """Take a step up, so that colleagues of the post leave it."""
    actor = officer(request, sent.post)
    acts.claim(task=task_of(actor, task).task, by=actor, now=clock.now())
    return telling.task(task_of(actor, task))


@does(router, "/tasks/{task}/complete", task_shapes.TaskOut, scope="tasks:write")
def complete(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Completion) -> dict[str, Any]:
    """End a step in one of its outputs; an adverse one needs reasons and legal basis."""
    actor = officer(request, sent.post)
    before = task_of(actor, task)
    acts.complete(
        task=before.task,
        output=sent.output,
        reasons=sent.reasons,
        basis=sent.basis,
        findings=sent.findings,
        contents=sent.contents,
        by=actor,
        now=clock.now(),
    )
    return telling.task(task_of(actor, task))


@does(router, "/tasks/{task}/correction", case_shapes.CaseOut, scope="tasks:write")
def request_correction(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Asked) -> dict[str, Any]:
    """Ask the party once for everything that is missing; the clock stands still until the answer."""
    actor = officer(request, sent.post)
    items = [item.dict() for item in sent.items]
    acts.request_correction(task=task_of(actor, task).task, items=items, by=actor, now=clock.now())
    return telling.case(task_of(actor, task).case)


@does(router, "/tasks/{task}/hand-over", task_shapes.HandoverOut, scope="tasks:write", status=201)
def hand_over(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Moved) -> Any:
    """Offer a step to another post; it stays here until it is taken. The third offer goes to the supervisor."""
    actor = officer(request, sent.post)
    return acts.hand_over(
        task=task_of(actor, task).task, to_post=sent.to, reason=sent.reason, by=actor, now=clock.now()
    )


@does(router, "/tasks/{task}/inspection", task_shapes.InspectionOut, scope="tasks:write", status=201)
def schedule_inspection(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Visit) -> Any:
    """Arrange an inspection on site."""
    actor = officer(request, sent.post)
    return acts.schedule_inspection(
        task=task_of(actor, task).task, at=sent.at, place=sent.place, note=sent.note, by=actor, now=clock.now()
    )


@does(router, "/tasks/{task}/hearing", case_shapes.HearingOut, scope="tasks:write", status=201)
def arrange_hearing(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Visit) -> Any:
    """Say when and where the party is heard, so long ahead as the law has it; again: the hearing is moved."""
    actor = officer(request, sent.post)
    return acts.arrange_hearing(
        task=task_of(actor, task).task, at=sent.at, place=sent.place, note=sent.note, by=actor, now=clock.now()
    )


@does(router, "/tasks/{task}/hearing/order", case_shapes.CaseOut, scope="tasks:write", status=201)
def order_hearing(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Reasoned) -> dict[str, Any]:
    """Hear the party before the decision, though nobody asked for it."""
    actor = officer(request, sent.post)
    acts.ask_for_hearing(case=task_of(actor, task).task.case, reason=sent.reason, by=actor, now=clock.now())
    return telling.case(task_of(actor, task).case)


@does(router, "/tasks/{task}/extension", task_shapes.ExtensionOut, scope="tasks:write", status=201)
def extend(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Reasoned) -> dict[str, Any]:
    """Prolong the time limit of the case once, with reasons."""
    actor = officer(request, sent.post)
    view = task_of(actor, task)
    extension = acts.extend(case=view.task.case, reason=sent.reason, by=actor, now=clock.now())
    return {"limit": extension.limit, "ground": telling.cited(view.case.charter, extension.ground)}


@does(router, "/tasks/{task}/assignment", task_shapes.TaskOut, scope="tasks:write")
def assign(request: HttpRequest, task: shapes.RowPath, sent: task_shapes.Moved) -> dict[str, Any]:
    """The supervisor says whose step it is."""
    actor = officer(request, sent.post)
    acts.assign(task=task_of(actor, task).task, to_post=sent.to, reason=sent.reason, by=actor, now=clock.now())
    return telling.task(task_of(actor, task))


@reads(router, "/offers", task_shapes.Offers, scope="tasks:read")
def list_offers(request: HttpRequest, post: shapes.PostQuery) -> dict[str, Any]:
    """What other posts offer to this one."""
    return {"items": queries.offers(officer(request, post), now=clock.now())}


@does(router, "/offers/{offer}/take", task_shapes.TaskOut, scope="tasks:write")
def take(request: HttpRequest, offer: shapes.RowPath, sent: task_shapes.InPost) -> dict[str, Any]:
    """Accept an offered step."""
    actor = officer(request, sent.post)
    task = acts.take(handover=_offer(actor, offer), by=actor, now=clock.now())
    return telling.task(task_of(actor, task.pk))


@does(router, "/offers/{offer}/decline", task_shapes.HandoverOut, scope="tasks:write")
def decline(request: HttpRequest, offer: shapes.RowPath, sent: task_shapes.Declined) -> Any:
    """Refuse an offered step, saying who is competent instead."""
    actor = officer(request, sent.post)
    return acts.decline(
        handover=_offer(actor, offer), answer=sent.answer, competent=sent.competent, by=actor, now=clock.now()
    )


@reads(router, "/proposals", task_shapes.Proposals, scope="tasks:read")
def list_proposals(request: HttpRequest, post: shapes.PostQuery) -> dict[str, Any]:
    """What waits for a second officer, and this post has the power for."""
    return {"items": queries.proposals(officer(request, post), now=clock.now())}


@does(router, "/proposals/{proposal}/confirm", task_shapes.AnsweredOut, scope="tasks:write")
def confirm(request: HttpRequest, proposal: shapes.RowPath, sent: task_shapes.InPost) -> Any:
    """Confirm, as the second officer; the act is done as it was proposed."""
    actor = officer(request, sent.post)
    return acts.confirm(proposal=_proposal(actor, proposal), by=actor, now=clock.now())


@does(router, "/proposals/{proposal}/reject", task_shapes.AnsweredOut, scope="tasks:write")
def reject(request: HttpRequest, proposal: shapes.RowPath, sent: task_shapes.Reasoned) -> Any:
    """Reject, as the second officer, with the reason."""
    actor = officer(request, sent.post)
    return acts.reject(proposal=_proposal(actor, proposal), answer=sent.reason, by=actor, now=clock.now())


def _proposal(actor: Actor, proposal: int) -> Proposal:
    if proposal not in {each.id for each in queries.proposals(actor, now=clock.now())}:
        raise NotFound
    return Proposal.objects.get(pk=proposal)


def _offer(actor: Actor, offer: int) -> Handover:
    found = Handover.objects.filter(pk=offer, to_post=actor.post).first()
    if found is None:
        raise NotFound
    return found
