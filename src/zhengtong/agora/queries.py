"""What is shown of a round: what was brought forward with its answers and measures, and the numbers of it all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from zhengtong.agora.bound.queries import Owing
from zhengtong.agora.errors import NoSuchContribution
from zhengtong.agora.models import FORWARD, OWED, Answer, Contribution, Stance, Voice
from zhengtong.agora.moderation.models import Measure
from zhengtong.agora.rounds import Round
from zhengtong.agora.sponsors import link_of, opens, still_wanted
from zhengtong.agora.sums import up_to_date
from zhengtong.cases.models import Task
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import HouseRule, Phase
from zhengtong.common.paging import on_page
from zhengtong.common.text import Text
from zhengtong.people.permissions import grants_of

ORDER = {"opinions": ("place", "number"), "proposals": ("-signed", "number"), "statements": ("-number",)}


@dataclass(frozen=True)
class Said:
    """One contribution as people see it. `measure` says why it is hidden, `mine` what the reader's voice said to it."""

    contribution: Contribution
    answers: tuple[Answer, ...]
    measure: Measure | None
    mine: int | None
    own: bool
    rule: HouseRule | None  # by which it is hidden
    office: Text | None  # that it is addressed to
    wanted: int = 0  # so many sponsors more before it is shown to all
    link: str = ""  # by which they read it, told to its author
    bound: tuple[Owing, ...] = ()  # what its signatures bind the government to
    promised: tuple[Owing, ...] = ()  # what its answers promise

    @property
    def told(self) -> list[tuple[Answer, Owing | None]]:
        """Each answer, with what it promises."""
        kept = {each.duty.answer_id: each for each in self.promised}
        return [(answer, kept.get(answer.pk)) for answer in self.answers]

    @property
    def readable(self) -> bool:
        """Whether its text may be told: neither it, nor what it says the same as or changes, is hidden."""
        stands_with = (self.contribution.same_as, self.contribution.amends)
        if any(each is not None and each.state == Contribution.State.HIDDEN for each in stands_with):
            return False
        return self.contribution.state != Contribution.State.HIDDEN or self.folded

    @property
    def folded(self) -> bool:
        """Whether what is hidden may be read all the same; not what was never shown."""
        return self.rule is not None and self.rule.folded and self.contribution.sponsored


@dataclass(frozen=True)
class Numbers:
    """A round counted; of admissions and voices only how many there are."""

    admitted: int
    voices: int
    said: int
    answered: int
    hidden: int


def said(round_: Round, phase: Phase, *, voice: Voice | None = None, page: int = 1) -> list[Said]:
    """A page of what was brought forward in a phase; a voice sees its own that still wait, too. Five queries."""
    visible = FORWARD & ~Q(state=Contribution.State.WAITING)
    if voice is not None:
        visible |= Q(voice=voice)
    told = round_.case.contributions.filter(visible, phase=phase.id, amends=None, same_as=None)
    found = told.order_by(*ORDER.get(phase.feature, ("number",)))
    return viewed(round_, found[on_page(page)], voice=voice)


def sought(round_: Round, number: int, *, link: str, voice: Voice | None) -> Said:
    """What looks for sponsors, for its author and who has its link; what is shown, for all. NoSuchContribution."""
    told = viewed(round_, round_.case.contributions.filter(number=number, amends=None), voice=voice)
    for each in told:
        if each.own or each.contribution.state == Contribution.State.SHOWN or opens(each.contribution, link):
            return each
    raise NoSuchContribution


def with_owed(found: Sequence[Said], owed: Sequence[Owing]) -> list[Said]:
    """The same, each with what its signatures bind to and what its answers promise, of what the round owes."""
    return [_with_owed(each, owed) for each in found]


def _with_owed(each: Said, owed: Sequence[Owing]) -> Said:
    given = {answer.pk for answer in each.answers}
    bound = tuple(one for one in owed if one.duty.contribution_id == each.contribution.pk)
    return replace(each, bound=bound, promised=tuple(one for one in owed if one.duty.answer_id in given))


def viewed(round_: Round, found: QuerySet[Contribution], *, voice: Voice | None = None) -> list[Said]:
    """Contributions with all that is shown beside them, but for what is owed (`with_owed`)."""
    listed = list(
        found.select_related("voice", "joined", "amends", "same_as").prefetch_related(
            Prefetch("answers", Answer.objects.order_by("pk")),
            Prefetch("measures", Measure.objects.filter(lifted_at__isnull=True).prefetch_related("appeals")),
        )
    )
    up_to_date(listed)
    mine = dict(Stance.objects.filter(voice=voice, contribution__in=listed).values_list("contribution", "value"))
    return [_viewed(round_, each, mine, voice) for each in listed]


