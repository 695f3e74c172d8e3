"""An emergency limit is proposed here and confirmed on the page for two officers; one officer may end it early."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora import acts
from zhengtong.agora.moderation.errors import NoSuchDay
from zhengtong.agora.moderation.limits import limit_on
from zhengtong.agora.queries import rounds_for
from zhengtong.agora.rounds import Round, round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, posted_date
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@proved
@form_page
def limit(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Propose a limit, or end the one in force."""
    round_, refusal = round_of(number), None
    if round_.case.procedure not in rounds_for(round_.charter, actor.post, ("limit",), on=clock.today()):
        raise NoSuchPage
    if request.method == "POST":
        try:
            _done(request, actor, round_)
            return to("forum-limit", actor, number=number)
        except Refusal as told:
            refusal = told
    context = {
        "round": round_,
        "emergency": round_.declared.emergency,
        "limit": limit_on(round_.case, clock.today()),
    }
    return page(request, actor, "forum/limit_propose.html", refusal=refusal, **context)


def _done(request: HttpRequest, actor: Actor, round_: Round) -> None:
    reason, now = request.POST.get("reason", "")[:4000], clock.now()
    if request.POST.get("do") == "end":
        found = limit_on(round_.case, clock.today())
        if found is None:
            raise NoSuchPage
        acts.end_limit(limit=found, why=reason, by=actor, now=now)
        messages.success(request, _("The limit has ended."))
        return
    many = request.POST.get("shown_a_day", "").strip()
    acts.propose_limit(
        round_=round_,
        shown_a_day=int(many) if many.isascii() and many.isdecimal() and len(many) < 8 else -1,
        until=_last_day(request),
        reason=reason,
        by=actor,
        now=now,
    )
    messages.success(request, _("Proposed. An officer of another office has to confirm it."))


def _last_day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(posted_date("until", request.POST))
    except ValueError as fault:
        raise NoSuchDay from fault
