"""What is going on, and one round: what it is about, which phase is open, what was said, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from zhengtong.agora.acts.contributing import projects_of
from zhengtong.agora.bound.queries import of_round
from zhengtong.agora.decide import paragraphs
from zhengtong.agora.drafting.queries import asked, to_decide
from zhengtong.agora.groups import drawn
from zhengtong.agora.limits import limit_on
from zhengtong.agora.models import BudgetVote, Contribution, Drawn, Voice
from zhengtong.agora.queries import Said, numbers, said, with_owed
from zhengtong.agora.rounds import VOTED, WRITTEN, Round, round_of, rounds
from zhengtong.agora.statements import told
from zhengtong.cases.law import procedure_of
from zhengtong.cases.models import Timer
from zhengtong.charter.model import Phase
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.comes import what_comes
from zhengtong.faces.forum.filed import Filed, filed_of
from zhengtong.faces.forum.groups import Map, mapped
from zhengtong.faces.forum.links import linked
from zhengtong.faces.forum.lots import Lot, lot_of
from zhengtong.faces.forum.opened import frame as opening_frame
from zhengtong.faces.forum.results import Ranked, Result, ranked, resulted
from zhengtong.faces.forum.speaker import voice_of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.pictures import case_picture
from zhengtong.faces.shared.surveys import Bar, Outcome, bars, outcomes

BESIDES = (  # what else the pages of taking part have: address, name, and what one does there
    (
        "reports",
        _("What people have reported"),
        _("Petitions and complaints on a list and a map. You can write one, too."),
    ),
    ("assemblies", _("Assemblies and their meetings"), _("What was moved, and how each member voted.")),
    ("measures", _("What was hidden, and why"), _("Each with its reasons. Anybody can contest it.")),
    ("subscribe", _("Letters on what is new"), _("By e-mail, once a day at most.")),
    ("recount", _("Count a vote again"), _("Check a vote on projects by its file of votes.")),
    ("open-data", _("Data on taking part"), _("All that is public, for your own tables and programs.")),
)
PLACES = 5  # of a ballot that puts projects in an order
LastDays = dict[tuple[int, str], date | None]  # by case and step


@dataclass(frozen=True)
class Section:
    """A phase on the page. `state` is open, over, coming, or enrolling (for a ballot); `projects` are (project, whether
    this voice votes for it).

    `map` is of a conversation, `result` of a vote that was counted.
    """

    phase: Phase
    state: str
    until: date | None
    said: list[Said]
    more: bool
    projects: list[tuple[Contribution, bool]]
    map: Map | None
    result: Result | None
    bars: list[Bar] | None = None  # of a survey that is over
    order: list[tuple[int, int]] | None = None  # of a ranking: place, and the project that this voice put there
    ranked: Ranked | None = None  # of a ranking that was counted
    lot: Lot | None = None  # of a panel that is drawn by lot, or of a sample
    outcome: Outcome | None = None  # of a survey of those whom a service served
    filed: Filed | None = None  # of a vote on money whose projects came out of a file


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every round, those that are open first, with what is open in it and until when."""
    place = page_asked(request.GET)
    found = rounds(page=place)
    days = _last_days(found)
    listed = [(each, _closes(each, days)) for each in found]
    elsewhere = [each for each in in_force(clock.today()).charter.nodes.values() if each.address]
    more = [(way, gettext(name), gettext(told)) for way, name, told in BESIDES]
    context = {"rounds": listed, "elsewhere": elsewhere, "more": more, "section": "forum"} | beside(
        request.GET, place, more=len(found) == PAGE
    )
    return render(request, "forum/rounds_list.html", context)


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """One round."""
    return page(request, round_of(number))


def page(request: HttpRequest, round_: Round, *, refusal: Refusal | None = None, **typed: Any) -> HttpResponse:
    """The page of a round; with a refusal, and with what was typed when it was refused."""
    voice = voice_of(request, round_)
    place = page_asked(request.GET)
    sections = _panels(round_, voice, place)
    draft = paragraphs(str(round_.case.facts.get("draft", "")))
    context = {
        "round": round_,
        "voice": voice,
        "panels": sections,
        **beside(request.GET, place, more=any(each.more for each in sections)),
        "paragraphs": list(enumerate(draft, 1)),
        "kind": procedure_of(round_.case),
        "comes": what_comes(round_),
        "speaks": any(phase.feature != "ballot" for phase in round_.declared.phases),
        "writes": any(phase.feature in WRITTEN for phase in round_.declared.phases),
        "numbers": numbers(round_),
        "limit": limit_on(round_.case, clock.today()),
        "evidence": list(round_.case.evidence.order_by("pk")),
        "told": told(voice) if voice else [],
        "asked": asked(voice) if voice else [],
        "to_decide": to_decide(voice) if voice else [],
        "linked": linked(request, round_),
        **opening_frame(round_, voice),
        "offices": list(round_.charter.organisations.values()),
        "request_key": uuid4().hex,
        "picture": case_picture(round_.case, now=clock.now()),
        "refusal": refusal,
        "typed": typed,
        "section": "forum",
    }
    return render(request, "forum/round_show.html", context, status=refusal.status if refusal else 200)


