"""A citizens' panel is drawn by lot: committed to before anybody enters, with what nobody knew then, for all to redo.

The worker commits when the phase opens, closes it when it is over, and draws with the first head of the ledger that was
signed after that.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhengtong.agora.errors import PhaseIsClosed
from zhengtong.agora.proceedings import kinds
from zhengtong.agora.proceedings.errors import NotToBeDrawn
from zhengtong.agora.proceedings.models import Entrant, Panel
from zhengtong.agora.rounds import WITH_LAW, Round
from zhengtong.agora.voices import require_eligible
from zhengtong.cases.law import today
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.charter.model import Phase
from zhengtong.charter.queries import in_force
from zhengtong.engines.sortition import DrawFault, commitment, draw, joint_seed, new_seed, opens
from zhengtong.ledger.acts import record
from zhengtong.ledger.models import Checkpoint
from zhengtong.people.actor import PROGRAM, Actor


def panels_due(*, now: datetime) -> int:
    """Commit, close and draw what is due; how many. The worker's."""
    charter = in_force(today(now)).charter
    asked = [each.id for each in charter.participation.values() if any(map(_drawn_by_lot, each.phases))]
    cases = Case.objects.filter(procedure__in=asked, closed_at__isnull=True).select_related(*WITH_LAW)
    rounds = [Round(case) for case in cases]
    return sum(_step(each, phase, now=now) for each in rounds for phase in each.declared.phases if _drawn_by_lot(phase))


def _drawn_by_lot(phase: Phase) -> bool:
    return phase.feature == "sortition"


@transaction.atomic
def _step(round_: Round, phase: Phase, *, now: datetime) -> bool:
    case = locked(round_.case.pk)
    panel, is_open = Panel.objects.filter(case=case, phase=phase.id).first(), phase in round_.open_phases
    if panel is None:
        return is_open and _commit(case, phase, now=now)
    if is_open or panel.drawn_at is not None:
        return False
    return _close(panel, now=now) if panel.closed_at is None else _draw(panel, phase, now=now)


def _commit(case: Case, phase: Phase, *, now: datetime) -> bool:
    kept = new_seed()
    panel = Panel.objects.create(
        case=case, phase=phase.id, commitment=commitment(kept), kept=kept.hex(), committed_at=now
    )
    told = {"phase": phase.id, "commitment": panel.commitment}
    record(kind=kinds.COMMITTED, subject=case.number, by=PROGRAM, particulars=told, now=now)
    return True


@transaction.atomic
def enter(*, round_: Round, phase: str, by: Actor, now: datetime) -> Entrant:
    """Enter for a panel, once; the same again gives the same code."""
    declared = round_.phase(phase)
    panel = Panel.objects.filter(case=round_.case, phase=phase).first()
    if not _drawn_by_lot(declared) or panel is None or by.person is None or by.post:
        raise PhaseIsClosed(phase=declared.name)
    known = panel.entrants.filter(person=by.person).first()
    if known is not None:
        return known
    born, region = require_eligible(round_, by.person, by=by, now=now)
    stratum = [_age(born, round_.day(now), declared.ages), region]
    try:
        with transaction.atomic():
            made = Entrant.objects.create(panel=panel, person=by.person, code=secrets.token_hex(8), stratum=stratum)
    except IntegrityError:  # the same person at the same moment; the other request was first
        return panel.entrants.get(person=by.person)
    record(kind=kinds.ENTERED, subject=round_.case.number, by=by, now=now, particulars={"phase": phase})
    return made


def _age(born: date, on: date, begins: list[int]) -> str:
    """The age group, by the age from which it begins."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return str(max([each for each in begins if each <= age], default=0))


def _close(panel: Panel, *, now: datetime) -> bool:
    panel.closed_at = now
    panel.save(update_fields=["closed_at"])
    told = {"phase": panel.phase, "entrants": sorted(panel.entrants.values_list("code", flat=True))}
    record(kind=kinds.ENTERING_CLOSED, subject=panel.case.number, by=PROGRAM, particulars=told, now=now)
    return True


def _draw(panel: Panel, phase: Phase, *, now: datetime) -> bool:
    head = Checkpoint.objects.filter(at__gt=panel.closed_at).order_by("size").first()
    if head is None:
        return False  # the ledger signs one soon
    entrants = {each.code: each.stratum for each in panel.entrants.order_by("code")}
    panel.drawn_at = now
    panel.published = {
        "commitment": panel.commitment,
        "kept": str(panel.kept),
        "public": bytes(head.root).hex(),
        "checkpoint": head.size,
        "seats": min(phase.seats, len(entrants)),
        "entrants": entrants,
    }
    panel.published["panel"] = redrawn(panel.published) if entrants else []
    panel.save(update_fields=["drawn_at", "published"])
    told = {"phase": panel.phase, "checkpoint": head.size, "panel": panel.published["panel"]}
    record(kind=kinds.DRAWN, subject=panel.case.number, by=PROGRAM, particulars=told, now=now)
    return True


def redrawn(told: Mapping[str, Any]) -> list[str]:
    """Who sits on the panel, from what was published alone. NotToBeDrawn if the secret is not what was committed to."""
    try:
        kept, public = bytes.fromhex(told["kept"]), bytes.fromhex(told["public"])
        if not opens(told["commitment"], kept):
            raise NotToBeDrawn
        return list(draw(told["entrants"], seats=int(told["seats"]), seed=joint_seed(kept, public)).panel)
    except (DrawFault, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise NotToBeDrawn from fault
