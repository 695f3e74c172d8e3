"""A day of admissions is closed: the ledger hears how many, and their rows are written anew in an order by chance.

In the order in which they came, people could be laid beside the voices that then spoke.
"""

from datetime import date, datetime

from django.db import transaction

from zhengtong.agora import kinds
from zhengtong.agora.admissions import days_closed
from zhengtong.agora.apart import each_apart
from zhengtong.agora.models import Admission
from zhengtong.agora.rounds import AFTER_MIDNIGHT, Round
from zhengtong.cases.law import WITH_LAW, today
from zhengtong.cases.models import Case
from zhengtong.common.shuffling import shuffle
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM
from zhengtong.registry.looks import shuffle_looks


def close_days(*, now: datetime) -> int:
    """Close each day that is over, in each round; how many admissions. The worker's."""
    due = Admission.objects.filter(closed=False, on__lt=today(now - AFTER_MIDNIGHT)).order_by("on", "case")
    days = list(due.values_list("case", "on").distinct())
    cases = Case.objects.select_related(*WITH_LAW).in_bulk([case for case, _ in days])
    return each_apart(lambda day: close_day(round_=Round(cases[day[0]]), on=day[1], now=now), days)


@transaction.atomic
def close_day(*, round_: Round, on: date, now: datetime) -> int:
    """Close one; none of a day that was closed: what was slipped into it stays, and `zhengtong rounds` tells it."""
    number = round_.case.number
    if (number, on) in days_closed([number]):
        return 0
    admitted = shuffle(Admission.objects.filter(case=round_.case, on=on, closed=False), closed=True)
    if not admitted:
        return 0
    shuffle_looks(case=number, at=round_.beginning(on), people=[each.person_id for each in admitted])
    told = {"on": on, "admitted": len(admitted)}
    record(kind=kinds.ADMITTED, subject=number, by=PROGRAM, basis=round_.basis, now=now, particulars=told)
    return len(admitted)
