"""What the page of a round shows beside what was said, as data: by the queries of the page, so that the two agree."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhengtong.agora.ballots.queries import Vote, votes_of
from zhengtong.agora.decide import paragraphs
from zhengtong.agora.groups import drawn, told
from zhengtong.agora.models import Drawn
from zhengtong.agora.moderation.limits import as_data, limits
from zhengtong.agora.proceedings.models import Evidence
from zhengtong.agora.proceedings.served import response
from zhengtong.agora.proceedings.surveys import counted
from zhengtong.agora.rounds import Round
from zhengtong.charter.model import Phase
from zhengtong.faces.forum.ballots import asked_of
from zhengtong.faces.forum.groups import NAMES
from zhengtong.faces.forum.results import plain, resulted


def beside(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """The draft, what it rests on, limits, surveys, groups, results. As many queries, whatever there is."""
    found = drawn(round_)
    phases = {feature: _having(round_, feature) for feature in ("statements", "survey", "budget", "ranking")}
    return {
        "draft": _draft(round_),
        "evidence": [_evidence(request, round_, each) for each in round_.case.evidence.order_by("pk")],
        "limits": [as_data(each) for each in limits(round_)],
        "groups": {each.id: _groups(round_, each, found[each.id]) for each in phases["statements"] if each.id in found},
        "surveys": {each.id: _survey(round_, each) for each in phases["survey"] if round_.is_over(each)},
        "responses": {each.id: _response(round_, each) for each in phases["survey"] if round_.is_over(each)},
        "budgets": {each.id: _budget(round_, each, found[each.id]) for each in phases["budget"] if each.id in found},
        "rankings": {each.id: _ranking(each, found[each.id]) for each in phases["ranking"] if each.id in found},
        "ballots": {each.phase.id: _ballot(each) for each in votes_of(round_)},
    }


def _having(round_: Round, feature: str) -> list[Phase]:
    return [each for each in round_.declared.phases if each.feature == feature]


def _draft(round_: Round) -> list[dict[str, Any]]:
    """Its paragraphs; `place` is what a contribution says that is about one."""
    draft = paragraphs(str(round_.case.facts.get("draft", "")))
    return [{"place": str(place), "text": each} for place, each in enumerate(draft, 1)]


def _evidence(request: HttpRequest, round_: Round, each: Evidence) -> dict[str, Any]:
    at = reverse("round-evidence", args=[round_.case.number, each.pk])
    return {
        "kind": each.kind,
        "title": each.title,
        "name": each.name,
        "bytes": each.size,
        "sha256": each.sha256,
        "run": each.run,
        "post": each.post,
        "put_on": round_.day(each.put_at).isoformat(),
        "file": request.build_absolute_uri(at),
    }


def _groups(round_: Round, phase: Phase, kept: Drawn) -> dict[str, Any]:
    """Of no one voice: until the last drawing is there, of the statements that the page names, and then of every one.
    Why not row by row: docs/decisions/rows-of-votes-are-not-published.md.
    """
    last = kept.last and round_.is_over(phase)
    picture, _texts = told(round_, kept, every=last)
    return {
        "on": kept.on.isoformat(),
        "over": round_.is_over(phase),
        "last": last,
        "people": picture.people,
        "groups": [
            {
                "name": name,
                "people": each.size,
                "place": each.place,
                "spread": each.spread,
                "agrees_with": [number for number, agrees in each.stands if agrees],
                "disagrees_with": [number for number, agrees in each.stands if not agrees],
            }
            for name, each in zip(NAMES, picture.groups, strict=False)
        ],
        "bridging": picture.bridging,
        "statements": [vars(each) for each in picture.said],
    }


def _survey(round_: Round, phase: Phase) -> dict[str, Any]:
    """Question by question: how many answered it, how often each answer."""
    return {each.question.id: {"people": each.people, "given": each.given} for each in counted(round_, phase)}


def _response(round_: Round, phase: Phase) -> dict[str, Any] | None:
    """How many of those whom a service served were asked, and answered."""
    found = response(round_, phase)
    return vars(found) | {"rate": found.rate, "margin": found.margin} if found else None


def _budget(round_: Round, phase: Phase, kept: Drawn) -> dict[str, Any] | None:
    found = resulted(round_, phase, kept, None)
    if found is None:
        return None
    return {
        "on": kept.on.isoformat(),
        "rule": found.rule,
        "budget": f"{phase.budget or 0:.2f}",
        "votes": found.votes,
        "share": str(found.share),
        "projects": [
            {
                "number": each.number,
                "cost": str(each.cost),
                "votes": each.votes,
                "chosen": each in found.chosen,
                "by_shares": each.by_shares,
                "greedily": each.greedily,
            }
            for each in found.rows
        ],
        "sha256": found.sha256,
    }


def _ranking(phase: Phase, kept: Drawn) -> dict[str, Any]:
    found = kept.found
    return {
        "on": kept.on.isoformat(),
        "rule": found["rule"],
        "seats": phase.seats,
        "votes": found["votes"],
        "chosen": found["elected"],
        "counts": [
            {
                "tally": [{"number": number, "votes": plain(votes)} for number, votes in each["tally"]],
                "chosen": each["elected"],
                "out": each["out"] or None,
                "by_order": each["by_order"],
            }
            for each in found["rounds"]
        ],
        "sha256": found.get("sha256", ""),
    }


def _ballot(vote: Vote) -> dict[str, Any]:
    """What is asked in secret, and how often each answer was chosen, once that is known."""
    return {
        "stage": vote.stage,
        "questions": [
            {
                "question": each.question.question,
                "answers": [{"answer": answer, "votes": votes} for answer, votes in each.answers],
                "blank": each.blank,
            }
            for each in asked_of(vote)
        ],
    }
