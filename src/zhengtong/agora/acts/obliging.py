"""What enough people have signed binds the government: to an answer, a debate or a vote, from that day on and once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.agora.apart import each_apart
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.bound.opening import bind
from zhengtong.agora.models import OWED, Contribution
from zhengtong.agora.rounds import Round, of_case
from zhengtong.cases.law import WITH_LAW
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Case
from zhengtong.cases.models.case import OFFICE
from zhengtong.charter.model import Obliged, Phase


def oblige_due(*, now: datetime) -> int:
    """Bind the government to what has passed a threshold in the rounds that are open, each by the charter by which it
    was opened, and to what is shown again, in any; how many. The worker's, who has just added up what was signed.
    """
    signed = Contribution.objects.filter(case=OuterRef("pk"), signed__gt=0)
    again = Duty.objects.filter(hidden_by__isnull=False, contribution__state=Contribution.State.SHOWN)
    running = ~Q(status=Case.Status.CLOSED) & Q(Exists(signed))
    cases = Case.objects.filter(running | Q(pk__in=again.values("round")), channel=OFFICE).select_related(*WITH_LAW)

    def oblige(round_: Round) -> int:
        passed = any(_passed(round_, *one).exists() for one in _thresholds(round_))
        return _oblige(round_.case, now=now) if passed else 0

    return each_apart(oblige, map(Round, cases))


@transaction.atomic
def _oblige(case: Case, *, now: datetime) -> int:
    """Everything of one round. What an assembly owes is laid on its agenda by the worker (assembly.items.lay_due)."""
    round_ = of_case(locked(case.pk))
    begun = [
        bind(round_, found, declared, now=now)
        for phase, declared in _thresholds(round_)
        for found in _passed(round_, phase, declared).order_by("number")
    ]
    return len(begun)


def _thresholds(round_: Round) -> list[tuple[Phase, Obliged]]:
    return [(phase, each) for phase in round_.declared.phases for each in phase.obliges]


def _passed(round_: Round, phase: Phase, declared: Obliged) -> QuerySet[Contribution]:
    """What so many have signed, and does not bind to this yet; what was answered already is answered."""
    found = Contribution.objects.filter(OWED, case=round_.case, phase=phase.id, signed__gte=declared.signatures)
    bound = Duty.objects.filter(contribution=OuterRef("pk"), kind=declared.to, hidden_by=None)
    found = found.filter(~Exists(bound), state=Contribution.State.SHOWN)
    return found.filter(answers=None) if declared.to == "answer" else found
