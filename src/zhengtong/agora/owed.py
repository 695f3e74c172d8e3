"""What an office owes to who took part: received, answered in time or late, adopted, promised, done; round by round."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Case, Count, F, Max, OuterRef, Q, Subquery, Value, When

from zhengtong.agora.bound.queries import overdue_promises
from zhengtong.agora.models import OWED, Answer, Contribution
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.rounds import Round, rounds
from zhengtong.cases.models import Task, Timer
from zhengtong.cases.queries.reminded import Reminded, reminded
from zhengtong.common.text import Text

PROMISED = Q(verdict__in=(Answer.Verdict.ADOPTED, Answer.Verdict.PARTLY))


@dataclass(frozen=True)
class Waits:
    """What a round waits for before it is answered, and until when, as far as that is known."""

    step: Text
    until: date | None


@dataclass(frozen=True)
class Owed:
    """One round. `post` answers, until `due_on`; both unknown before its turn. Numbers are of contributions, but for
    `promised` and `done`, which are of answers: one answer may be for many that are alike.
    """

    round: Round
    post: str
    due_on: date | None
    received: int
    on_time: int
    late: int
    open: int
    overdue: bool
    adopted: int
    promised: int
    done: int
    promises_overdue: int
    waits_for: Waits | None  # what comes before its turn
    reminded: list[Reminded]  # of its steps of answering, by record


def owed(office: str, *, on: date) -> list[Owed]:
    """The rounds that an office answers, those that are open first. Eleven queries, however many there are."""
    every = {each.case.pk: each for each in rounds()}
    steps = _answering(every)
    tasks = {pk: found[0] for pk, found in steps.items()}
    own = {pk: each for pk, each in every.items() if _office(each, tasks.get(pk)) == office}
    told = reminded({step.pk: each.charter for pk, each in own.items() for step in steps.get(pk, ())})
    again = shown_again(own, tasks)
    answered, received = _answered(own, again), _received(own, again)
    promises, overdue = _promises(own), overdue_promises(own, on=on)
    waits = _waits(own)
    return [
        _owed(
            each,
            tasks.get(pk),
            received.get(pk, {}),
            answered.get(pk, {}),
            again,
            (*promises.get(pk, (0, 0)), overdue.get(pk, 0)),
            None if pk in tasks else waits.get(pk),
            [one for step in steps.get(pk, ()) for one in told.get(step.pk, ())],
            on=on,
        )
        for pk, each in own.items()
    ]


def _owed(
    round_: Round,
    task: Task | None,
    received: Mapping[int, int],
    answered: Mapping[tuple[date, bool, int], int],
    again: Mapping[int, date],
    promises: tuple[int, int, int],
    waits: Waits | None,
    told: list[Reminded],
    *,
    on: date,
) -> Owed:
    due = task.due_on if task else None
    known = Counter[int]()
    late = 0
    for (day, _adopted, which), many in answered.items():
        until = again.get(which, due)
        known[which] += many
        late += many if until is not None and day > until else 0
    left = {which: many - known[which] for which, many in received.items() if many > known[which]}
    return Owed(
        round=round_,
        post=task.post if task else "",
        due_on=due,
        received=sum(received.values()),
        on_time=known.total() - late,
        late=late,
        open=sum(left.values()),
        overdue=any(until is not None and until < on for until in (again.get(which, due) for which in left)),
        adopted=sum(many for (_day, adopted, _which), many in answered.items() if adopted),
        promised=promises[0],
        done=promises[1],
        promises_overdue=promises[2],
        waits_for=waits,
        reminded=told,
    )


def _answering(rounds: Mapping[int, Round]) -> dict[int, list[Task]]:
    """The steps in which the office answers, by round; the time limit of the first is the one that counts."""
    nodes = {each.declared.answered_by for each in rounds.values()}
    found: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(case__in=rounds, node__in=nodes).order_by("pk"):
        if task.node == rounds[task.case_id].declared.answered_by:
            found[task.case_id].append(task)
    return found


def _office(round_: Round, task: Task | None) -> str:
    """Whose round it is: who answers, or, before that, who is responsible."""
    return (task.post if task else round_.case.post).partition("/")[0]


def shown_again(rounds: Mapping[int, Round], tasks: Mapping[int, Task]) -> dict[int, date]:
    """Until when what was hidden while its answer was due, and is shown again, is to be answered: as many days from
    then as there were for all the rest. One query.
    """
    lifted = Measure.objects.filter(contribution__case__in=tasks, lifted_at__isnull=False).order_by()
    rows = lifted.values_list("contribution__case", "contribution").annotate(at=Max("lifted_at"))
    found: dict[int, date] = {}
    for case, which, at in rows:
        task, day = tasks[case], rounds[case].day(at)
        if task.due_on is not None and day > task.counts_from:
            found[which] = day + (task.due_on - task.counts_from)
    return found


def _apart(again: Mapping[int, date]) -> Case:
    """By which of these a contribution is timed: itself, or what it says the same as; 0 for all the rest."""
    return Case(
        When(pk__in=again, then=F("pk")),
        When(same_as__in=again, then=F("same_as")),
        default=Value(0),
        output_field=BigIntegerField(),
    )


def _received(rounds: Mapping[int, Round], again: Mapping[int, date]) -> dict[int, dict[int, int]]:
    """By round, how many are to be answered, those that are timed apart by themselves."""
    kept = Contribution.objects.filter(OWED, case__in=rounds).exclude(state=Contribution.State.HIDDEN)
    rows = kept.annotate(apart=_apart(again)).order_by().values_list("case", "apart").annotate(n=Count("pk"))
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for case, which, many in rows:
        found[case][which] = many
    return found


def _answered(rounds: Mapping[int, Round], again: Mapping[int, date]) -> dict[int, dict[tuple[date, bool, int], int]]:
    """By round, how many were first answered on which day, whether they were adopted, at least in part, and by which
    they are timed.
    """
    first = Answer.objects.filter(contributions=OuterRef("pk")).order_by("given_at", "pk")
    answered = Contribution.objects.filter(OWED, case__in=rounds, answers__isnull=False)
    kept = answered.exclude(state=Contribution.State.HIDDEN).annotate(apart=_apart(again))
    rows = (
        kept.annotate(at=Subquery(first.values("given_at")[:1]), verdict=Subquery(first.values("verdict")[:1]))
        .order_by()
        .values_list("case", "at", "verdict", "apart")
        .annotate(n=Count("pk", distinct=True))
    )
    found: dict[int, dict[tuple[date, bool, int], int]] = defaultdict(lambda: defaultdict(int))
    for case, at, verdict, which, many in rows:
        found[case][rounds[case].day(at), verdict != Answer.Verdict.DECLINED, which] += many
    return found


def _promises(rounds: Mapping[int, Round]) -> dict[int, tuple[int, int]]:
    rows = Answer.objects.filter(PROMISED, case__in=rounds).order_by().values_list("case")
    return {case: (promised, done) for case, promised, done in rows.annotate(p=Count("pk"), d=Count("done_on"))}


def _waits(rounds: Mapping[int, Round]) -> dict[int, Waits]:
    """By round, the wait that ends last, else the step that is open. Two queries."""
    found: dict[int, Waits] = {}
    for task in Task.objects.filter(case__in=rounds, status=Task.Status.OPEN).order_by("due_on", "pk"):
        found[task.case_id] = Waits(_named(rounds[task.case_id], task.node), task.due_on)
    timers = Timer.objects.filter(case__in=rounds, ended_at=None, fire_at__isnull=False).order_by("fire_at", "pk")
    for timer in timers:
        round_ = rounds[timer.case_id]
        last = round_.last_day(timer.fire_at) if timer.fire_at else None
        found[timer.case_id] = Waits(_named(round_, timer.node), last)
    return found


def _named(round_: Round, node: str) -> Text:
    return round_.charter.process(round_.case.procedure).nodes[node].name
