"""A secret ballot as everybody sees it: what is asked, who keeps what, the ballots in the box, archive and result."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from zhengtong.agora.ballots import box
from zhengtong.agora.ballots.agreement import heads, holds_last, times_recorded
from zhengtong.agora.ballots.archived import archive_of
from zhengtong.agora.ballots.queries import Vote, vote_of
from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.rounds import round_of
from zhengtong.agora.seats import told_of
from zhengtong.agora.shown import public_record, record_state
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import NODES
from zhengtong.charter.nodes import node_of
from zhengtong.common.text import Text, text
from zhengtong.engines.ballots import Question
from zhengtong.faces.forum.sections import stands
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.ledger.cosigning import witnesses
from zhengtong.ledger.queries import verifier

LISTED = 100  # tracking numbers on a page
ROLL, BOX, KEY = (
    text("投票名册", "the roll of voters"),
    text("票箱", "the ballot box"),
    text("计票密钥", "a key of the count"),
)


@dataclass(frozen=True)
class Kept:
    """Who keeps what; `owes` of a trustee whose key or share has not come yet."""

    what: Text
    office: Text
    post: Text
    owes: bool
    node: str = ""  # of another node its id: it has a page of its own


@dataclass(frozen=True)
class Asked:
    """A question with its answers, and how many chose each once that is known; blank comes first."""

    question: Question
    rows: list[tuple[str, int | None]]

    @property
    def blank(self) -> int | None:
        """How many voted blank; None where that cannot be, or is not known yet."""
        return self.rows[0][1] if self.question.blank else None

    @property
    def answers(self) -> list[tuple[str, int | None]]:
        """The answers without blank."""
        return self.rows[1:] if self.question.blank else self.rows


def kept_by(vote: Vote) -> list[Kept]:
    """Every body that keeps something of a ballot."""
    charter, declared = vote.round.charter, vote.declared
    host = charter.procedures[vote.round.case.procedure].body.function
    office = next(each for each in charter.organisations.values() if host in (each.id, each.function))
    owing = vote.missing
    keepers = [_kept(charter, KEY, post, owes=post in owing) for post in declared.trustees]
    return [_kept(charter, ROLL, declared.roll, owes=False), Kept(BOX, office.short, Text(), owes=False), *keepers]


def _kept(charter: Charter, what: Text, named: str, *, owes: bool) -> Kept:
    node = named.removeprefix(NODES) if node_of(charter.nodes, named) else ""
    return Kept(what, *told_of(charter, named), owes, node)


def asked_of(vote: Vote) -> list[Asked]:
    """The questions, with the result where there is one."""
    result = json.loads(vote.poll.result)["result"] if vote.poll and vote.poll.result else None
    return [_asked(question, result[at] if result else None) for at, question in enumerate(vote.questions)]


def _asked(question: Question, votes: list[int] | None) -> Asked:
    names = ["", *question.answers] if question.blank else list(question.answers)
    return Asked(question, [(name, votes[at] if votes else None) for at, name in enumerate(names)])


@require_safe
def show(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """The page of a ballot."""
    vote = vote_of(round_of(number), phase)
    poll = vote.poll
    sizes = json.loads(poll.sizes) if poll and poll.tally else {}
    context = {
        **frame(vote),
        "until": stands(vote.round, vote.phase)[1],
        "asked": asked_of(vote),
        "kept": kept_by(vote),
        "voters": len(json.loads(poll.credentials)) if poll and poll.credentials else box.enrolled(vote.uuid),
        "in_box": box.last_event(vote.uuid)[0],
        "waiting": box.waiting(vote.uuid),
        "turnout": sizes.get("num_tallied"),
    }
    return render(request, "forum/ballot_show.html", context)


@require_safe
def listed(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """The tracking numbers of all ballots in the box; `q` looks one up, also among none."""
    vote = vote_of(round_of(number), phase)
    sought = "".join(request.GET.get("q", "").split())[:100]
    if not vote.is_open:
        raise NoSuchRound
    size = box.last_event(vote.uuid)[0]
    shown = page_asked(request.GET, most=max(1, -(-size // LISTED)))
    context = {
        **frame(vote),
        "size": size,
        "shown": shown,
        **beside({}, shown, more=shown * LISTED < size),
        "sought": sought,
        "found": bool(sought) and box.in_box(vote.uuid, sought),
        "waiting": box.waiting(vote.uuid),
        "numbers": box.tracking_numbers(vote.uuid, first=(shown - 1) * LISTED, count=LISTED),
        "start": (shown - 1) * LISTED + 1,
        "recorded": times_recorded(vote),
    }
    return render(request, "forum/ballot_list.html", context)


@require_safe
def check(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """How anybody checks this election, with its own addresses, keys and commands."""
    vote = vote_of(round_of(number), phase)
    context = {
        **frame(vote),
        "site": settings.ZHENGTONG_URL,
        "key": str(verifier()),
        "witnesses": [str(each.verifier) for each in witnesses()],
    }
    return render(request, "forum/ballot_check.html", context)


@require_safe
def archive(request: HttpRequest, number: str, phase: str) -> StreamingHttpResponse:
    """The whole ballot as a file that belenios-tool reads, while it goes on and afterwards."""
    vote = vote_of(round_of(number), phase)
    size, parts = archive_of(vote)
    response = StreamingHttpResponse(parts, content_type="application/x-tar")
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = f'attachment; filename="{vote.uuid}.bel"'
    return response


def _state(_request: HttpRequest, number: str, phase: str) -> str:
    return f'"{record_state(vote_of(round_of(number), phase).round)}"'


@require_safe
@condition(etag_func=_state)
def recorded(request: HttpRequest, number: str, phase: str) -> HttpResponse:
    """What the ledger recorded of the box, with what proves it, for `zhengtong ballot verify --heads`."""
    vote = vote_of(round_of(number), phase)
    found = [{"ballots": each.ballots, "head": each.hash} for each in heads(vote)]
    return JsonResponse({**public_record(vote.round), "phase": phase, "heads": found})


def frame(vote: Vote) -> dict[str, object]:
    """What every page of a ballot has."""
    missing = vote.is_open and not holds_last(vote)
    return {"round": vote.round, "vote": vote, "missing": missing, "section": "forum"}