def _viewed(round_: Round, each: Contribution, mine: dict[int, int], voice: Voice | None) -> Said:
    measure = next(iter(each.measures.all()), None)
    office = round_.charter.organisations.get(each.addressed)
    own, wanted = voice is not None and each.voice_id == voice.pk, still_wanted(round_, each)
    return Said(
        contribution=each,
        answers=tuple(each.answers.all()),
        measure=measure,
        mine=mine.get(each.pk),
        own=own,
        rule=round_.declared.rule(measure.rule) if measure else None,
        office=office.short if office else None,
        wanted=wanted,
        link=link_of(each) if own and wanted else "",
    )


def unanswered(round_: Round) -> QuerySet[Contribution]:
    """What the office owes an answer to: all that is not hidden, the best supported first."""
    owed = round_.case.contributions.filter(OWED, answers=None, same_as=None)
    open_ = owed.exclude(state=Contribution.State.HIDDEN)
    return open_.order_by("-signed", "number")


def answering(round_: Round) -> Task | None:
    """The step in which the office answers: that which is open, else the last one; none before its time."""
    return round_.case.tasks.filter(node=round_.declared.answered_by).order_by("-pk").first()


def left_over(procedures: Collection[str]) -> dict[int, int]:
    """By round of these procedures that is over, how many texts wait for an answer that are shown again. One query, and
    none where there are no procedures.
    """
    if not procedures:
        return {}
    over = {"contribution__case__procedure__in": procedures, "contribution__case__closed_at__isnull": False}
    waits = Q(contribution__answers=None, contribution__amends=None, contribution__joined=None)
    lifted = Measure.objects.filter(
        waits, lifted_at__isnull=False, contribution__state=Contribution.State.SHOWN, **over
    )
    rows = lifted.order_by().values_list("contribution__case")
    return dict(rows.annotate(n=Count("contribution", distinct=True)))


def may_answer(round_: Round, post: str, *, on: date) -> bool:
    """Whether a post may answer today: with the open step, or, once that is over, with the power."""
    step = answering(round_)
    if step is None:
        return False
    if step.status == Task.Status.OPEN:
        return step.post == post
    return round_.case.procedure in rounds_for(round_.charter, post, ("answer",), on=on)


def numbers(round_: Round) -> Numbers:
    """How many took part, and what became of what they said."""
    case = round_.case
    answered = case.contributions.filter(answers__isnull=False).distinct().count()
    forward = case.contributions.filter(FORWARD, amends=None).order_by()
    states = dict(forward.values_list("state").annotate(n=Count("pk")))
    return Numbers(
        admitted=case.admissions.count(),
        voices=case.voices.count(),
        said=sum(states.values()),
        answered=answered,
        hidden=states.get(Contribution.State.HIDDEN, 0),
    )


def rounds_for(charter: Charter, post: str, acts: Sequence[str], *, on: date) -> set[str]:
    """The kinds of round in which a post may do one of `acts` on a day, by the charter or by delegation."""
    held = [grant for grant in grants_of(charter, post, on=on) if set(acts) & grant.acts and grant.in_force(on)]
    return {matter for grant in held for matter in grant.matters if matter in charter.participation}


@dataclass(frozen=True)
class Answered:
    """An answer with the numbers that it answers; so many `more` say the same as one of them, word for word."""

    answer: Answer
    numbers: list[int]
    more: int

    @property
    def many(self) -> int:
        return len(self.numbers) + self.more


@dataclass(frozen=True)
class Outcome:
    """What became of everything: how many, each answer with what it answers, and the numbers without one."""

    all: int
    answered: int  # one that has two answers is counted once
    hidden: int  # and not answered
    groups: list[Answered]
    open_numbers: list[int]
    hidden_numbers: list[int]

    @property
    def open(self) -> int:
        return self.all - self.answered - self.hidden


def outcome(round_: Round) -> Outcome:
    """All that was brought forward in a round, each exactly once: answered, waiting for it, or hidden without one. What
    has not found its sponsors is none of it.
    """
    forward = round_.case.contributions.filter(FORWARD, amends=None)
    left = forward.filter(answers=None)
    hidden = left.filter(state=Contribution.State.HIDDEN)
    told_once = Contribution.objects.filter(same_as=None).order_by("number").only("number", "repeated")
    given = round_.case.answers.order_by("pk").prefetch_related(Prefetch("contributions", told_once))
    open_ = left.filter(joined=None, same_as=None).exclude(state=Contribution.State.HIDDEN)
    return Outcome(
        all=forward.count(),
        answered=forward.filter(answers__isnull=False).distinct().count(),
        hidden=hidden.count(),
        groups=[_answered(each) for each in given],
        open_numbers=list(open_.order_by("number").values_list("number", flat=True)),
        hidden_numbers=list(hidden.filter(same_as=None).order_by("number").values_list("number", flat=True)),
    )


def _answered(answer: Answer) -> Answered:
    told = list(answer.contributions.all())
    return Answered(answer, [each.number for each in told], sum(each.repeated for each in told))
