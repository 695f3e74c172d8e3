"""What is owed, as people see it: what, by whom, by when, whether it is late, and what came of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from zhengtong.agora.bound.law import is_orphan
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.models import Contribution
from zhengtong.agora.rounds import Round
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case, Task
from zhengtong.cases.queries.reminded import Reminded, reminded
from zhengtong.charter.queries import in_force
from zhengtong.common.session import PROGRAM, session_of
from zhengtong.common.text import Text, text
from zhengtong.people.wording import post_told


@dataclass(frozen=True)
class Owing:
    """One duty, with the step in which it is done."""

    duty: Duty
    step: Task  # on whose desk it lies, or lay
    post: Text
    on: date  # today
    reminded: tuple[Reminded, ...] = ()
    is_orphan: bool = False  # the assembly that owes it is no more

    @property
    def due_on(self) -> date | None:
        return self.step.due_on

    @property
    def is_overdue(self) -> bool:
        return self.duty.done_on is None and self.due_on is not None and self.due_on < self.on

    @property
    def is_done(self) -> bool:
        """Whether it was done; not if it ended because its text was hidden."""
        return self.duty.done_on is not None and self.duty.hidden_by_id is None

    @property
    def decision(self) -> str:
        """The decision by which its text was hidden, and for which it ended."""
        return f"{self.duty.round.number}-{self.duty.hidden_by_id}" if self.duty.hidden_by_id else ""

    @property
    def is_late(self) -> bool:
        """Done, and after its day."""
        done, due = self.duty.done_on, self.due_on
        return self.is_done and done is not None and due is not None and done > due

    @property
    def office(self) -> str:
        return self.step.post.partition("/")[0]

    @property
    def organ(self) -> Text | None:
        """The assembly that debates it, or votes."""
        found = charter_of(self.duty.round).organs.get(self.duty.organ)
        return found.name if found else None

    @property
    def meeting(self) -> Case | None:
        """The last meeting on whose agenda it came."""
        motion = max(self.duty.motions.all(), key=lambda each: each.pk, default=None)
        return motion.case if motion else None

    @property
    def outcome(self) -> str:
        """What a vote on it came to."""
        return next((each.outcome for each in self.duty.motions.all() if each.outcome), "")

    @property
    def told(self) -> str:
        """What was done, as its keeper has written it."""
        decision = next(iter(self.duty.case.decisions.all()), None)
        return decision.reasons if decision and self.was_told else ""

    @property
    def was_told(self) -> bool:
        """Whether it ended with a word of whoever had its step, and not in a meeting or an answer of the round."""
        dealt = any(each.closed_at or each.debated_at for each in self.duty.motions.all())
        return self.duty.kind == Duty.Kind.PROMISE or (self.is_orphan and not dealt)

    @property
    def service(self) -> Text:
        """The name of the service that it carries into; its id where there is none of it any more."""
        found = in_force(self.on).charter.procedures.get(self.duty.carried)
        return found.name if found else text(self.duty.carried, self.duty.carried)

    @property
    def carried(self) -> tuple[str, str]:
        """The number of the round that it carries into, and of the project in it, if it is one."""
        number, _, project = self.duty.carried.partition("#")
        return number, project

    @property
    def numbers(self) -> list[int]:
        """The contributions that it is about."""
        if self.duty.contribution is not None:
            return [self.duty.contribution.number]
        return [each.number for each in self.duty.answer.contributions.all()] if self.duty.answer else []


def of_round(round_: Round, *, on: date) -> list[Owing]:
    """Everything that a round binds to. None is asked for where its charter binds to nothing."""
    if not (round_.declared.bound_by or round_.declared.promise):
        return []
    return _seen(Duty.objects.filter(round=round_.case), on=on)


def of_office(office: str, *, on: date) -> list[Owing]:
    """What lies, or lay at its end, at a desk of an office; what is open first, by its day."""
    mine = Duty.objects.filter(case__tasks__post__startswith=f"{office}/").values("pk")
    found = [each for each in _seen(Duty.objects.filter(pk__in=mine), on=on) if each.office == office]
    return sorted(found, key=lambda each: (each.duty.done_on is not None, each.due_on or date.max, each.duty.pk))


def into(carrier: str, carried: Iterable[str], *, on: date) -> list[Owing]:
    """The promises that carry into something."""
    return _seen(Duty.objects.filter(carrier=carrier, carried__in=list(carried)), on=on)


@session_of(PROGRAM)
def _seen(found: QuerySet[Duty], *, on: date) -> list[Owing]:
    """With all that is shown of them, in eight queries at most; it is public, whosever desk it lies on."""
    numbered = Contribution.objects.filter(same_as=None).order_by("number").only("number")
    duties = list(
        found.select_related("round__enactment", "case__enactment", "contribution", "answer")
        .prefetch_related(
            Prefetch("case__tasks", Task.objects.order_by("-pk")),
            "case__decisions",
            "motions__case",
            Prefetch("answer__contributions", numbered),
        )
        .order_by("pk")
    )
    current = in_force(on).charter
    seen = [(each, next(iter(each.case.tasks.all()), None)) for each in duties]
    told = reminded({step.pk: charter_of(duty.case) for duty, step in seen if step})
    return [
        Owing(
            duty,
            step,
            post_told(charter_of(duty.case), step.post),
            on,
            tuple(told.get(step.pk, ())),
            is_orphan(duty, current),
        )
        for duty, step in seen
        if step
    ]


@dataclass(frozen=True)
class Numbers:
    """How many duties of an office there are, by how they stand."""

    on_time: int
    late: int
    open: int
    overdue: int
    hidden: int  # ended, since its text was hidden

    @property
    def all(self) -> int:
        return self.on_time + self.late + self.open + self.overdue + self.hidden


def counted(found: Iterable[Owing]) -> Numbers:
    """Each once."""
    stands = Counter(_stands(each) for each in found)
    return Numbers(stands["on_time"], stands["late"], stands["open"], stands["overdue"], stands["hidden"])


def _stands(each: Owing) -> str:
    if each.decision:
        return "hidden"
    if each.duty.done_on is not None:
        return "late" if each.is_late else "on_time"
    return "overdue" if each.is_overdue else "open"


def overdue_promises(rounds: Iterable[int], *, on: date) -> dict[int, int]:
    """By round, the promises whose day has passed. One query."""
    late = Q(case__tasks__status=Task.Status.OPEN, case__tasks__due_on__lt=on)
    found = Duty.objects.filter(late, round__in=list(rounds), kind=Duty.Kind.PROMISE, done_on=None)
    return Counter(found.values_list("round", flat=True))
