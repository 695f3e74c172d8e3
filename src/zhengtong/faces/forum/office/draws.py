"""The desk's page of a draw by lot: what a keeper has to do now, and how far the host's places are taken."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.proceedings.keeping import begin_again, pledge, tell
from zhengtong.agora.proceedings.offering import Stood, accepted, stood
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.seats import place_among
from zhengtong.cases.authority import may
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text
from zhengtong.faces.forum.lots import Lot, lot_of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@officer
@proved
@form_page
def keep(request: HttpRequest, actor: Actor, number: str, phase: str) -> HttpResponse:
    """What this post has to do for the draw now."""
    round_, refusal = round_of(number), None
    declared = round_.declared.phase(phase)
    if declared is None or declared.feature != "sortition":
        raise NoSuchRound
    if request.method == "POST":
        try:
            _done(request, round_, phase, actor)
            return to("forum-draw", actor, number=number, phase=phase)
        except Refusal as told:
            refusal = told
    place = place_among(round_.charter, declared.keepers, actor)
    lot = lot_of(round_, declared)
    hosts = may(round_.case, by=actor, act="open", now=clock.now()).allowed
    drawn = hosts and lot is not None and lot.panel.drawn_at is not None
    context = {
        "round": round_,
        "phase": declared,
        "lot": lot,
        "own": lot.shares[place - 1] if lot and place else None,
        "hosts": hosts,
        "strata": _stood(round_, lot) if drawn and lot else [],
        "accepted": accepted(round_, lot.panel, by=actor, now=clock.now()) if drawn and lot else [],
        "may_begin": bool(lot and lot.stage == "tell" and lot.begins_on and lot.begins_on <= clock.today()),
    }
    return page(request, actor, "forum/lot_keep.html", refusal=refusal, **context)


def _stood(round_: Round, lot: Lot) -> list[tuple[str, Text, list[tuple[str, int]]]]:
    """Each stratum in words: the age from which it begins, the region, and its numbers."""
    found = stood(lot.panel)
    return [(each.stratum[0], _region(round_, each.stratum[1]), _numbers(each)) for each in found]


def _region(round_: Round, code: str) -> Text:
    """A region in words; one of the register that is not in the charter by its code."""
    known = round_.charter.regions.get(code)
    return known.name if known else text(code, code)


def _numbers(each: Stood) -> list[tuple[str, int]]:
    return [
        (_("Places"), each.seats),
        (_("Told"), each.told),
        (_("Accepted"), each.accepted),
        (_("Declined"), each.declined),
        (_("Given back"), each.given_back),
        (_("No answer in time"), each.silent),
        (_("Not answered yet"), each.open),
        (_("Replaced"), each.replaced),
        (_("Still in reserve"), each.reserve),
    ]


def _done(request: HttpRequest, round_: Round, phase: str, actor: Actor) -> None:
    asked = request.POST.get("do", "")
    where: dict[str, Any] = {"round_": round_, "phase": phase, "by": actor, "now": clock.now()}
    if asked == "commit":
        pledge(committed=request.POST.get("commitment", ""), **where)
        messages.success(request, _("Your commitment is kept. Keep the secret until it is asked for."))
    elif asked == "tell":
        tell(secret=request.POST.get("secret", ""), **where)
        messages.success(request, _("Your secret is the one that you committed to. Everybody can see it now."))
    elif asked == "again":
        begin_again(reasons=request.POST.get("reasons", ""), **where)
        messages.success(request, _("All keepers commit anew. Who entered stays the same."))
