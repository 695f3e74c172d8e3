"""The offices' page of a secret ballot: the authority closes the roll, trustees give key and share, the host opens."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhengtong.agora import acts, box
from zhengtong.agora.acts.polling import holds
from zhengtong.agora.polls import Vote, vote_of
from zhengtong.agora.rounds import round_of
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.ballots import kept_by
from zhengtong.faces.forum.hosting import form_page
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.access import proved
from zhengtong.faces.shared.posts import officer, page, to
from zhengtong.people.actor import Actor

MOST = 2_000_000  # bytes of a share


@officer
@proved
@form_page
def keep(request: HttpRequest, actor: Actor, number: str, phase: str) -> HttpResponse:
    """What this post has to do in the ballot now."""
    vote, refusal = vote_of(round_of(number), phase), None
    if request.method == "POST":
        try:
            _done(request, vote, actor)
            return to("forum-ballot", actor, number=number, phase=phase)
        except Refusal as told:
            refusal = told
    context = {
        "vote": vote,
        "round": vote.round,
        "kept": kept_by(vote),
        "role": _role(vote, actor),
        "own": _own(vote, actor),
        "enrolled": box.enrolled(vote.uuid),
        "admitted": vote.round.case.admissions.count(),
    }
    return page(request, actor, "forum/ballot_keep.html", refusal=refusal, **context)


def _done(request: HttpRequest, vote: Vote, actor: Actor) -> None:
    asked = request.POST.get("do", "")
    told: dict[str, Any] = {"round_": vote.round, "phase": vote.phase.id, "by": actor, "now": clock.now()}
    if asked == "roll":
        acts.close_roll(**told)
        messages.success(request, _("The roll is closed."))
    elif asked == "open":
        acts.open_poll(**told)
        messages.success(request, _("The box is open: complete the step, and people can vote."))
    elif asked == "key":
        acts.give_key(key=_read(request), **told)
        messages.success(request, _("Your key is kept."))
    elif asked == "share":
        acts.give_share(share=_read(request), **told)
        messages.success(request, _("Your share of the decryption holds, and is kept."))


def _read(request: HttpRequest) -> Any:
    """The JSON in the file that was sent, or in the field; nothing where it is none."""
    file = request.FILES.get("file")
    raw = file.read(MOST) if file is not None and hasattr(file, "read") else request.POST.get("written", "")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _role(vote: Vote, actor: Actor) -> str:
    charter, declared = vote.round.charter, vote.declared
    if holds(charter, declared.roll, actor):
        return "roll"
    return "key" if any(holds(charter, post, actor) for post in declared.trustees) else "box"


def _own(vote: Vote, actor: Actor) -> Any:
    charter = vote.round.charter
    places = [at for at, post in enumerate(vote.declared.trustees, 1) if holds(charter, post, actor)]
    return vote.keepers.get(places[0]) if places else None
