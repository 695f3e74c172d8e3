"""What a round's ledger entries say of its ballot, count and draw, for everybody to check."""

from typing import Any

from zhengtong.agora.rounds import Round
from zhengtong.ledger.opening import opened_to_all, public_kinds
from zhengtong.ledger.queries import of
from zhengtong.people.actor import PROGRAM


def public_record(round_: Round) -> dict[str, Any]:
    """The public acts of a round with their proofs; what people and officers did is not among them."""
    acts = of(round_.case.number).filter(kind__in=public_kinds(), actor=PROGRAM.handle)
    return {"round": round_.case.number, **opened_to_all(acts)}
