"""What a post has to look at anew, since a decision that it rests on was overturned."""

from dataclasses import dataclass
from datetime import datetime

from zhengtong.cases.law import procedure_of
from zhengtong.cases.models import Reliance
from zhengtong.charter.queries import one_law
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor


@dataclass(frozen=True)
class FallenRow:
    """A case of the post, and the one that it rests on."""

    number: str
    name: Text
    party: str
    on: Text
    at: datetime


@one_law()
def fallen(actor: Actor, *, limit: int = 100) -> list[FallenRow]:
    """The oldest first; two queries at most."""
    waiting = Reliance.objects.filter(post=actor.post, overturned_at__isnull=False, settled_at__isnull=True)
    found = waiting.select_related("case__enactment", "case__applicant", "case__enterprise", "on__enactment")
    return [
        FallenRow(
            number=each.case.number,
            name=procedure_of(each.case).name,
            party=each.case.party.name,
            on=procedure_of(each.on).name,
            at=each.overturned_at or each.since,
        )
        for each in found.order_by("overturned_at", "pk")[:limit]
    ]
