"""Everything that was said in a round, as open data: no person is in it, only the names of voices."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengtong.agora.models import Contribution
from zhengtong.agora.polls import votes_of
from zhengtong.agora.proceedings.surveys import counted
from zhengtong.agora.queries import Said, all_rounds, viewed
from zhengtong.agora.reconciled import reconciled
from zhengtong.agora.rounds import Round, round_of
from zhengtong.charter.queries import in_force
from zhengtong.faces.shared import clock, tables

COLUMNS = (
    *("number", "phase", "voice", "place", "addressed", "text", "state", "signed", "opposed", "cost"),
    *("made_on", "hidden_by_rule", "hidden_because", "verdict", "answer"),
)


def _rows(round_: Round) -> Iterator[dict[str, Any]]:
    shown = round_.case.contributions.exclude(state=Contribution.State.WAITING).order_by("number")
    for each in viewed(round_, shown):
        yield _row(round_, each)


def _row(round_: Round, each: Said) -> dict[str, Any]:
    found, hidden = each.contribution, each.measure
    return {
        "number": found.number,
        "phase": found.phase,
        "voice": found.voice.name,
        "place": found.place,
        "addressed": found.addressed,
        "text": "" if hidden and not each.folded else found.text,
        "state": found.state,
        "signed": found.signed,
        "opposed": found.opposed,
        "cost": str(found.cost) if found.cost is not None else "",
        "made_on": round_.day(found.made_at).isoformat(),
        "hidden_by_rule": hidden.rule if hidden else "",
        "hidden_because": hidden.facts if hidden else "",
        "verdict": ";".join(answer.verdict for answer in each.answers),
        "answer": "\n".join(answer.text for answer in each.answers),
    }


@require_safe
def all_as_json(request: HttpRequest) -> HttpResponse:
    """Every round with its acts by kind and where its data are; `zhengtong rounds` checks the numbers."""
    rounds = all_rounds(in_force(clock.today()).charter)
    held: dict[str, dict[str, int]] = {each.case.number: {} for each in rounds}
    for line in reconciled(rounds):
        held[line.round][line.kind] = line.held
    told = [_told(request, each, held[each.case.number]) for each in rounds]
    return JsonResponse({"rounds": told}, json_dumps_params={"ensure_ascii": False})


def _told(request: HttpRequest, round_: Round, held: dict[str, int]) -> dict[str, Any]:
    number = round_.case.number
    data = {form: request.build_absolute_uri(reverse(f"round-{form}", args=[number])) for form in ("csv", "json")}
    votes = [phase.id for phase in round_.declared.phases if phase.feature == "budget"]
    return {
        "round": number,
        "procedure": round_.case.procedure,
        "title": round_.name,
        "opened_on": round_.day(round_.case.filed_at).isoformat(),
        "open": round_.case.is_open,
        "numbers": held,
        "data": data
        | {
            "bel": [
                request.build_absolute_uri(reverse("ballot-archive", args=[number, each])) for each in _open(round_)
            ]
        }
        | {"pb": [request.build_absolute_uri(reverse("round-pb", args=[number, each])) for each in votes]},
    }


def _open(round_: Round) -> list[str]:
    return [vote.phase.id for vote in votes_of(round_) if vote.is_open]


@require_safe
def as_json(request: HttpRequest, number: str) -> HttpResponse:
    """The round as JSON."""
    round_ = round_of(number)
    told = {
        "round": number,
        "procedure": round_.case.procedure,
        "said": list(_rows(round_)),
        "surveys": _surveys(round_),
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _surveys(round_: Round) -> dict[str, Any]:
    """What was answered in the surveys that are over: question, how many answered it, how often each answer."""
    over = [each for each in round_.declared.phases if each.feature == "survey" and each not in round_.open_phases]
    return {
        phase.id: {each.question.id: {"people": each.people, "given": each.given} for each in counted(round_, phase)}
        for phase in over
    }


@require_safe
def as_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The round as CSV, safe to open in a spreadsheet."""
    rows = _rows(round_of(number))
    return tables.as_csv(number, COLUMNS, ([row[column] for column in COLUMNS] for row in rows))
