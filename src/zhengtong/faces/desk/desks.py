"""The desk: what waits for the post, the most urgent first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhengtong.agora.abroad.queries import lately
from zhengtong.agora.ballots.agreement import alarmed_in
from zhengtong.agora.ballots.queries import with_ballots
from zhengtong.agora.queries import left_over, rounds_for
from zhengtong.agora.watching.queries import waiting_in
from zhengtong.cases import queries
from zhengtong.cases.queries.recusals import requests_for
from zhengtong.charter.queries import in_force
from zhengtong.faces.desk.looks import agreements_of
from zhengtong.faces.shared import access, clock
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import acts_of, posts_of
from zhengtong.people.queries import holds_any
from zhengtong.people.wording import post_told

SHOWN, SEARCHED = 100, 1000
_HOSTING = ("open", "moderate", "limit", "keep-roll", "keep-key", "keep-lot", "open-voice")


@access.signed_in
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which of one's posts; with one there is nothing to choose."""
    person = access.person(request)
    held = posts_of(person, on=clock.today()) if person else []
    if not held and person and holds_any(person, on=clock.today()):
        return redirect("absences")
    if not held:
        raise NoSuchPage
    seats = [tuple(post.split("/")) for post in held]
    if len(held) == 1:
        return redirect("desk-post", office=seats[0][0], seat=seats[0][1])
    charter = in_force(clock.today()).charter
    told = [(office, seat, post_told(charter, f"{office}/{seat}")) for office, seat in seats]
    return render(request, "desk/desk_choose.html", {"seats": told, "section": "desk"})


@officer
@require_safe
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The open steps of the post, perhaps of one service only, and what other posts offer."""
    now, wanted = clock.now(), request.GET.get("service", "")
    charter, today = in_force(clock.today()).charter, clock.today()
    may, hosted = acts_of(charter, actor.post, on=today), rounds_for(charter, actor.post, _HOSTING, on=today)
    rows = queries.desk(actor, now=now, limit=SEARCHED if wanted else SHOWN)
    return page(
        request,
        actor,
        "desk/desk_show.html",
        rows=[row for row in rows if not wanted or row.procedure == wanted][:SHOWN],
        more=len(rows) == SHOWN,
        services=sorted({(row.procedure, row.name["zh-Hans"]): row.name for row in rows}.items()),
        wanted=wanted,
        offers=queries.offers(actor, now=now),
        fallen=queries.fallen(actor),
        proposals=queries.proposals(actor, now=now),
        may_file="file" in may,
        may_supervise="supervise" in may,
        asked_aside=requests_for(actor, now=now) if "supervise" in may else [],
        may_move=bool({"enact", "rekey", "correct", "restrict", "limit"} & set(may)),
        may_host=bool(hosted),
        left_over=sum(left_over(rounds_for(charter, actor.post, ("answer",), on=today)).values()),
        alarms=len(alarmed_in(with_ballots(charter, hosted))),
        signals=waiting_in(rounds_for(charter, actor.post, ("moderate",), on=today)) if "moderate" in may else 0,
        lies=lately(charter.nodes, now=now) if "supervise" in may else [],
        may_meet="vote" in may,
        may_read=bool(agreements_of(charter, actor)),
    )
