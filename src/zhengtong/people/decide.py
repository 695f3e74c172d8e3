"""May this post do this act in this matter, here and today; by which power, or why not? Values in, an answer out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.charter.grants import Grant


class Against(StrEnum):
    """Why a post may not, or the officer who sits in it."""

    NOT_SEATED = "not-seated"  # nobody of that name holds the post today
    NO_ACT = "no-act"  # the post has other acts in this matter here
    NO_MATTER = "no-matter"  # it has the act here, in other matters
    NO_REGION = "no-region"  # it has the act in this matter, elsewhere
    NO_TIME = "no-time"  # it had, or will have, the power
    NO_POWER = "no-power"  # nothing comes near
    OWN_CASE = "own-case"
    KIN = "kin"
    OWN_COMPANY = "own-company"
    EARLIER_DECISION = "earlier-decision"
    STOOD_ASIDE = "stood-aside"
    SPOKEN_OF = "spoken-of"  # the case is about their office
    RATED = "rated"  # they served whoever gave the rating that the case is about


CONFLICTS = frozenset(
    {
        *(Against.OWN_CASE, Against.KIN, Against.OWN_COMPANY),
        *(Against.EARLIER_DECISION, Against.STOOD_ASIDE, Against.SPOKEN_OF, Against.RATED),
    }
)
"""回避: what keeps one officer away from a case, whatever powers the post has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `against` is what is known of the officer: no seat, or a conflict of interest."""

    post: str
    act: str
    matter: str
    region: str
    on: date
    against: frozenset[Against] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer. `grant` is the power that the act rests on; `may` are the acts that the post has in this matter;
    `lapsed` is the power that would do, were it not over, or still to come.
    """

    question: Question
    grant: Grant | None = None
    against: tuple[Against, ...] = ()
    may: frozenset[str] = frozenset()
    lapsed: Grant | None = None

    @property
    def allowed(self) -> bool:
        return not self.against

    @property
    def power(self) -> str:
        """What the act names as its power; empty where there is none."""
        return self.grant.reference if self.grant else ""


def may_act(asked: Question, grants: Sequence[Grant]) -> Answer:
    """The one question. `grants` are those of the post: the charter's, and those that were delegated to it."""
    for grant in grants:
        if _is_here(grant, asked) and asked.act in grant.acts:
            return Answer(question=asked, grant=grant, against=tuple(sorted(asked.against)), may=grant.acts)
    may = frozenset(act for grant in grants if _is_here(grant, asked) for act in grant.acts)
    lacking = Against.NO_ACT if may else _nearest(asked, grants)
    return Answer(question=asked, against=(lacking, *sorted(asked.against)), may=may, lapsed=_lapsed(asked, grants))


def _lapsed(asked: Question, grants: Sequence[Grant]) -> Grant | None:
    """The last that would cover it on another day."""
    return next((grant for grant in reversed(grants) if asked.act in grant.acts and _covers(grant, asked)), None)


def _covers(grant: Grant, asked: Question) -> bool:
    return grant.over(asked.matter) and asked.region in grant.within


def _is_here(grant: Grant, asked: Question) -> bool:
    """Whether a power holds in this matter, in this region, on this day."""
    if grant.matters and asked.matter not in grant.matters:
        return False  # what is most often so comes first, without a call: a post may hold a thousand grants
    return asked.region in grant.within and grant.in_force(asked.on)


def _nearest(asked: Question, grants: Iterable[Grant]) -> Against:
    """What is missing of the power that comes nearest."""
    able = [grant for grant in grants if asked.act in grant.acts]
    if any(_covers(grant, asked) for grant in able):
        return Against.NO_TIME
    if any(grant.over(asked.matter) and grant.in_force(asked.on) for grant in able):
        return Against.NO_REGION
    if any(asked.region in grant.within and grant.in_force(asked.on) for grant in able):
        return Against.NO_MATTER
    return Against.NO_POWER
