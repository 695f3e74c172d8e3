"""What is going on, and one round: what it is about, which phase is open, what was said, what was answered."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from zhengtong.agora.abroad.queries import lies_of
from zhengtong.agora.bound.queries import into_round
from zhengtong.agora.decide import paragraphs
from zhengtong.agora.drafting.queries import asked, to_decide
from zhengtong.agora.moderation.limits import limit_on
from zhengtong.agora.moderation.statements import told
from zhengtong.agora.queries import numbers
from zhengtong.agora.rounds import WRITTEN, Round, round_of, rounds
from zhengtong.cases.law import procedure_of
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import PAGE
from zhengtong.common.refusal import Refusal
from zhengtong.faces.forum.comes import what_comes
from zhengtong.faces.forum.links import linked
from zhengtong.faces.forum.opened import frame as opening_frame
from zhengtong.faces.forum.sections import closes, last_days, sections_of
from zhengtong.faces.forum.speaker import voice_of
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.components import beside, page_asked
from zhengtong.faces.shared.pictures import case_picture

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


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every round, those that are open first, with what is open in it and until when."""
    place = page_asked(request.GET)
    found = rounds(page=place)
    days = last_days(found)
    listed = [(each, closes(each, days)) for each in found]
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
    sections = sections_of(round_, voice, place)
    spends = any(phase.feature == "budget" for phase in round_.declared.phases)
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
        "lies": lies_of(round_),
        "evidence": list(round_.case.evidence.order_by("pk")),
        "told": told(voice) if voice else [],
        "asked": asked(voice) if voice else [],
        "to_decide": to_decide(voice) if voice else [],
        "linked": linked(request, round_),
        **opening_frame(round_, voice),
        "promised": into_round(round_, on=clock.today()) if spends else [],
        "offices": list(round_.charter.organisations.values()),
        "request_key": uuid4().hex,
        "picture": case_picture(round_.case, now=clock.now()),
        "refusal": refusal,
        "typed": typed,
        "section": "forum",
    }
    return render(request, "forum/round_show.html", context, status=refusal.status if refusal else 200)
