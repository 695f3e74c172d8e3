"""Others whose interests a case touches (利害关系人): they give their views, ask to be heard; an office tells them."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from zhengtong.cases import acts
from zhengtong.cases.models import Interest
from zhengtong.cases.queries import TaskView
from zhengtong.cases.queries.interests import InterestTold, interest_for, interests_of, told_in
from zhengtong.faces.api import shapes, telling
from zhengtong.faces.api.cases import caller
from zhengtong.faces.api.errors import NotFound
from zhengtong.faces.api.router import does, reads
from zhengtong.faces.api.task_shapes import InPost
from zhengtong.faces.api.tasks import officer, task_of
from zhengtong.faces.shared import clock
from zhengtong.people.actor import Actor

router = Router(tags=["interests"])


class InterestRowOut(Schema):
    id: int
    number: str
    name: shapes.Words
    told_at: datetime
    ask_until: date


class HeardOut(Schema):
    """When and where they are heard; nothing of what the party said."""

    at: datetime | None
    place: str
    note: str
    held_at: datetime | None
    minutes: str


class WrittenOut(Schema):
    subject: str
    body: str
    written_at: datetime


class InterestOut(InterestRowOut):
    what: str
    legal_basis: list[shapes.Cited]
    may_ask: bool
    may_speak: bool
    views: str
    views_at: datetime | None
    hearing: HeardOut | None
    letters: list[WrittenOut]


class ViewsIn(shapes.Sent):
    views: shapes.Paragraphs


class HearingIn(shapes.Sent):
    reason: shapes.Paragraphs


class ToldOut(Schema):
    """One who was told of a case, for those who handle it."""

    id: int
    person: str
    what: str
    came_forward: bool
    told_at: datetime
    ask_until: date
    views: str
    views_at: datetime | None


class ToldIn(InPost):
    id_number: shapes.Line
    what: shapes.Paragraphs
    came_forward: bool = False


@reads(router, "/interests", list[InterestRowOut], scope="cases:read")
def list_interests(request: HttpRequest) -> list[dict[str, Any]]:
    """Cases of others that touch your interests and that you were told of, the latest first."""
    return [_row(each, name) for each, name in interests_of(caller(request).person)]


@reads(router, "/interests/{interest}", InterestOut, scope="cases:read")
def get_interest(request: HttpRequest, interest: shapes.RowPath) -> dict[str, Any]:
    """What you were told, when you are heard, and what you may still do."""
    return _whole(_own(request, interest))


@does(router, "/interests/{interest}/views", InterestOut, scope="cases:write")
def give_views(request: HttpRequest, interest: shapes.RowPath, sent: ViewsIn) -> dict[str, Any]:
    """Say what you think of it, until it is decided; again, and it replaces what you said."""
    told = _own(request, interest)
    acts.give_views(interest=told.interest, views=sent.views, by=Actor(caller(request).person), now=clock.now())
    return _whole(_own(request, interest))


@does(router, "/interests/{interest}/hearing", InterestOut, scope="cases:write", status=201)
def ask_as_interested(request: HttpRequest, interest: shapes.RowPath, sent: HearingIn) -> dict[str, Any]:
    """Ask to be heard before it is decided, and say what about."""
    told = _own(request, interest)
    by = Actor(caller(request).person)
    acts.ask_for_hearing(case=told.interest.case, reason=sent.reason, by=by, now=clock.now())
    return _whole(_own(request, interest))


@reads(router, "/tasks/{task}/interests", list[ToldOut], scope="tasks:read")
def list_told(request: HttpRequest, task: shapes.RowPath, post: shapes.PostQuery) -> list[dict[str, Any]]:
    """Who was told of the case of a step, and what they think; each of them sees the look."""
    actor = officer(request, post)
    return _told(_telling(actor, task), actor)


@does(router, "/tasks/{task}/interests", list[ToldOut], scope="tasks:write", status=201)
def tell_interested(request: HttpRequest, task: shapes.RowPath, sent: ToldIn) -> list[dict[str, Any]]:
    """Tell somebody that the case of a step touches their interests, and of their right to a hearing."""
    actor = officer(request, sent.post)
    view = _telling(actor, task)
    acts.tell_interested(
        task=view.task,
        id_number=sent.id_number,
        what=sent.what,
        came_forward=sent.came_forward,
        by=actor,
        now=clock.now(),
    )
    return _told(view, actor)


def _own(request: HttpRequest, interest: int) -> InterestTold:
    return interest_for(caller(request).person, interest, now=clock.now())


def _telling(actor: Actor, task: int) -> TaskView:
    """The step, where its case is one of which others are told."""
    view = task_of(actor, task)
    if "tell-interested" not in view.may:
        raise NotFound
    return view


def _row(each: Interest, name: shapes.Words) -> dict[str, Any]:
    same = {"id": each.pk, "number": each.case.number, "name": name}
    return same | {"told_at": each.told_at, "ask_until": each.ask_until}


def _whole(told: InterestTold) -> dict[str, Any]:
    same = {key: getattr(told.interest, key) for key in ("what", "views", "views_at")}
    may = {"may_ask": told.may_ask, "may_speak": told.may_speak}
    shown = {"hearing": told.hearing, "letters": told.letters}
    cited = [telling.cited(told.charter, ref) for ref in told.basis]
    return _row(told.interest, told.name) | same | may | shown | {"legal_basis": cited}


def _told(view: TaskView, actor: Actor) -> list[dict[str, Any]]:
    names = ("what", "came_forward", "told_at", "ask_until", "views", "views_at")
    return [
        {"id": each.pk, "person": each.person.name} | {name: getattr(each, name) for name in names}
        for each in told_in(view.task.case, actor, now=clock.now())
    ]
