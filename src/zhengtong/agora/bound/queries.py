"""What is owed, as people see it: what, by whom, by when, whether it is late, and what came of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from zhengtong.agora.bound.law import is_orphan
from zhengtong.agora.bound.models import Duty
from zhengtong.agora.models import Answer, Contribution
from zhengtong.agora.rounds import Round
from zhengtong.cases.contents import worded
from zhengtong.cases.law import charter_of
from zhengtong.cases.models import Case, Task
from zhengtong.cases.queries.reminded import Reminded, reminded
from zhengtong.charter.queries import in_force
from zhengtong.common.paging import on_page
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
        return worded(decision) if decision and self.was_told else ""

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


def of_round(
    round_: Round, *, on: date, about: Iterable[int] | None = None, only: Q | None = None, page: int | None = None
) -> list[Owing]:
    """What a round binds to, what is open first, by its day: a page of it, or all; `about` these contributions. None is
    asked for where its charter binds to nothing.
    """
    if not (round_.declared.bound_by or round_.declared.promise):
        return []
    found = Duty.objects.filter(only or Q(), round=round_.case)
    if about is not None:
        about = list(about)
        answered = Answer.contributions.through.objects.filter(contribution__in=about)
        found = found.filter(Q(contribution__in=about) | Q(answer__in=answered.values("answer")))
    return _seen(found, on=on, page=page)


def bound_posts(round_: Round) -> list[tuple[int, str]]:
    """The numbers of what signatures bind to an answer, with the post that has it. One query."""
    found = _standing(Duty.objects.filter(round=round_.case, kind=Duty.Kind.ANSWER, done_on=None))
    return list(found.values_list("contribution__number", "step_post"))


def of_office(office: str, *, on: date, page: int | None = None) -> list[Owing]:
    """What lies, or lay at its end, at a desk of an office; what is open first, by its day: a page of it, or all."""
    return _seen(_at(office), on=on, page=page)


def _at(office: str) -> QuerySet[Any]:
    return _standing(Duty.objects.all()).filter(step_post__startswith=f"{office}/")


def _standing(found: QuerySet[Duty]) -> QuerySet[Any]:
    """With the step in which it is done, which is the last of its case; what is open first, by its day, then what was
    done last.
    """
    last = Task.objects.filter(case=OuterRef("case")).order_by("-pk")
    steps = found.annotate(step_post=Subquery(last.values("post")[:1]), step_due=Subquery(last.values("due_on")[:1]))
    return steps.order_by(F("done_on").desc(nulls_first=True), F("step_due").asc(nulls_last=True), "pk")


def into(carrier: str, carried: Iterable[str], *, on: date) -> list[Owing]:
    """The promises that carry into something."""
    return _seen(Duty.objects.filter(carrier=carrier, carried__in=list(carried)), on=on)


def into_round(round_: Round, *, on: date) -> list[Owing]:
    """The promises that carry into a vote on money, or into a project of it."""
    number = round_.case.number
    whole, part = Q(carrier="round", carried=number), Q(carrier="project", carried__startswith=f"{number}#")
    return _seen(Duty.objects.filter(whole | part), on=on)


@session_of(PROGRAM)
def _seen(found: QuerySet[Duty], *, on: date, page: int | None = None) -> list[Owing]:
    """With all that is shown of them, in eight queries at most; it is public, whosever desk it lies on."""
    numbered = Contribution.objects.filter(same_as=None).order_by("number").only("number")
    rows = (
        _standing(found)
        .select_related("round__enactment", "case__enactment", "contribution", "answer")
        .prefetch_related(
            Prefetch("case__tasks", Task.objects.order_by("-pk")),
            "case__decisions",
            "motions__case",
            Prefetch("answer__contributions", numbered),
        )
    )
    duties = list(rows[on_page(page)])
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


@session_of(PROGRAM)
def counted(office: str, *, on: date) -> Numbers:
    """Each that lies, or lay at its end, at a desk of an office, once. One query."""
    hidden, open_ = Q(hidden_by__isnull=False), Q(done_on=None)
    late, overdue = Q(done_on__gt=F("step_due")), Q(step_due__lt=on)
    done = ~open_ & ~hidden
    found = _at(office).aggregate(
        all=Count("pk"),
        late=Count("pk", filter=done & late),
        overdue=Count("pk", filter=open_ & overdue),
        open=Count("pk", filter=open_),
        hidden=Count("pk", filter=hidden),
    )
    under_way, ended = found["open"] - found["overdue"], found["all"] - found["open"]
    on_time = ended - found["hidden"] - found["late"]
    return Numbers(on_time, found["late"], under_way, found["overdue"], found["hidden"])


def overdue_promises(rounds: Iterable[int], *, on: date) -> dict[int, int]:
    """By round, the promises whose day has passed. One query."""
    late = Q(case__tasks__status=Task.Status.OPEN, case__tasks__due_on__lt=on)
    found = Duty.objects.filter(late, round__in=list(rounds), kind=Duty.Kind.PROMISE, done_on=None)
    return Counter(found.values_list("round", flat=True))
