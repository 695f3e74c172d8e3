"""By which charter a duty is run, and who has it, where the charter was changed while its round was under way.

What binds is what the charter of the round says; how that is followed is the law of today, as of any case (程序从新).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from zhengtong.agora.bound.models import Duty
from zhengtong.agora.rounds import Round
from zhengtong.cases.law import day_of
from zhengtong.charter.charter import Charter
from zhengtong.charter.errors import NoCompetentPost
from zhengtong.charter.model import Participation
from zhengtong.charter.queries import Enacted, enacted, in_force_at
from zhengtong.people.decide import Question
from zhengtong.people.permissions import posts_with_power

ANSWERS = "answer"  # the act of the step in which it is done


def bound_by(declared: Participation) -> str:
    """The procedure that follows what signatures bind to."""
    return declared.bound_by


def promised_by(declared: Participation) -> str:
    """The procedure that follows what is promised."""
    return declared.promise.procedure if declared.promise else ""


@dataclass(frozen=True)
class Law:
    """The procedure by which a duty is followed, with its charter and that of today; `region`: where it belongs."""

    enacted: Enacted
    procedure: str
    region: str
    now: datetime

    @property
    def on(self) -> date:
        """Today, where the government is."""
        return day_of(self.now, self.charter)

    @property
    def charter(self) -> Charter:
        return self.enacted.charter

    @property
    def current(self) -> Charter:
        """The charter in force."""
        return in_force_at(self.now).charter

    @property
    def able(self) -> list[str]:
        """The posts that have the power for its step and that there are today, the nearest first."""
        asked = Question(post="", act=ANSWERS, matter=self.procedure, region=self.region, on=self.on)
        return [each for each in posts_with_power(self.charter, asked) if each in self.current.posts]

    def holder(self, named: str) -> str:
        """Who has it: the post that is named, where that is there and may; else another of the same office that may;
        else the supervisor, who says whose it is.
        """
        may, found, office = self.able, _competent(self.current, named, self), named.partition("/")[0]
        if found in may:
            return named if _competent(self.charter, named, self) == found else found
        same = (each for each in may if office in _names(self.current, each))
        above = (_competent(charter, charter.head.supervisor, self) for charter in (self.current, self.charter))
        return next((each for each in (*same, *above) if each in self.charter.posts), self.charter.head.supervisor)


def law_of(round_: Round, followed_by: Callable[[Participation], str], *, now: datetime) -> Law:
    """As the charter in force follows what such rounds bind to; where it has none of them any more, as the charter of
    the round does, which runs by it to its end.
    """
    law = in_force_at(now)
    declared = law.charter.participation.get(round_.case.procedure)
    if declared is None or not followed_by(declared):
        law, declared = enacted(round_.case.enactment.number), round_.declared
    procedure = followed_by(declared)
    region = law.charter.procedures[procedure].jurisdiction.region or round_.case.region
    return Law(law, procedure, region, now)


def _competent(charter: Charter, post: str, of: Law) -> str:
    try:
        return charter.competent(post, of.region, of.on)
    except NoCompetentPost:
        return ""


def _names(charter: Charter, post: str) -> tuple[str, str]:
    """By what a post's office may be named: itself, and what it does."""
    office = charter.organisation_of(post)
    return office.id, office.function


def is_orphan(duty: Duty, current: Charter) -> bool:
    """Whether the assembly that owes it is no more by the charter in force, so that no meeting can do it."""
    return bool(duty.organ) and duty.organ not in current.organs
