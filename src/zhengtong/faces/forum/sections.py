"""The phases of a round as its page shows them: how far each is, what was said in it, and what its kind has to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengtong.agora.acts.contributing import projects_of
from zhengtong.agora.bound.queries import of_round
from zhengtong.agora.groups import drawn
from zhengtong.agora.models import BudgetVote, Contribution, Drawn, Voice
from zhengtong.agora.queries import Said, said, with_owed
from zhengtong.agora.rounds import Round
from zhengtong.cases.models import Timer
from zhengtong.charter.model import Phase
from zhengtong.common.paging import PAGE
from zhengtong.faces.forum.filed import Filed, filed_of
from zhengtong.faces.forum.groups import Map, mapped
from zhengtong.faces.forum.lots import Lot, lot_of
from zhengtong.faces.forum.results import Ranked, Result, ranked, resulted
from zhengtong.faces.shared import clock
from zhengtong.faces.shared.surveys import Bar, Outcome, bars, outcomes

PLACES = 5  # of a ballot that puts projects in an order
LastDays = dict[tuple[int, str], date | None]  # by case and step


@dataclass(frozen=True)
class Money:
    """A vote on money: projects, each with whether this voice would pay for it; how it came out; their file, if any."""

    projects: list[tuple[Contribution, bool]]
    result: Result | None
    filed: Filed | None


@dataclass(frozen=True)
class Order:
    """Projects that are put in an order, or approved of: those that this voice named, and how it came out."""

    projects: list[Contribution]
    named: list[int]
    ranked: Ranked | None

    @property
    def order(self) -> list[tuple[int, int]]:
        """By place what this voice put there; 0 where it put nothing."""
        return list(enumerate([*self.named, *[0] * PLACES][:PLACES], 1))


@dataclass(frozen=True)
class Asking:
    """A survey: what was answered once it is over; of those whom a service served, the outcome and the sample."""

    bars: list[Bar] | None
    outcome: Outcome | None
    lot: Lot | None


Shows = Money | Order | Asking | Lot | Map | None


@dataclass(frozen=True)
class Section:
    """A phase on the page. `state` is open, over, coming, or enrolling (for a ballot); `until` is its last day, where
    that is known; `shows` is what its kind has beside what was `said`.
    """

    phase: Phase
    state: str
    until: date | None
    said: list[Said]
    shows: Shows

    @property
    def more(self) -> bool:
        """Whether more was said than is on this page."""
        return len(self.said) == PAGE


def sections_of(round_: Round, voice: Voice | None, place: int) -> list[Section]:
    """Every phase, with a page of what was said in it and what is owed of that."""
    found, days = drawn(round_), last_days([round_])
    pages = {phase.id: said(round_, phase, voice=voice, page=place) for phase in round_.declared.phases}
    shown = [each.contribution.pk for listed in pages.values() for each in listed]
    owed = of_round(round_, on=clock.today(), about=shown)
    return [
        _section(round_, phase, found.get(phase.id), voice, with_owed(pages[phase.id], owed), days)
        for phase in round_.declared.phases
    ]


def _section(
    round_: Round, phase: Phase, found: Drawn | None, voice: Voice | None, listed: list[Said], days: LastDays
) -> Section:
    state, until = stands(round_, phase, days)
    shows = _SHOWN.get(phase.feature, _conversation)(round_, phase, state, found, voice)
    return Section(phase, state, until, listed, shows)


def _money(round_: Round, phase: Phase, state: str, found: Drawn | None, voice: Voice | None) -> Money:
    chosen = set(_chosen(phase, voice))
    projects = [(each, each.number in chosen) for each in _projects(round_, state)]
    return Money(projects, resulted(round_, phase, found, voice), filed_of(round_))


def _order(round_: Round, phase: Phase, state: str, found: Drawn | None, voice: Voice | None) -> Order:
    return Order(_projects(round_, state), _chosen(phase, voice), ranked(round_, found))


def _asking(round_: Round, phase: Phase, state: str, found: Drawn | None, voice: Voice | None) -> Asking:
    (came,) = outcomes([round_]) or (None,)
    lot = lot_of(round_, phase) if round_.declared.who.served else None
    return Asking(bars(round_, phase) if state == "over" else None, came, lot)


def _draw(round_: Round, phase: Phase, state: str, found: Drawn | None, voice: Voice | None) -> Lot | None:
    return lot_of(round_, phase)


def _conversation(round_: Round, phase: Phase, state: str, found: Drawn | None, voice: Voice | None) -> Map | None:
    return mapped(round_, found, voice)


_SHOWN: Mapping[str, Callable[[Round, Phase, str, Drawn | None, Voice | None], Shows]] = {
    "budget": _money,
    "ranking": _order,
    "survey": _asking,
    "sortition": _draw,
}


def _projects(round_: Round, state: str) -> list[Contribution]:
    """What is voted on, once it is known."""
    return [] if state == "coming" else list(projects_of(round_).values())


def _chosen(phase: Phase, voice: Voice | None) -> list[int]:
    """The numbers of the projects that this voice voted for, in its order."""
    vote = BudgetVote.objects.filter(voice=voice, phase=phase.id).first() if voice else None
    return list(vote.projects) if vote else []


def last_days(found: Sequence[Round]) -> LastDays:
    """The last day of each step that has begun and ends by a clock; None while the clock is stopped. One query."""
    by_case = {each.case.pk: each for each in found}
    rows = Timer.objects.filter(case__in=by_case).order_by("pk").values_list("case", "node", "fire_at")
    return {(case, node): by_case[case].last_day(at) if at else None for case, node, at in rows}


def closes(round_: Round, days: LastDays) -> date | None:
    """The first last day among what is open to people now."""
    nodes = [each.step for each in round_.open_phases]
    nodes += [each.ballot.enrolment for each in round_.enrolling if each.ballot]
    return min((day for node in nodes if (day := days.get((round_.case.pk, node)))), default=None)


def stands(round_: Round, phase: Phase, days: LastDays | None = None) -> tuple[str, date | None]:
    """Whether a phase is open, over or coming, or one enrols for it; and the last day of that as far as it is known."""
    days = last_days([round_]) if days is None else days
    enrols = phase in round_.enrolling
    node = round_.case.pk, phase.ballot.enrolment if enrols and phase.ballot else phase.step
    until = days.get(node)
    if enrols:
        return "enrolling", until
    if phase in round_.open_phases:
        return "open", until
    return ("over" if round_.is_over(phase) else "coming"), until
