"""Where people's words are moderated: in a round, or in what everybody may read of a petition; both are cases."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from zhengtong.agora.errors import NoSuchRound
from zhengtong.agora.rounds import Round
from zhengtong.cases.law import charter_of, day_of, procedure_of
from zhengtong.cases.models import Case
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Moderation, Procedure
from zhengtong.common.text import Text


@dataclass(frozen=True)
class Reported:
    """A petition of which something is public, as far as moderation asks: what it asks of a round, too."""

    case: Case

    @cached_property
    def charter(self) -> Charter:
        return charter_of(self.case)

    @cached_property
    def declared(self) -> Moderation:
        """Who moderates it and by which rules. NoSuchRound where its law has none of it."""
        found = moderation_of(self.charter, self.case.procedure)
        if found is None:
            raise NoSuchRound
        return found

    @property
    def name(self) -> Text:
        return procedure_of(self.case).name

    def day(self, now: datetime) -> date:
        """The day of a moment where the government is."""
        return day_of(now, self.charter)


Moderated = Round | Reported


def moderated(case: Case) -> Moderated:
    """The round or the published petition that a case is; NoSuchRound if nothing in it is moderated."""
    charter = charter_of(case)
    if case.procedure in charter.participation:
        return Round(case)
    if moderation_of(charter, case.procedure) is None:
        raise NoSuchRound
    return Reported(case)


def moderation_of(charter: Charter, procedure: str) -> Moderation | None:
    """What a charter says of moderation in a procedure."""
    listed = charter.procedures.get(procedure)
    report = listed.georeport if isinstance(listed, Procedure) else None
    return charter.participation.get(procedure) or (report.moderation if report else None)


def appeals_of(charter: Charter) -> frozenset[str]:
    """The procedures by which measures are contested."""
    found = (moderation_of(charter, each) for each in (*charter.participation, *charter.procedures))
    return frozenset(each.appeal for each in found if each)
