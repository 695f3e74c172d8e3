"""A participatory budget: projects and what they cost, votes and what they support."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from zhengtong.engines.budgets.tally import Points, Tally, tallied

Measure = Literal["cost", "count"]
"""What a supported project is worth to a voter: the money that is spent on it, or one project like any other."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project by its id; `other` are further columns of its file."""

    id: str
    cost: Fraction
    name: str = ""
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vote:
    """Points for projects, in the order of the ballot: 1 for each approved, those given, or those of the rank."""

    voter: str
    points: Mapping[str, Points]
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Election:
    """All of it; `meta` is what its file says besides."""

    budget: Fraction
    projects: Mapping[str, Project]
    votes: Sequence[Vote]
    meta: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def tally(self) -> Tally:
        """The votes by columns, those that are alike together; put together once, by the reader of a file at once."""
        return tallied([each.points for each in self.votes])

    def worth(self, project: str, measure: Measure) -> Fraction:
        """What a point for the project is worth."""
        return self.projects[project].cost if measure == "cost" else Fraction(1)

    def order(self, ties: Sequence[str] = ()) -> dict[str, int]:
        """The place of each project where they are level: as declared, then by id."""
        declared = [*ties, *sorted(self.projects.keys() - set(ties))]
        return {project: place for place, project in enumerate(declared)}


def ranks(projects: Sequence[str]) -> dict[str, Points]:
    """The points of a ranked ballot: as many as there are projects on it for the first, one for the last."""
    return {project: len(projects) - place for place, project in enumerate(projects)}
