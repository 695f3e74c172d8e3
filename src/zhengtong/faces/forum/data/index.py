"""Where all data on taking part are: an index for programs that leads to every file, and a page for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengtong.agora.assembly.meetings import Meeting, meetings
from zhengtong.agora.ballots.queries import phases_opened
from zhengtong.agora.proceedings.lots import phases_drawn
from zhengtong.agora.reconciled import reconciled
from zhengtong.agora.rounds import Round, rounds
from zhengtong.agora.shown import recorded_in
from zhengtong.agora.votefile import phases_filed
from zhengtong.charter.model import Organisation
from zhengtong.charter.queries import in_force
from zhengtong.faces.forum.data.feeds import FEEDS, OF, Feed, Of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.fetched import fetched

Phases = Mapping[str, Mapping[int, Sequence[str]]]
"""By the name of a file, and by round: the phases that have one."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What there is, in words, with its addresses."""
    kinds = [(of, OF[of], [each for each in FEEDS if each.of == of]) for of in OF]
    charter = in_force(clock.today()).charter
    offices, licence = list(charter.organisations.values()), charter.head.data_licence
    context = {"kinds": kinds, "offices": offices, "licence": licence, "section": "forum"}
    return render(request, "forum/open_data.html", context)


@fetched
def index(request: HttpRequest) -> HttpResponse:
    """Every round with its acts by kind, which `zhengtong rounds` checks, and where every file is. As many queries,
    however many rounds there are.
    """
    every = rounds()
    held: dict[str, dict[str, int]] = {each.case.number: {} for each in every}
    for line in reconciled(every):
        held[line.round][line.kind] = line.held
    opened = phases_opened(every)
    phases = {"pb": phases_filed(every), "bel": opened, "heads": opened, "lot": phases_drawn(every)}
    recorded = recorded_in([each.case.number for each in every])
    charter = in_force(clock.today()).charter
    licence = charter.head.data_licence
    told = {
        "licence": licence and licence.model_dump(),
        "rounds": [
            _round(each, held[each.case.number]) | {"data": _files(request, each, phases, recorded)} for each in every
        ],
        "meetings": [_meeting(each) | {"data": _at(request, "meeting", each.case.number)} for each in meetings()],
        "offices": [
            _office(each) | {"data": _at(request, "office", each.id)} for each in charter.organisations.values()
        ],
        "city": _at(request, "city"),
        "feeds": [_feed(each) for each in FEEDS],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _round(round_: Round, held: dict[str, int]) -> dict[str, Any]:
    return {
        "round": round_.case.number,
        "procedure": round_.case.procedure,
        "title": round_.name,
        "opened_on": round_.day(round_.case.filed_at).isoformat(),
        "open": round_.case.is_open,
        "numbers": held,
    }


def _files(request: HttpRequest, round_: Round, phases: Phases, recorded: set[str]) -> dict[str, Any]:
    """Of a round, and of each phase that has some; `record` is null where the ledger opened nothing to all yet."""
    number, case = round_.case.number, round_.case.pk
    found: dict[str, Any] = dict(_at(request, "round", number))
    if number not in recorded:
        found["record"] = None
    for each in (each for each in FEEDS if each.of == "phase"):
        found[each.name] = [_address(request, each, number, phase) for phase in phases[each.name].get(case, ())]
    return found


def _meeting(each: Meeting) -> dict[str, Any]:
    return {"meeting": each.case.number, "assembly": each.case.procedure, "title": each.name}


def _office(each: Organisation) -> dict[str, Any]:
    return {"office": each.id, "name": each.name}


def _feed(each: Feed) -> dict[str, Any]:
    return {"of": each.of, "name": each.name, "address": each.address, "media_type": each.media, "holds": each.holds}


def _at(request: HttpRequest, of: Of, *which: str) -> dict[str, str]:
    return {each.name: _address(request, each, *which) for each in FEEDS if each.of == of}


def _address(request: HttpRequest, each: Feed, *which: str) -> str:
    return request.build_absolute_uri(reverse(each.route, args=which))
