"""What a round's ledger entries say of its ballot, count and draw, for everybody to check."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from zhengtong.agora.rounds import Round
from zhengtong.ledger.models import Act
from zhengtong.ledger.opening import opened_to_all, public_kinds, state_of
from zhengtong.ledger.queries import of, together
from zhengtong.people.actor import PROGRAM


def recorded_in(numbers: Collection[str]) -> set[str]:
    """Those of these rounds of which there is a public act. One query."""
    return set(_public(together(numbers)).order_by().values_list("subject", flat=True).distinct())


def public_record(round_: Round) -> dict[str, Any]:
    """The public acts of a round with their proofs; what people and officers did is not among them."""
    return {"round": round_.case.number, **opened_to_all(_public(of(round_.case.number)))}


def record_state(round_: Round) -> str:
    """Changes whenever that does; as much work however long the round went on. An erasure is an act of it, too."""
    return state_of(of(round_.case.number))


def _public(acts: QuerySet[Act]) -> QuerySet[Act]:
    return acts.filter(kind__in=public_kinds(), actor=PROGRAM.handle)
