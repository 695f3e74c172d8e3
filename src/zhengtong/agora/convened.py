"""What an office convened, a round of participation or a meeting: a case, by what name, under which charter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet

from zhengtong.cases.law import WITH_LAW, charter_of, day_of, procedure_of, worded
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import declared_in, ever_declared
from zhengtong.common.text import Text
from zhengtong.engines.process import State


@dataclass(frozen=True)
class Convened:
    """One round or meeting, which is a case of its procedure."""

    case: Case

    @cached_property
    def charter(self) -> Charter:
        return charter_of(self.case)

    @property
    def name(self) -> Text:
        """What people call it: the title that was given to it, else the procedure's name."""
        return worded(self.case, "title") or procedure_of(self.case).name

    @property
    def summary(self) -> Text:
        """What it is about, as whoever convened it wrote."""
        return worded(self.case, "summary")

    def day(self, now: datetime) -> date:
        """The day of a moment where the government is."""
        return day_of(now, self.charter)


def open_steps(case: Case) -> set[str]:
    """The steps in which a case waits now; none of one that is closed."""
    return {node for _key, node in State.from_json(case.state).waiting} if case.is_open else set()


def convened(declared: str, procedures: Iterable[str] | None = None) -> QuerySet[Case]:
    """The cases of these procedures, or of all that a charter ever `declared` (as "participation" or "organs")."""
    asked = ever_declared(declared) if procedures is None else procedures
    cases = Case.objects.filter(declared_in("enactment", declared, "procedure"), procedure__in=list(asked))
    return cases.select_related(*WITH_LAW)
