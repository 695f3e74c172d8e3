"""Opening a voice: the pages of its two keepers, who hand in keys, ask, open their part, refuse, and read the name."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhengtong.agora.openings.asking import ask, give_share, refuse, request_of, seat_of
from zhengtong.agora.openings.keys import OPEN, give_key, given, keeper_of
from zhengtong.agora.openings.models import Opening
from zhengtong.agora.openings.named import seen_by
from zhengtong.agora.openings.queries import asked_in, step_of
from zhengtong.agora.queries import rounds_for
from zhengtong.agora.rounds import Round, round_of
from zhengtong.charter.queries import in_force
from zhengtong.common.refusal import Refusal
from zhengtong.engines.ballots import compact
from zhengtong.faces.forum.office.ballots import sent_json
from zhengtong.faces.forum.opened import Row, row
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.components import form_page, whole
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person


@dataclass(frozen=True)
class Asked:
    """A request on the desk of a keeper: whose voice it is once it is opened, and what this post does next, if
    anything: share, answer, or wait.
    """

    row: Row
    person: Person | None
    next: str


@officer
@proved
@form_page
def key(request: HttpRequest, actor: Actor, procedure: str) -> HttpResponse:
    """A keeper hands in the certificate of its key, for the rounds of a procedure that begin from now on."""
    charter, refusal = in_force(clock.today()).charter, None
    declared = charter.participation.get(procedure)
    if declared is None or procedure not in rounds_for(charter, actor.post, (OPEN,), on=clock.today()):
        raise NoSuchPage
    place = keeper_of(charter, declared.opening, actor)
    if request.method == "POST":
        try:
            give_key(procedure=procedure, certificate=sent_json(request), by=actor, now=clock.now())
            messages.success(request, _("Your key is kept."))
            return to("forum-opening-key", actor, procedure=procedure)
        except Refusal as told:
            refusal = told
    own = given(procedure, declared.opening.keepers if declared.opening else []).get(place)
    named = charter.procedures[procedure]
    return page(request, actor, "forum/opening_key.html", refusal=refusal, named=named, own=own, charter=charter)


@officer
@proved
@form_page
def keep(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The requests of a round: a keeper asks, opens its part, answers what the other asked, reads whose a voice is."""
    round_, refusal = _kept(actor, number), None
    if request.method == "POST":
        try:
            _done(request, round_, actor)
            return to("forum-openings", actor, number=number)
        except Refusal as told:
            refusal = told
    try:
        rows = _rows(round_, actor)
    except Refusal as told:
        return page(request, actor, "forum/openings_keep.html", refusal=told, round=round_, rows=[])
    declared = round_.declared.opening
    bases = [(each, round_.charter.cite(each)) for each in declared.legal_basis] if declared else []
    context = {"round": round_, "rows": rows, "bases": bases, "may": True}
    return page(request, actor, "forum/openings_keep.html", refusal=refusal, **context)


def _kept(actor: Actor, number: str) -> Round:
    """A round in which the post keeps a key; to others it is not there."""
    round_ = round_of(number)
    if round_.case.procedure not in rounds_for(round_.charter, actor.post, (OPEN,), on=clock.today()):
        raise NoSuchPage
    keeper_of(round_.charter, round_.declared.opening, actor)
    return round_


def _rows(round_: Round, actor: Actor) -> list[Asked]:
    place, power = seat_of(round_, actor, now=clock.now())
    found = asked_in(round_)
    seen = seen_by(found, round_, by=actor, power=power, now=clock.now())
    return [Asked(row(round_, each), seen.get(each.pk), _next(each, place)) for each in found]


def _next(each: Opening, place: int) -> str:
    over = each.outcome != Opening.Outcome.WAITING or each.until < clock.today()
    return "" if over else step_of(each, place)


def _done(request: HttpRequest, round_: Round, actor: Actor) -> None:
    asked, now = request.POST.get("do", ""), clock.now()
    if asked == "ask":
        told = {name: request.POST.get(name, "") for name in ("voice", "basis", "order", "reason")}
        ask(round_=round_, by=actor, now=now, **told)
        messages.success(request, _("It is asked for. Open your part of it next; the other body answers then."))
        return
    opening = _found(round_, request.POST.get("request", ""))
    if asked == "share":
        done = give_share(opening=opening, share=sent_json(request), by=actor, now=now)
        messages.success(request, _SHARED[Opening.Outcome(done.outcome)]())
    elif asked == "refuse":
        refuse(opening=opening, answer=request.POST.get("answer", ""), by=actor, now=now)
        messages.success(request, _("You have refused. The request is over."))


_SHARED = {
    Opening.Outcome.WAITING: lambda: _("Your part is kept. The other body reads your request, and answers it."),
    Opening.Outcome.OPENED: lambda: _("The voice is opened. The person has been told."),
    Opening.Outcome.NOBODYS: lambda: _("The seal is nobody’s: a device deceived the program. Nobody is named."),
}


def _found(round_: Round, pk: str) -> Opening:
    found = round_.case.openings.filter(pk=whole(pk)).select_related("case", "voice__seal").first()
    if found is None:
        raise NoSuchPage
    return found


@never_cache
@officer
@proved
@require_safe
def request_file(request: HttpRequest, actor: Actor, number: str, opening: int) -> HttpResponse:
    """A request as a file, for the keeper's own machine."""
    round_ = _kept(actor, number)
    seat_of(round_, actor, now=clock.now())
    response = HttpResponse(compact(request_of(_found(round_, str(opening)))), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="request-{opening}.json"'
    return response
