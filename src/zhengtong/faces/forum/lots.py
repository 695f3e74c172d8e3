"""A draw by lot as pages show it: who committed, who told, each attempt; and the keepers' own page at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.proceedings.keeping import begin_again, may_begin_at, pledge, tell
from zhengtong.agora.proceedings.lots import attempted
from zhengtong.agora.proceedings.models import Panel
from zhengtong.agora.proceedings.offering import Stood, accepted, stood, unreached
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.seats import place_among, told_of
from zhengtong.cases.authority import may
from zhengtong.charter.model import NODES, Phase
from zhengtong.charter.nodes import node_of
from zhengtong.common.refusal import Refusal
from zhengtong.common.text import Text, text
from zhengtong.faces.forum.hosting import form_page
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor


@dataclass(frozen=True)
class Share:
    """A keeper, and what they handed in: the commitment, then the secret; empty where not yet."""

    office: Text
    title: Text
    commitment: str
    secret: str
    node: str = ""  # of another node its id: it has a page of its own


@dataclass(frozen=True)
class Ended:
    """An attempt that came to nothing: who had not told, and why the host let all begin again."""

    number: int
    shares: list[Share]
    reasons: str
    on: date


@dataclass(frozen=True)
class Lot:
    """A draw: `panel` as it stands, the keepers of the current attempt in their order, the attempts before."""

    panel: Panel
    shares: list[Share]
    ended: list[Ended]
    begins_on: date | None  # from when the host may have all begin again
    is_told: bool = False  # who was drawn has been written to,
    unreached: int = 0  # so many of whom have not answered, and have no e-mail address here

    @property
    def stage(self) -> str:
        """What is awaited: commit, head, tell, or nothing more: drawn."""
        if self.panel.drawn_at:
            return "drawn"
        if self.panel.sealed_at is None:
            return "commit"
        return "tell" if self.panel.fixed_at else "head"

    @property
    def owing(self) -> list[Share]:
        """Who has not done yet what is awaited."""
        return [each for each in self.shares if not (each.commitment if self.stage == "commit" else each.secret)]


def lot_of(round_: Round, phase: Phase) -> Lot | None:
    """How far a draw has come; None before the node committed. Four queries."""
    panel = Panel.objects.filter(case=round_.case, phase=phase.id).first()
    if panel is None:
        return None
    begins = may_begin_at(panel, phase)
    shares = _shares(round_, panel.published or attempted(panel, phase.keepers))
    ended = [_ended(round_, each) for each in panel.ended]
    is_told = panel.offers.exists()
    return Lot(
        panel, shares, ended, round_.day(begins) if begins else None, is_told, unreached(panel) if is_told else 0
    )


def _ended(round_: Round, told: Mapping[str, Any]) -> Ended:
    on = round_.day(datetime.fromisoformat(told["ended_at"]))
    return Ended(told["attempt"], _shares(round_, told), told["reasons"], on)


def _shares(round_: Round, told: Mapping[str, Any]) -> list[Share]:
    return [
        Share(*told_of(round_.charter, each["post"]), each["commitment"], each["secret"], _node(round_, each["post"]))
        for each in told.get("keepers", [])
    ]


def _node(round_: Round, post: str) -> str:
    return post.removeprefix(NODES) if node_of(round_.charter.nodes, post) else ""


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
