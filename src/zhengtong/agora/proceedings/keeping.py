"""The keepers' part in a draw by lot: each commits, each tells; where one does not, the host lets all begin again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhengtong.agora.abroad.heard import place_of, source
from zhengtong.agora.abroad.lies import COMMITMENT, SECRET
from zhengtong.agora.ballots.circle import DONE, WAIT
from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import (
    DrawNotAtThisStage,
    KeeperHasEntered,
    NotACommitment,
    NotAKeeperOfTheDraw,
    NotTheSecret,
    NotToBeginAgain,
)
from zhengtong.agora.proceedings.lots import attempted, owing, pledges_of
from zhengtong.agora.proceedings.models import Panel, Pledge
from zhengtong.agora.proceedings.panels import draw_panel
from zhengtong.agora.rounds import Round, of_case
from zhengtong.agora.seats import place_among
from zhengtong.cases.authority import require
from zhengtong.cases.errors import ReasonsMissing
from zhengtong.cases.locks import locked
from zhengtong.charter.model import Phase
from zhengtong.engines.sortition import commitment, in_digits, new_seed, opens
from zhengtong.ledger.acts import record
from zhengtong.ledger.words import Speaker
from zhengtong.people.actor import Actor


@transaction.atomic
def pledge(*, round_: Round, phase: str, committed: Any, by: Actor | Speaker, now: datetime) -> Pledge:
    """A keeper commits to a secret; until the list is published another commitment takes the place of the first."""
    panel, declared = _locked(round_, phase)
    place, power = _keeper(panel, declared, by=by, now=now)
    given, own = in_digits(committed), pledges_of(panel).get(place)
    if panel.sealed_at is not None:
        raise DrawNotAtThisStage
    if own and own.commitment == given:
        return own
    known = given == panel.commitment or panel.pledges.filter(commitment=given).exists()
    if known or not given:
        raise NotACommitment
    made, _ = Pledge.objects.update_or_create(
        panel=panel, attempt=panel.attempt, place=place, defaults={"commitment": given, "committed_at": now}
    )
    keeper = declared.keepers[place - 1]
    told = {"phase": phase, "attempt": panel.attempt, "keeper": keeper, "commitment": given, **source(by)}
    record(kind=kinds.PLEDGED, subject=panel.case.number, by=by, power=power, particulars=told, now=now)
    return made


@transaction.atomic
def tell(*, round_: Round, phase: str, secret: Any, by: Actor | Speaker, now: datetime) -> Pledge:
    """A keeper tells the secret, once the list is published and the head is fixed; with the last one it is drawn."""
    panel, declared = _locked(round_, phase)
    place, power = _keeper(panel, declared, by=by, now=now)
    given, own = in_digits(secret), pledges_of(panel).get(place)
    if own and own.secret and own.secret == given:
        return own
    if panel.fixed_at is None or own is None or (own.secret and not isinstance(by, Speaker)):
        raise DrawNotAtThisStage  # of a node another secret is a lie, whenever it comes
    if not given or not opens(own.commitment, bytes.fromhex(given)):
        raise NotTheSecret
    own.secret, own.told_at = given, now
    own.save(update_fields=["secret", "told_at"])
    keeper = declared.keepers[place - 1]
    told = {"phase": phase, "attempt": panel.attempt, "keeper": keeper, "secret": given, **source(by)}
    record(kind=kinds.TOLD, subject=panel.case.number, by=by, power=power, particulars=told, now=now)
    if not owing(panel, declared.keepers, pledges_of(panel)):
        draw_panel(panel, declared, now=now)
    return own


@transaction.atomic
def begin_again(*, round_: Round, phase: str, reasons: str, by: Actor, now: datetime) -> Panel:
    """The host has all commit anew, where a keeper has not told their secret in time. Who entered stays."""
    panel, declared = _locked(round_, phase)
    case = panel.case
    power = require(case, by=by, act="open", now=now)
    missing = owing(panel, declared.keepers, pledges_of(panel))
    begins = may_begin_at(panel, declared)
    if panel.drawn_at is not None or not missing or begins is None or now < begins:
        raise NotToBeginAgain(days=declared.begin_again_after)
    if not reasons.strip():
        raise ReasonsMissing
    over = {"missing": missing, "reasons": reasons.strip(), "ended_at": now.isoformat()}
    panel.ended = [*panel.ended, {**attempted(panel, declared.keepers, kept=str(panel.kept)), **over}]
    kept = new_seed()
    panel.commitment, panel.kept, panel.committed_at = commitment(kept), kept.hex(), now
    panel.attempt, panel.sealed_at, panel.checkpoint, panel.public, panel.fixed_at = (
        panel.attempt + 1,
        None,
        None,
        "",
        None,
    )
    panel.save()
    told = {"phase": phase, "attempt": panel.attempt, "missing": missing, "commitment": panel.commitment}
    record(kind=kinds.BEGUN_AGAIN, subject=case.number, by=by, power=power, reason=reasons, particulars=told, now=now)
    return panel


def may_begin_at(panel: Panel, phase: Phase) -> datetime | None:
    """From when the host may have all begin again; None before the keepers were asked for their secrets."""
    return panel.fixed_at + timedelta(days=phase.begin_again_after) if panel.fixed_at else None


def due_from(rounds: Sequence[Round], by: Actor) -> set[tuple[int, str]]:
    """The draws, by case and phase, in which an officer as a keeper is to commit, or to tell the secret, now. Two
    queries, however many rounds.
    """
    found = Panel.objects.filter(case__in=[each.case.pk for each in rounds], drawn_at=None)
    panels = {(each.case_id, each.phase): each for each in found.prefetch_related("pledges")}
    return {
        (each.case.pk, phase.id)
        for each in rounds
        for phase in each.declared.phases
        if phase.keepers and _is_due(panels.get((each.case.pk, phase.id)), place_among(each.charter, phase.keepers, by))
    }


def _is_due(panel: Panel | None, place: int | None) -> bool:
    if panel is None or place is None:
        return False
    pledges = {each.place: each for each in panel.pledges.all() if each.attempt == panel.attempt}
    return step_of(panel, pledges.get(place)) in {COMMITMENT, SECRET}


def step_of(panel: Panel, pledge: Pledge | None) -> str:
    """What a keeper has to send now, who pledged this for the current attempt."""
    if panel.sealed_at is None:
        return WAIT if pledge else COMMITMENT
    if panel.fixed_at is None:
        return WAIT
    return DONE if pledge is None or pledge.secret else SECRET


def _locked(round_: Round, phase: str) -> tuple[Panel, Phase]:
    """The draw, fresh and with its case locked; NoSuchRound where the charter names no keepers."""
    round_ = of_case(locked(round_.case.pk))
    declared = round_.declared.phase(phase)
    if declared is None or not declared.keepers:
        raise NoSuchRound
    panel = Panel.objects.filter(case=round_.case, phase=phase).first()
    if panel is None:
        raise DrawNotAtThisStage
    panel.case = round_.case
    return panel, declared


def _keeper(panel: Panel, phase: Phase, *, by: Actor | Speaker, now: datetime) -> tuple[int, str]:
    """Which keeper this is, and by which power: another node by none. NotAKeeperOfTheDraw, SaidBefore;
    KeeperHasEntered for who came to the post after entering.
    """
    place = place_of(of_case(panel.case), phase.id, phase.keepers, by)
    if place is None:
        raise NotAKeeperOfTheDraw
    if isinstance(by, Speaker):
        return place, ""
    if panel.entrants.filter(person=by.person).exists():
        raise KeeperHasEntered
    return place, require(panel.case, by=by, act="keep-lot", now=now)
