"""When people can no longer sign or agree, the ledger hears how it stands; a later change to a table is found."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from zhengtong.agora import kinds
from zhengtong.agora.apart import each_apart
from zhengtong.agora.rounds import WEIGHED, Round, let_writers_end, of_case, running
from zhengtong.agora.sums import add_up, standing
from zhengtong.cases.locks import locked
from zhengtong.charter.model import Phase
from zhengtong.ledger.acts import record
from zhengtong.ledger.queries import together
from zhengtong.people.actor import PROGRAM

LOOKED_BACK = timedelta(days=30)  # for rounds that ended with the phase; the worker is never away so long


def sum_due(*, now: datetime) -> int:
    """Tell the ledger of each phase that is over how its contributions stand; how many phases. The worker's."""

    def tell(due: tuple[Round, Phase]) -> int:
        sum_up(round_=due[0], phase=due[1], now=now)
        return 1

    return each_apart(tell, _due([Round(each) for each in running(also=Q(closed_at__gt=now - LOOKED_BACK))]))


def _due(rounds: Sequence[Round]) -> Iterator[tuple[Round, Phase]]:
    """What is over, and not yet told."""
    acts = together([each.case.number for each in rounds]).filter(kind=kinds.SUMMED)
    told = {(act.subject, (act.particulars or {}).get("phase")) for act in acts}
    for round_ in rounds:
        for phase in round_.featuring(*WEIGHED):
            left = round_.is_over(phase) and (round_.case.number, phase.id) not in told
            if left and round_.case.contributions.filter(phase=phase.id).exists():
                yield round_, phase


def sum_up(*, round_: Round, phase: Phase, now: datetime) -> None:
    """Record how many agree and disagree in a phase that is over, with a digest of it by contribution."""
    let_writers_end(round_.case.pk)
    _sum_up(round_.case.pk, phase, now=now)


@transaction.atomic
def _sum_up(pk: int, phase: Phase, *, now: datetime) -> None:
    fresh = of_case(locked(pk))
    while add_up(*fresh.case.contributions.filter(phase=phase.id)):
        pass
    found = standing(fresh.case, phase.id)
    record(
        kind=kinds.SUMMED,
        subject=fresh.case.number,
        by=PROGRAM,
        now=now,
        basis=fresh.basis,
        particulars={"phase": phase.id, "signed": found.signed, "opposed": found.opposed, "digest": found.digest},
    )
