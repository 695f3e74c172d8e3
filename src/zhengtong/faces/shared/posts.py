"""Acting in a post: the pages below are there only for who holds it today."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.common.session import enter
from zhengtong.faces.shared import access, clock, proving
from zhengtong.faces.shared.errors import BadRequest, NoSuchPage, SecondFactorFirst, name_refusal, refused
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import posts_of, session_in
from zhengtong.people.queries import holds_any
from zhengtong.people.sign_in import sessions
from zhengtong.people.sign_in.queries import has_second_factor

View = Callable[..., HttpResponseBase]


def officer(view: View) -> View:
    """Give the view the officer in the post that the address names; 404 for anybody who does not hold it, and nothing
    before two factors have opened the session.
    """

    @wraps(view)
    def guarded(request: HttpRequest, office: str, seat: str, **places: Any) -> HttpResponseBase:
        actor = Actor(access.person(request), f"{office}/{seat}")
        if actor.person is None or actor.post not in posts_of(actor.person, on=clock.today()):
            raise NoSuchPage
        enter(session_in(in_force(clock.today()).charter, actor.post, on=clock.today()))
        if any("\x00" in value for _name, values in request.POST.lists() for value in values):
            raise BadRequest  # no form sends it, and not every database keeps it
        if not sessions.is_strong(request):
            return _second_factor_first(request)
        return view(request, actor, **places)

    return access.signed_in(guarded)


def seated(view: View) -> View:
    """A page of whoever holds a post, present or absent; 404 for anybody else, and nothing before two factors."""

    @wraps(view)
    def guarded(request: HttpRequest, **places: Any) -> HttpResponseBase:
        if not holds_any(access.me(request), on=clock.today()):
            raise NoSuchPage
        return view(request, **places) if sessions.is_strong(request) else _second_factor_first(request)

    return access.signed_in(guarded)


def _second_factor_first(request: HttpRequest) -> HttpResponse:
    """The desk opens after two factors: who has a second one shows it, others set one up."""
    if has_second_factor(access.account(request)):
        return proving.ask(request)
    return refused(request, SecondFactorFirst(), way=reverse("account"))


def page(
    request: HttpRequest, actor: Actor, template: str, *, refusal: Refusal | None = None, **context: Any
) -> HttpResponse:
    """A page of the post. With a refusal it says what was refused, and answers with its status; with `errors`, 422."""
    office, seat = actor.post.split("/")
    charter = in_force(clock.today()).charter
    frame = {
        "office": office,
        "seat": seat,
        "office_name": charter.organisation_of(actor.post).name,
        "seat_title": charter.post(actor.post).title,
        "refusal": refusal,
        "posted": request.POST,
        "section": "desk",
    }
    name_refusal(request, refusal)
    status = refusal.status if refusal else 422 if context.get("errors") else 200
    return render(request, template, frame | context, status=status)


def to(name: str, actor: Actor, **places: Any) -> HttpResponse:
    """Go to another page of the same post."""
    office, seat = actor.post.split("/")
    answer: HttpResponse = redirect(name, office=office, seat=seat, **places)
    return answer
