"""A round of participation: a case, what the charter says of the public's part in it, and which phase is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import F

from zhengtong.agora.errors import NoSuchRound, PhaseIsClosed
from zhengtong.cases.law import charter_of, day_of, procedure_of, worded
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Participation, Phase
from zhengtong.charter.queries import declared_in, ever_declared
from zhengtong.common.compiled import Compiled, Given
from zhengtong.common.paging import on_page
from zhengtong.common.text import Text
from zhengtong.engines.process import State

VOTED = ("budget", "ranking")  # the features of a phase in which projects are voted on
WEIGHED = ("proposals", "statements")  # those in which others agree or disagree with what is written
WRITTEN = ("opinions", "proposals", "statements")  # those in which people write
WITH_LAW = ("enactment", "applicant", "enterprise", "parent")
_OF_NUMBER = Compiled(lambda: Case.objects.select_related(*WITH_LAW).filter(number=Given("number")))


@dataclass(frozen=True)
class Round:
    """One run of a procedure in which the public takes part."""

    case: Case

    @cached_property
    def charter(self) -> Charter:
        return charter_of(self.case)

    @cached_property
    def declared(self) -> Participation:
        """What the charter says of it."""
        return self.charter.participation[self.case.procedure]

    @property
    def name(self) -> Text:
        """What people call it: the title that the office gave, else the procedure's name."""
        return worded(self.case, "title") or procedure_of(self.case).name

    @property
    def summary(self) -> Text:
        """What it is about, as the office wrote it."""
        return worded(self.case, "summary")

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
        begun = {node for node, _times in State.from_json(self.case.state).visits}
        return any(phase.step in begun for phase in self.declared.phases if phase.feature in VOTED)

    def phase(self, phase_id: str) -> Phase:
        """A phase that is open now; `PhaseIsClosed`, or `NoSuchRound` if there is none of this name."""
        phase = self.declared.phase(phase_id)
        if phase is None:
            raise NoSuchRound
        if phase not in self.open_phases:
            raise PhaseIsClosed(phase=phase.name)
        return phase

    def day(self, now: datetime) -> date:
        """The day of a moment where the government is."""
        return day_of(now, self.charter)

    def last_day(self, end: datetime) -> date:
        """The last day of what ends at a moment: a clock fires as the next day begins."""
        return self.day(end - timedelta(seconds=1))

    def beginning(self, day: date) -> datetime:
        """When a day begins there: the time of what is kept with its day only."""
        return datetime.combine(day, time(), ZoneInfo(self.charter.head.time_zone))


def open_steps(case: Case) -> set[str]:
    """The steps in which a case waits now; none of one that is closed."""
    return {node for _key, node in State.from_json(case.state).waiting} if case.is_open else set()


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


def rounds(procedures: Iterable[str] | None = None, *, page: int | None = None) -> list[Round]:
    """Every round of these procedures, or of all that a charter ever declared; or a page of them.

    Those that are open come first, then who ended last. Two queries at most.
    """
    asked = ever_declared("participation") if procedures is None else procedures
    cases = Case.objects.filter(declared_in("enactment", "participation", "procedure"), procedure__in=list(asked))
    listed = cases.select_related(*WITH_LAW).order_by(F("closed_at").desc(nulls_first=True), "-filed_at", "-pk")
    return [Round(case) for case in listed[on_page(page)]]
