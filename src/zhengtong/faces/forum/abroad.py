"""The page of a keeper at another node: what it owes now, and where its word is taken, whoever brings it.

It may keep a key of a secret ballot, or a secret of a draw by lot.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from zhengtong.agora.abroad.heard import words_of
from zhengtong.agora.abroad.hearing import Matter, matter_of
from zhengtong.agora.abroad.queries import lies_of
from zhengtong.agora.acts import take_word
from zhengtong.agora.ballots.circle import DONE, WAIT
from zhengtong.agora.ballots.queries import Vote, vote_of
from zhengtong.agora.ballots.roll import PLACE, ROLL, file_of
from zhengtong.agora.rounds import round_of
from zhengtong.charter.model import NODES
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.ballots import frame
from zhengtong.faces.forum.lots import lot_of
from zhengtong.faces.forum.office.ballots import file_for, in_group, sent_json
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import form_page
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.ledger.queries import verifier
from zhengtong.ledger.words import origin

SENT = ("certificates", "vinput")  # of the files of the ceremony; what is sealed for itself is not shown to all
WRITTEN = {"certificate": "my.cert", "key": "my.pubkey"}  # else my.STEP


@csrf_exempt  # a word proves itself: no session gives it any power, and a program may bring it
@form_page
def show(request: HttpRequest, number: str, phase: str, node: str) -> HttpResponse:
    """What the other node owes as a keeper; a word that it sends."""
    matter, refusal = matter_of(round_of(number), phase), None
    place = _place(matter, node)
    if request.method == "POST":
        try:
            take_word(round_=matter.round, phase=phase, node=node, told=sent_json(request), now=clock.now())
            return redirect(request.path)
        except Refusal as told:
            refusal = told
    step = matter.step(place)
    context = {
        **_frame(matter, place),
        "refusal": refusal,
        "lies": [each for each in lies_of(matter.round) if each.lie.node == f"{NODES}{node}"],
        "node": matter.round.charter.nodes[node],
        "keeps_roll": bool(matter.phase.ballot) and place == PLACE,
        "key": str(verifier()),
        "step": step,
        "owes": step not in {WAIT, DONE},
        "written": WRITTEN.get(step, f"my.{step}"),
        "origin": origin(),
        "about": matter.about,
        "node_id": node,
    }
    template = "forum/ballot_node.html" if matter.phase.ballot else "forum/lot_node.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def _frame(matter: Matter, place: int) -> dict[str, Any]:
    round_, phase = matter.round, matter.phase
    if phase.ballot:
        vote = vote_of(round_, phase.id)
        return {**frame(vote), "in_group": in_group(vote), "again": not vote.is_open}
    lot = lot_of(round_, phase)
    own = lot.shares[place - 1] if lot else None
    again = lot is not None and lot.stage == "commit"
    return {"round": round_, "phase": phase, "lot": lot, "own": own, "again": again, "section": "forum"}


@require_safe
def sent(_: HttpRequest, number: str, phase: str, node: str, file: str) -> HttpResponse:
    """What the other trustees sent that this one needs for its next step."""
    round_ = round_of(number)
    vote, place = vote_of(round_, phase), _place(matter_of(round_, phase), node)
    if place == PLACE and file == ROLL:
        return _roll(vote)
    if file not in SENT:
        raise NoSuchPage
    return file_for(vote, place, file)


def _roll(vote: Vote) -> HttpResponse:
    """The list that the keeper of the roll is to close, and what it is checked against."""
    told = file_of(vote)
    if told is None:
        raise NoSuchPage
    response = JsonResponse(told)
    response["Content-Disposition"] = 'attachment; filename="roll.json"'
    return response


@require_safe
def words(_: HttpRequest, number: str, phase: str, node: str) -> JsonResponse:
    """What its ledger said each time, for `zhengtong-verify acts`, with the key that is believed here."""
    matter = matter_of(round_of(number), phase)
    said = words_of(matter.round, phase, _place(matter, node))
    return JsonResponse({"node": node, "key": matter.round.charter.nodes[node].ledger, "words": said})


def _place(matter: Matter, node: str) -> int:
    place = matter.place(f"{NODES}{node}")
    if place is None:
        raise NoSuchPage
    return place
