"""The days on which people were admitted to rounds, as the ledger has them."""

from collections.abc import Collection
from datetime import date

from zhengtong.agora import kinds
from zhengtong.ledger.queries import together


def days_closed(rounds: Collection[str]) -> dict[tuple[str, date], int]:
    """How many were admitted on each day that is closed, by the number of the round and the day."""
    acts = together(rounds).filter(kind=kinds.ADMITTED)
    told = [(act.subject, act.particulars) for act in acts if act.particulars]
    return {(subject, date.fromisoformat(each["on"])): int(each["admitted"]) for subject, each in told}
