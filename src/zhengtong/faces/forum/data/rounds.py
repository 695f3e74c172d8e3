"""Everything that was said in a round, as open data: no person is in it, only the names of voices."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from zhengtong.agora.drafting.models import Amendment, Version
from zhengtong.agora.drafting.queries import amendments, versions
from zhengtong.agora.models import FORWARD, Contribution
from zhengtong.agora.queries import Said, viewed
from zhengtong.agora.rounds import Round, round_of
from zhengtong.agora.shown import public_record
from zhengtong.agora.watching.models import Signal
from zhengtong.faces.forum.belied import as_data
from zhengtong.faces.forum.data.published import beside
from zhengtong.faces.shared import tables
from zhengtong.faces.shared.fetched import fetched

AT_ONCE = 2000
COLUMNS = (
    *("number", "phase", "voice", "place", "addressed", "text", "state", "signed", "opposed", "cost"),
    *("made_on", "hidden_by_rule", "hidden_because", "what_was_there", "characters", "verdict", "answer"),
    *("version", "amends", "joined", "same_as", "repeated"),
)


def _rows(round_: Round) -> Iterator[dict[str, Any]]:
    """In the order of their numbers, so many at a time that memory does not grow with what is said."""
    shown = round_.case.contributions.filter(FORWARD).exclude(state=Contribution.State.WAITING).order_by("number")
    last = 0
    while found := viewed(round_, shown.filter(number__gt=last)[:AT_ONCE]):
        for each in found:
            yield _row(round_, each)
        last = found[-1].contribution.number


def _row(round_: Round, each: Said) -> dict[str, Any]:
    found, hidden = each.contribution, each.measure
    return {
        "number": found.number,
        "phase": found.phase,
        "voice": found.author,
        "place": found.place,
        "addressed": found.addressed,
        "text": found.text if each.readable else "",
        "state": found.state,
        "signed": found.signed,
        "opposed": found.opposed,
        "cost": str(found.cost) if found.cost is not None else "",
        "made_on": round_.day(found.made_at).isoformat(),
        "hidden_by_rule": hidden.rule if hidden else "",
        "hidden_because": hidden.facts if hidden else "",
        "what_was_there": hidden.was if hidden else "",
        "characters": len(found.text),
        "verdict": ";".join(answer.verdict for answer in each.answers),
        "answer": "\n".join(answer.text for answer in each.answers),
        "version": found.version,
        "amends": found.amends.number if found.amends else "",
        "joined": found.joined.number if found.joined else "",
        "same_as": found.same_as.number if found.same_as else "",
        "repeated": found.repeated,
    }


@fetched
def as_json(request: HttpRequest, number: str) -> HttpResponse:
    """The round as JSON."""
    round_ = round_of(number)
    told = {
        "round": number,
        "procedure": round_.case.procedure,
        "said": list(_rows(round_)),
        "amendments": [_amendment(each) for each in amendments(round_)],
        "versions": [_version(each) for each in versions(round_)],
        "signals": [_signal(round_, each) for each in round_.case.signals.order_by("pk")],
    }
    told["belied"] = as_data(request, round_)
    return JsonResponse(told | beside(request, round_), json_dumps_params={"ensure_ascii": False})


def _amendment(each: Amendment) -> dict[str, Any]:
    """What became of a changed text; its words are withheld where it, or what it changes, is hidden."""
    made, target = each.contribution, each.contribution.amends
    hidden = Contribution.State.HIDDEN in (made.state, target.state if target else "")
    return {
        "number": made.number,
        "amends": target.number if target else None,
        "on_version": each.on_version,
        "joins": each.joining.number if each.joining else None,
        "why": "" if hidden else each.why,
        "state": each.state,
        "decided_because": "" if hidden else each.decided_why,
        "decided_on": each.decided_on.isoformat() if each.decided_on else "",
    }


def _version(each: Version) -> dict[str, Any]:
    return {
        "number": each.contribution.number,
        "version": each.number,
        "text": each.text,
        "signed": each.signed,
        "says_something_else_next": each.changed,
        "until": each.until.isoformat(),
    }


def _signal(round_: Round, each: Signal) -> dict[str, Any]:
    """That something was put before the moderator, and what came of it; not whose it was."""
    return {
        "signal": each.kind,
        "phase": each.phase,
        "many": each.many,
        "raised_on": round_.day(each.raised_at).isoformat(),
        "settled_on": round_.day(each.settled_at).isoformat() if each.settled_at else "",
        "settled_because": each.settled_why,
    }


@fetched
def as_csv(request: HttpRequest, number: str) -> HttpResponse:
    """The round as CSV, safe to open in a spreadsheet."""
    rows = _rows(round_of(number))
    return tables.as_csv(number, COLUMNS, ([row[column] for column in COLUMNS] for row in rows))


@fetched
def record(request: HttpRequest, number: str) -> HttpResponse:
    """What the ledger recorded of ballot, count and draw, with what proves it: `zhengtong-verify acts` reads it."""
    return JsonResponse(public_record(round_of(number)))
