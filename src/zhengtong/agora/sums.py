"""How many agree and disagree. Thousands sign one petition at once, and would queue for a counter that each moved: each
leaves a row instead, the worker adds up what is new, and a page adds what is newer still.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from zhengtong.agora.models import Contribution, Stance
from zhengtong.cases.models import Case

UNCOUNTED = ~Q(counted=F("value"))
OF_THIS_TEXT = Q(version=F("contribution__version"))
MOST = 5000  # added up in one transaction
Sums = dict[int, tuple[int, int]]
"""By contribution, how many more agree and how many more disagree."""


def pending(contributions: Iterable[Contribution]) -> Sums:
    """What is not yet in the sums of these contributions; one query."""
    rows = Stance.objects.filter(UNCOUNTED, OF_THIS_TEXT, contribution__in=contributions).order_by()
    return _summed(rows.values_list("contribution", "value", "counted").annotate(n=Count("pk")))


def up_to_date(contributions: Iterable[Contribution]) -> None:
    """Let their sums say what is known now; nothing is saved."""
    listed = list(contributions)
    more = pending(listed)
    for each in listed:
        signed, opposed = more.get(each.pk, (0, 0))
        each.signed, each.opposed = each.signed + signed, each.opposed + opposed


@transaction.atomic
def add_up(*contributions: Contribution) -> int:
    """Add what is new to the sums, of these contributions or of all; how many stances it was.

    What another transaction holds is left to the next time: nobody waits for anybody.
    """
    found = Stance.objects.filter(UNCOUNTED)
    if contributions:
        found = found.filter(contribution__in=contributions)
    free = found.annotate(current=OF_THIS_TEXT).select_for_update(skip_locked=True, of=("self",))
    rows = list(free.values_list("pk", "contribution", "value", "counted", "current")[:MOST])
    current = [row for row in rows if row[-1]]
    for pk, (signed, opposed) in sorted(_summed((*row[1:4], 1) for row in current).items()):
        Contribution.objects.filter(pk=pk).update(signed=F("signed") + signed, opposed=F("opposed") + opposed)
    Stance.objects.filter(pk__in=[row[0] for row in current]).update(counted=F("value"))
    ask_again(Stance.objects.filter(pk__in=[row[0] for row in rows if not row[-1]]))
    return len(rows)


def ask_again(stances: QuerySet[Stance]) -> int:
    """These were said to another text: they count for nothing, and who had signed is asked."""
    asked = stances.filter(value=1).update(asked=True, value=0, counted=0)
    stances.update(value=0, counted=0)
    return asked


def add_up_all() -> int:
    """The same until less than a whole lot was left; the worker's, who does not run after a crowd that signs on."""
    total = added = add_up()
    while added == MOST:
        added = add_up()
        total += added
    return total


def _summed(rows: Iterable[tuple[int, int, int, int]]) -> Sums:
    signed: Counter[int] = Counter()
    opposed: Counter[int] = Counter()
    for contribution, value, counted, many in rows:
        signed[contribution] += many * ((value == 1) - (counted == 1))
        opposed[contribution] += many * ((value == -1) - (counted == -1))
    return {each: (signed[each], opposed[each]) for each in signed}


@dataclass(frozen=True)
class Standing:
    """How many agree and disagree in a whole phase; `digest` is of a line for each contribution, in their order."""

    signed: int
    opposed: int
    digest: str


def standing(case: Case, phase: str) -> Standing:
    """Counted from what each voice said, not from the sums that pages show. One query."""
    stances = Stance.objects.filter(OF_THIS_TEXT, contribution__case=case, contribution__phase=phase).exclude(value=0)
    by_number = stances.order_by("contribution__number").values_list("contribution__number")
    rows = list(by_number.annotate(signed=Count("pk", Q(value=1)), opposed=Count("pk", Q(value=-1))))
    lines = "".join(f"{number}\t{signed}\t{opposed}\n" for number, signed, opposed in rows)
    return Standing(sum(row[1] for row in rows), sum(row[2] for row in rows), sha256(lines.encode()).hexdigest())
