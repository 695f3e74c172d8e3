"""A citizens' panel is drawn by lot: several bodies commit before the list is known, and anybody draws it again.

The worker commits for the node when the phase opens. When it is over, and all keepers have committed, it publishes the
list, takes the first head of the ledger after that, and draws once all have told their secrets (`keeping`).
"""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from zhengtong.agora.apart import each_apart
from zhengtong.agora.errors import NotEligible, PhaseIsClosed
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.lots import attempted, commit, draw_from, fix_head, owing, pledges_of, seal
from zhengtong.agora.proceedings.models import Entrant, Panel
from zhengtong.agora.proceedings.served import listed_in
from zhengtong.agora.rounds import Round, of_case, running
from zhengtong.agora.seats import place_among
from zhengtong.agora.voices import require_member, require_resident
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Phase
from zhengtong.common.text import text
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.models import Person
from zhengtong.people.permissions import posts_of

_WAITING = Q(pk__in=Panel.objects.filter(drawn_at=None).values("case"))


def panels_due(*, now: datetime) -> int:
    """Commit, close and draw what is due; how many. The worker's. A draw goes on when its round is over."""

    def go_on(case: Case) -> int:
        round_ = Round(case)
        return sum(_step(round_, phase, now=now) for phase in round_.featuring("sortition"))

    return each_apart(go_on, running(also=_WAITING))


@transaction.atomic
def _step(round_: Round, phase: Phase, *, now: datetime) -> bool:
    case = locked(round_.case.pk)
    panel, is_open = Panel.objects.filter(case=case, phase=phase.id).first(), phase in round_.open_phases
    if panel is None:
        return is_open and bool(commit(case, phase.id, now=now))
    if is_open or panel.drawn_at is not None:
        return False
    if panel.sealed_at is None:
        return not owing(panel, phase.keepers, pledges_of(panel)) and _close(panel, now=now)
    if panel.fixed_at is not None or not fix_head(panel, now=now):
        return False
    if not phase.keepers:
        draw_panel(panel, phase, now=now)
    return True


@transaction.atomic
def enter(*, round_: Round, phase: str, by: Actor, now: datetime) -> Entrant:
    """Enter for a panel, once; the same again gives the same code. NotEligible, among others for who keeps its lot."""
    fresh = of_case(locked(round_.case.pk))  # so that nobody enters behind the list that is published
    declared = fresh.phase(phase)
    panel = Panel.objects.filter(case=round_.case, phase=phase).first()
    if declared.feature != "sortition" or panel is None or by.person is None or by.post:
        raise PhaseIsClosed(phase=declared.name)
    known = panel.entrants.filter(person=by.person).first()
    if known is not None:
        return known
    if _keeps(round_, declared, by.person, on=round_.day(now)):
        raise NotEligible(why=text("您是本次抽签的秘密保管人", "you keep a secret of this draw"))
    require_member(round_, by.person, by=by, now=now)
    born, region = require_resident(round_, by.person, by=by, now=now)
    stratum = [_age(born, round_.day(now), declared.ages), region]
    made = Entrant.objects.create(panel=panel, person=by.person, code=secrets.token_hex(8), stratum=stratum)
    record(kind=kinds.ENTERED, subject=round_.case.number, by=by, now=now, particulars={"phase": phase})
    return made


def _keeps(round_: Round, phase: Phase, person: Person, *, on: date) -> bool:
    """Whether somebody sits in a post that keeps the lot: the last to tell a secret knows who is drawn, and could
    withhold it where they are not.
    """
    sits = (Actor(person, post) for post in posts_of(person, on=on))
    return any(place_among(round_.charter, phase.keepers, each) for each in sits)


def _age(born: date, on: date, begins: list[int]) -> str:
    """The age group, by the age from which it begins."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return str(max([each for each in begins if each <= age], default=0))


def _close(panel: Panel, *, now: datetime) -> bool:
    """Publish who entered, once all have committed. Where all commit anew the list is known, and stays."""
    if panel.closed_at is None:
        told = {"phase": panel.phase, "entrants": sorted(panel.entrants.values_list("code", flat=True))}
        record(kind=kinds.ENTERING_CLOSED, subject=panel.case.number, by=PROGRAM, particulars=told, now=now)
    seal(panel, now=now)
    return True


def draw_panel(panel: Panel, phase: Phase, *, now: datetime) -> None:
    """Draw it; nothing is missing any more."""
    entrants = _entrants(panel)
    seats, shares = min(phase.seats, len(entrants)), phase.shares.model_dump() if phase.shares else None
    found = draw_from(panel, phase.keepers, entrants, seats=seats, shares=shares, now=now)
    said = {"phase": panel.phase, "checkpoint": panel.checkpoint, "panel": found}
    record(kind=kinds.DRAWN, subject=panel.case.number, by=PROGRAM, particulars=said, now=now)


def _entrants(panel: Panel) -> dict[str, list[str]]:
    return {each.code: each.stratum for each in panel.entrants.order_by("code")}


def told(panel: Panel, phase: Phase) -> dict[str, Any]:
    """Everything that is public of a draw: all that it takes to make it again, or how far it has come."""
    if panel.drawn_at is not None:
        return dict(panel.published)
    known = attempted(panel, phase.keepers) | {"ended": panel.ended}
    listed = listed_in(panel.case) if phase.feature == "survey" else _entrants(panel)
    return known | {"entrants": listed} if panel.closed_at else known
