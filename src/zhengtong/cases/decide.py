"""Which holder of a post gets a step: values in, a choice with its reasons out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who holds the post today and is there: what they can do, and how many open steps they have."""

    person: int
    skills: frozenset[str] = frozenset()
    load: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who gets it. `skill` is the wanted one, if they have it; `load` is what they had open before."""

    person: int
    skill: str
    load: int


def choose(candidates: Sequence[Candidate], *, skill: str = "") -> Choice | None:
    """Those with the skill go first; among them whoever has the fewest open steps; the earliest known of equals.

    If nobody has the skill, whoever has the fewest gets it all the same: a step never waits for a course to be taken.
    """
    able = [each for each in candidates if skill in each.skills] if skill else []
    best = min(able or candidates, key=lambda each: (each.load, each.person), default=None)
    return Choice(person=best.person, skill=skill if able else "", load=best.load) if best else None
