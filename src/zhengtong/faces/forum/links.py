"""Links to what looks for sponsors that were opened in this browser: a cookie of one round, so that whoever gets a
voice first finds the proposal again, and no address of a page with a form holds the secret.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhengtong.agora.models import SEEKING, Contribution
from zhengtong.agora.rounds import Round
from zhengtong.agora.sponsors import opens
from zhengtong.faces.shared.components import whole

MOST = 20  # links that a browser keeps of a round, the newest


def links_of(request: HttpRequest, round_: Round) -> dict[int, str]:
    """The links by the number of their proposal, the newest first; whether each is right is another's to say."""
    kept = [each.partition(".") for each in request.COOKIES.get(_name(round_), "").split(":")[:MOST]]
    return {whole(number): link for number, _, link in kept if link}


def keep_link(request: HttpRequest, response: HttpResponse, found: Contribution, round_: Round, link: str) -> None:
    """Keep a link until the browser closes."""
    kept = {found.number: link} | {each: old for each, old in links_of(request, round_).items() if each != found.number}
    response.set_cookie(
        _name(round_),
        ":".join(f"{number}.{each}" for number, each in list(kept.items())[:MOST]),
        path=reverse("round", args=[round_.case.number]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def linked(request: HttpRequest, round_: Round) -> list[Contribution]:
    """What looks for sponsors still, and this browser has the link of. One query, where there are links."""
    links = links_of(request, round_)
    found = round_.case.contributions.filter(SEEKING, number__in=links).order_by("number") if links else []
    return [each for each in found if opens(each, links[each.number])]


def _name(round_: Round) -> str:
    return f"links-{round_.case.pk}"