def _panels(round_: Round, voice: Voice | None, place: int) -> list[Section]:
    """Every phase, with a page of what was said in it and what is owed of that."""
    found, days = drawn(round_), _last_days([round_])
    pages = {phase.id: said(round_, phase, voice=voice, page=place) for phase in round_.declared.phases}
    shown = [each.contribution.pk for listed in pages.values() for each in listed]
    owed = of_round(round_, on=clock.today(), about=shown)
    return [
        _panel(round_, phase, found.get(phase.id), voice, with_owed(pages[phase.id], owed), days)
        for phase in round_.declared.phases
    ]


def _panel(
    round_: Round, phase: Phase, found: Drawn | None, voice: Voice | None, listed: list[Said], days: LastDays
) -> Section:
    state, until = stands(round_, phase, days)
    projects = _projects(round_, phase, voice, state)
    if phase.feature == "budget":
        result = resulted(round_, phase, found, voice)
        filed = filed_of(round_)
        return Section(phase, state, until, listed, len(listed) == PAGE, projects, None, result, filed=filed)
    if phase.feature == "sortition":
        return Section(phase, state, until, [], False, [], None, None, lot=lot_of(round_, phase))
    if phase.feature == "ranking":
        order = _order(phase, voice)
        return Section(phase, state, until, [], False, projects, None, None, None, order, ranked(round_, found))
    if phase.feature == "survey":
        told_of = bars(round_, phase) if state == "over" else None
        (came,) = outcomes([round_]) or (None,)
        lot = lot_of(round_, phase) if round_.declared.who.served else None
        return Section(phase, state, until, [], False, [], None, None, told_of, outcome=came, lot=lot)
    return Section(phase, state, until, listed, len(listed) == PAGE, projects, mapped(round_, found, voice), None)


def _last_days(found: Sequence[Round]) -> LastDays:
    """The last day of each step that has begun and ends by a clock; None while the clock is stopped. One query."""
    by_case = {each.case.pk: each for each in found}
    rows = Timer.objects.filter(case__in=by_case).order_by("pk").values_list("case", "node", "fire_at")
    return {(case, node): by_case[case].last_day(at) if at else None for case, node, at in rows}


def _closes(round_: Round, days: LastDays) -> date | None:
    """The first last day among what is open to people now."""
    nodes = [each.step for each in round_.open_phases]
    nodes += [each.ballot.enrolment for each in round_.enrolling if each.ballot]
    return min((day for node in nodes if (day := days.get((round_.case.pk, node)))), default=None)


def stands(round_: Round, phase: Phase, days: LastDays | None = None) -> tuple[str, date | None]:
    """Whether a phase is open, over or coming, or one enrols for it; and the last day of that as far as it is known."""
    days = _last_days([round_]) if days is None else days
    enrols = phase in round_.enrolling
    node = round_.case.pk, phase.ballot.enrolment if enrols and phase.ballot else phase.step
    until = days.get(node)
    if enrols:
        return "enrolling", until
    if phase in round_.open_phases:
        return "open", until
    return ("over" if round_.is_over(phase) else "coming"), until


def _projects(round_: Round, phase: Phase, voice: Voice | None, state: str) -> list[tuple[Contribution, bool]]:
    """The projects of a vote, and whether this voice would pay for each."""
    if phase.feature not in VOTED or state == "coming":
        return []
    vote = BudgetVote.objects.filter(voice=voice, phase=phase.id).first() if voice else None
    chosen = set(vote.projects) if vote else set()
    return [(each, each.number in chosen) for each in projects_of(round_).values()]


def _order(phase: Phase, voice: Voice | None) -> list[tuple[int, int]]:
    """The places of a ballot that names projects, the best first, with what this voice put there."""
    vote = BudgetVote.objects.filter(voice=voice, phase=phase.id).first() if voice else None
    named = list(vote.projects) if vote else []
    return [(place, named[place - 1] if place <= len(named) else 0) for place in range(1, PLACES + 1)]
