"""The page of a trustee at another node: what it owes now, and where its word is taken, whoever brings it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from zhengtong.agora.acts import take_word
from zhengtong.agora.acts.hearing import about
from zhengtong.agora.circle import DONE, WAIT, owed_by
from zhengtong.agora.heard import words_of
from zhengtong.agora.polls import Vote, vote_of
from zhengtong.agora.rounds import round_of
from zhengtong.agora.seats import place_of_node
from zhengtong.charter.model import NODES
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.ballots import frame
from zhengtong.faces.forum.keeping import file_for, in_group, sent_json
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.errors import NoSuchPage
from zhengtong.ledger.words import origin

SENT = ("certificates", "vinput")  # of the files of the ceremony; what is sealed for itself is not shown to all
WRITTEN = {"certificate": "my.cert", "key": "my.pubkey"}  # else my.STEP


@csrf_exempt  # a word proves itself: no session gives it any power, and a program may bring it
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, number: str, phase: str, node: str) -> HttpResponse:
    """What the other node owes as a trustee; a word that it sends."""
    vote, refusal = vote_of(round_of(number), phase), None
    place = _place(vote, node)
    if request.method == "POST":
        try:
            take_word(round_=vote.round, phase=phase, node=node, told=sent_json(request), now=clock.now())
            return redirect(request.path)
        except Refusal as told:
            refusal = told
    step = owed_by(vote, place)
    context = {
        **frame(vote),
        "refusal": refusal,
        "node": vote.round.charter.nodes[node],
        "step": step,
        "owes": step not in {WAIT, DONE},
        "written": WRITTEN.get(step, f"my.{step}"),
        "in_group": in_group(vote),
        "origin": origin(),
        "about": about(vote),
        "node_id": node,
    }
    return render(request, "forum/ballot_node.html", context, status=refusal.status if refusal else 200)


@require_safe
def sent(_: HttpRequest, number: str, phase: str, node: str, file: str) -> HttpResponse:
    """What the other trustees sent that this one needs for its next step."""
    vote = vote_of(round_of(number), phase)
    if file not in SENT:
        raise NoSuchPage
    return file_for(vote, _place(vote, node), file)


@require_safe
def words(_: HttpRequest, number: str, phase: str, node: str) -> JsonResponse:
    """What its ledger said each time, for `zhengtong-verify acts`, with the key that is believed here."""
    vote = vote_of(round_of(number), phase)
    said = words_of(vote.round, phase, _place(vote, node))
    return JsonResponse({"node": node, "key": vote.round.charter.nodes[node].ledger, "words": said})


def _place(vote: Vote, node: str) -> int:
    place = place_of_node(vote.declared.trustees, f"{NODES}{node}")
    if place is None:
        raise NoSuchPage
    return place
