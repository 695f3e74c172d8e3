"""What happens in the agora by itself: what waited for its turn is shown, what was hidden for a time comes back, and
what enough people have signed binds the government.

And each day that is over is closed: the order in which people were given voices is forgotten.
"""

from datetime import datetime

from zhengtong.agora.acts import close_days, end_limits, lift_what_ended, oblige_due, show_what_waited, sum_due
from zhengtong.agora.assembly.items import lay_due
from zhengtong.agora.drafting.acts import lapse_due
from zhengtong.agora.models import Contribution
from zhengtong.agora.rounds import Round
from zhengtong.agora.sums import add_up_all
from zhengtong.cases.law import WITH_LAW, today
from zhengtong.cases.models import Case


def look_after(*, now: datetime) -> int:
    """Do what is due; how many rows it was."""
    counted, freed = add_up_all(), end_limits(now=now)
    waiting = Contribution.objects.filter(state=Contribution.State.WAITING, show_on__lte=today(now))
    cases = Case.objects.filter(pk__in=waiting.values("case")).select_related(*WITH_LAW)
    shown = sum(show_what_waited(round_=Round(case), now=now) for case in cases)
    ended = lapse_due(now=now) + lift_what_ended(now=now) + close_days(now=now)
    return counted + freed + shown + ended + sum_due(now=now)


def bind_due(*, now: datetime) -> int:
    """What enough people have signed binds from now on, and comes on the agendas that are open; how many."""
    return oblige_due(now=now) + lay_due(now=now)
