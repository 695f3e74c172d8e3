"""What happens in the agora by itself: what waited for its turn is shown, what was hidden for a time comes back, and
what enough people have signed binds the government.

And each day that is over is closed: the order in which people were given voices is forgotten.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from zhengtong.agora.acts import close_days, end_limits, lift_what_ended, oblige_due, show_what_waited, sum_due
from zhengtong.agora.apart import each_apart
from zhengtong.agora.assembly.items import lay_due
from zhengtong.agora.drafting.acts import lapse_due
from zhengtong.agora.models import Contribution
from zhengtong.agora.openings.asking import lapse_due as lapse_openings
from zhengtong.agora.rounds import Round
from zhengtong.agora.sums import add_up_all
from zhengtong.cases.law import WITH_LAW, today
from zhengtong.cases.models import Case


def look_after(*, now: datetime) -> int:
    """Do what is due, one thing after the other and each apart; how many rows it was."""
    due = (end_limits, show_due, lapse_due, lapse_openings, lift_what_ended, close_days, sum_due)
    turns: list[Callable[[], int]] = [add_up_all, *(partial(each, now=now) for each in due)]
    return each_apart(lambda turn: turn(), turns)


def show_due(*, now: datetime) -> int:
    """Show what waited until today; how much it was."""
    waiting = Contribution.objects.filter(state=Contribution.State.WAITING, show_on__lte=today(now))
    cases = Case.objects.filter(pk__in=waiting.values("case")).select_related(*WITH_LAW)
    return each_apart(lambda case: show_what_waited(round_=Round(case), now=now), cases)


def bind_due(*, now: datetime) -> int:
    """What enough people have signed binds from now on, and comes on the agendas that are open; how many."""
    return oblige_due(now=now) + lay_due(now=now)
