"""All of it: from votes to groups, or to the honest answer that there are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from zhengtong.engines.opinions.clusters import Labels, silhouette, split
from zhengtong.engines.opinions.projection import Flags, Floats, Projection, centred, outwards, project, roughly
from zhengtong.engines.opinions.statements import Statements

MOST_GROUPS = 5
ENOUGH = 7  # votes, or as many as there are statements: who has fewer is placed, and in no group
_FINER = 0.02  # by so much a further group has to better the silhouette; Polis waits for it to stay instead
_SHUFFLES = 19  # chance has to do worse in each: one in twenty, five in a hundred


@dataclass(frozen=True)
class Opinions:
    """`grouped` is the group of each person, the largest is 0, and -1 is none. It is all -1 where groups are not clear.

    `silhouette` says how well people fall apart into groups, `chance` the best that shuffled votes came to.
    """

    votes: Floats
    projection: Projection
    grouped: Labels
    silhouette: float
    chance: float

    @property
    def clear(self) -> bool:
        """Whether there are groups beyond what chance makes."""
        return bool((self.grouped >= 0).any())

    @property
    def sizes(self) -> tuple[int, ...]:
        """People in each group."""
        return tuple(int(each) for each in np.bincount(self.grouped[self.grouped >= 0]))

    @cached_property
    def statements(self) -> Statements:
        """What the groups say; where none are clear, what all say together."""
        if self.clear:
            return Statements.counted(self.votes, self.grouped, len(self.sizes))
        return Statements.counted(self.votes, np.zeros(len(self.votes), dtype=np.intp), 1)


def opinions(
    votes: Floats, *, seed: int = 0, hidden: Flags | None = None, smallest: int = 1, shuffles: int = _SHUFFLES
) -> Opinions:
    """Find the groups of people (rows) by their votes on statements (columns): 1, -1, 0 passes, nan none.

    `hidden` statements count as passed by all, as Polis has it. A division with a group of fewer than `smallest` people
    is none, so that nobody is told apart with a few. Groups are clear if votes that are shuffled among those
    who voted on the same statement fall apart less, in each of `shuffles` tries. ValueError for other votes.
    """
    given = _checked(votes)
    none = np.zeros(given.shape[1], dtype=bool) if hidden is None else hidden
    weighed, votes = np.where(none, 0.0, given), np.where(none, np.nan, given)
    random = np.random.default_rng(seed)
    projection = project(weighed, seed=seed)
    enough = (~np.isnan(given)).sum(axis=1) >= min(ENOUGH, given.shape[1])
    grouped = np.full(len(votes), -1, dtype=np.intp)
    if enough.sum() < 2 * MOST_GROUPS or not projection.weight[0]:
        return Opinions(votes, projection, grouped, 0.0, 0.0)
    labels, found = _best(projection.places[enough], random, smallest)
    if found <= 0:
        return Opinions(votes, projection, grouped, 0.0, 0.0)
    chance = max(_by_chance(weighed, enough, int(labels.max()) + 1, shuffles, random), default=0.0)
    if found > chance:
        grouped[enough] = labels
    return Opinions(votes, projection, grouped, found, chance)


def _checked(votes: Floats) -> Floats:
    votes = np.asarray(votes, dtype=np.float64)
    if votes.ndim != 2 or not np.isin(votes[~np.isnan(votes)], (-1.0, 0.0, 1.0)).all():
        raise ValueError("votes are people × statements, and each is 1, -1, 0 or nan")
    return votes


def _best(places: Floats, random: np.random.Generator, smallest: int) -> tuple[Labels, float]:
    """The groups with the best silhouette; more groups only if they are plainly better. One group if none will do."""
    best, reached = np.zeros(len(places), dtype=np.intp), 0.0
    for count in range(2, MOST_GROUPS + 1):
        labels = split(places, count, random)
        found = silhouette(places, labels)
        if found > reached + _FINER and np.bincount(labels, minlength=count).min() >= smallest:
            best, reached = labels, found
    return best, reached


def _by_chance(
    votes: Floats, enough: Flags, groups: int, shuffles: int, random: np.random.Generator
) -> Iterator[float]:
    """The silhouette of as many groups, each time after a statement's votes were dealt anew to those who cast them."""
    dealt = np.ascontiguousarray(centred(votes).T, dtype=np.float32)
    cast = [np.flatnonzero(each) for each in ~np.isnan(votes.T)]
    out = outwards(votes)[enough, None]
    for _ in range(shuffles):
        for statement, people in zip(dealt, cast, strict=True):
            statement[people] = random.permutation(statement[people])
        places = (roughly(dealt.T)[enough] * out).astype(np.float64)
        yield silhouette(places, split(places, groups, random, starts=3))
