"""A round of participation: a case, what the charter says of the public's part in it, and which phase is open."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from zhengtong.agora.convened import Convened, convened, open_steps
from zhengtong.agora.errors import NoSuchRound, PhaseIsClosed
from zhengtong.cases.law import WITH_LAW, charter_of
from zhengtong.cases.models import Case
from zhengtong.charter.model import Participation, Phase
from zhengtong.common.compiled import Compiled, Given
from zhengtong.common.paging import on_page
from zhengtong.common.together import let_them_end, writing
from zhengtong.engines.process import State

VOTED = ("budget", "ranking")  # the features of a phase in which projects are voted on
WEIGHED = ("proposals", "statements")  # those in which others agree or disagree with what is written
WRITTEN = ("opinions", "proposals", "statements")  # those in which people write
AFTER_MIDNIGHT = timedelta(hours=1)  # what began before midnight is written by then
_OF_NUMBER = Compiled(lambda: Case.objects.select_related(*WITH_LAW).filter(number=Given("number")))
HOW_FAR = ("status", "state", "enactment")  # the fields of a case that say which phase is open
_NOW = Compiled(lambda: Case.objects.only(*HOW_FAR).filter(pk=Given("case")))


@dataclass(frozen=True)
class Round(Convened):
    """One run of a procedure in which the public takes part."""

    @cached_property
    def declared(self) -> Participation:
        """What the charter says of it."""
        return self.charter.participation[self.case.procedure]

    @cached_property
    def open_phases(self) -> list[Phase]:
        """The phases that are open now."""
        return [phase for phase in self.declared.phases if phase.step in self._waiting]

    @cached_property
    def enrolling(self) -> list[Phase]:
        """The secret ballots on whose roll one can be put now."""
        return [each for each in self.declared.phases if each.ballot and each.ballot.enrolment in self._waiting]

    @cached_property
    def _waiting(self) -> set[str]:
        return open_steps(self.case)

    @property
    def has_voted(self) -> bool:
        """Whether a vote on projects has begun, be it over by now: what is voted on stands from then on."""
        return any(phase.step in self._begun for phase in self.featuring(*VOTED))

    def is_over(self, phase: Phase) -> bool:
        """Whether a phase has been open, and is not any more."""
        return phase.step in self._begun and phase not in self.open_phases

    @cached_property
    def _begun(self) -> set[str]:
        return {node for node, _times in State.from_json(self.case.state).visits}

    @property
    def basis(self) -> list[str]:
        """The articles of law on which the procedure rests."""
        return list(self.charter.procedures[self.case.procedure].legal_basis)

    def featuring(self, *features: str) -> list[Phase]:
        """Its phases of these features."""
        return [phase for phase in self.declared.phases if phase.feature in features]

    def phase(self, phase_id: str) -> Phase:
        """A phase that is open now; `PhaseIsClosed`, or `NoSuchRound` if there is none of this name."""
        phase = self.declared.phase(phase_id)
        if phase is None:
            raise NoSuchRound
        if phase not in self.open_phases:
            raise PhaseIsClosed(phase=phase.name)
        return phase

    def last_day(self, end: datetime) -> date:
        """The last day of what ends at a moment: a clock fires as the next day begins."""
        return self.day(end - timedelta(seconds=1))

    def beginning(self, day: date) -> datetime:
        """When a day begins there: the time of what is kept with its day only."""
        return datetime.combine(day, time(), ZoneInfo(self.charter.head.time_zone))


def by_round(phases: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Phases with the keys of their rounds, put together by round."""
    found: dict[int, list[str]] = {}
    for case, phase in phases:
        found.setdefault(case, []).append(phase)
    return found


def of_case(case: Case) -> Round:
    """The round that a case is; `NoSuchRound` if the public has no part in it."""
    if case.procedure not in charter_of(case).participation:
        raise NoSuchRound
    return Round(case)


def round_of(number: str) -> Round:
    """The round with this number, for reading."""
    case = _OF_NUMBER.first(number=number)
    if case is None:
        raise NoSuchRound
    return of_case(case)


def as_it_is_now(round_: Round, found: Case | None = None) -> Round:
    """A round that was read before, as far as it is now; `found` is its case where that was just read. One query."""
    found = found or _NOW.first(case=round_.case.pk)
    if found is None or found.enactment_id != round_.case.enactment_id:  # its law is another by now
        return round_of(round_.case.number)
    case = copy(round_.case)
    case.status, case.state = found.status, found.state
    return Round(case)


def to_write_in(case: int) -> None:
    """Whoever writes in a round without its lock says so first, and then looks which phase is open: what ends with a
    phase is not counted, added up or drawn for good before this transaction ends.
    """
    writing(f"round {case}")


def let_writers_end(case: int) -> None:
    """Whoever counts, adds up or draws for good what was said in a phase that is over waits first for those who still
    found it open. Before the round is locked: they may be waiting for that.
    """
    let_them_end(f"round {case}")


def running(also: Q | None = None) -> QuerySet[Case]:
    """The cases of the rounds that are open, whatever the charter in force declares; and of those of which `also` is
    so. What the worker looks after.
    """
    return convened("participation").filter(Q(closed_at=None) | (also or Q(pk__in=())))


def rounds(procedures: Iterable[str] | None = None, *, page: int | None = None) -> list[Round]:
    """Every round of these procedures, or of all that a charter ever declared; or a page of them.

    Those that are open come first, then who ended last. Two queries at most.
    """
    cases = convened("participation", procedures).order_by(F("closed_at").desc(nulls_first=True), "-filed_at", "-pk")
    return [Round(case) for case in cases[on_page(page)]]
