"""What groups say: statements that stand for one of them, and statements that bridge them.

Tests and measures are those of Polis (math/src/polismath/math/repness.clj, conversation.clj), worked out anew.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhengtong.engines.opinions.projection import Floats

Counts = NDArray[np.int64]

SURE = 1.2816  # of a normal variable, what nine in ten stay below
_MOST = 5


@dataclass(frozen=True)
class Representative:
    """A statement that stands for a group: by agreeing or disagreeing, by how many of those who voted."""

    statement: int
    agrees: bool
    part: float  # of those in the group who voted on it
    ratio: float  # how many times as likely as in the other groups
    sure: bool  # beyond chance in nine of ten cases; one that is not is named only where a group has no other


@dataclass(frozen=True)
class Statements:
    """Votes counted by group: agreeing, disagreeing, all; each is groups × statements."""

    agreed: Counts
    opposed: Counts
    seen: Counts

    @classmethod
    def counted(cls, votes: Floats, grouped: NDArray[np.intp], groups: int) -> "Statements":
        """Count the votes (people × statements) of those in groups."""
        parts = [votes[grouped == each] for each in range(groups)]
        return cls(
            agreed=np.stack([(each == 1).sum(axis=0) for each in parts]),
            opposed=np.stack([(each == -1).sum(axis=0) for each in parts]),
            seen=np.stack([(~np.isnan(each)).sum(axis=0) for each in parts]),
        )

    @cached_property
    def agreeing(self) -> Floats:
        """How likely each group is to agree with each statement, from its votes and a doubtful one (Laplace)."""
        return _likely(self.agreed, self.seen)

    @cached_property
    def opposing(self) -> Floats:
        """How likely each group is to disagree."""
        return _likely(self.opposed, self.seen)

    @cached_property
    def consensus(self) -> Floats:
        """Group-informed consensus of each statement, 0 to 1: how likely it is that all groups agree, or all disagree.

        A group counts the same, however many it has.
        """
        found: Floats = np.maximum(self.agreeing.prod(axis=0), self.opposing.prod(axis=0))
        return found

    def bridging(self) -> tuple[int, ...]:
        """Every statement on which most in each group are on the same side, beyond chance; the surest first."""
        cast = 2 * np.sqrt(self.seen + 2)
        sides = cast * (self.agreeing - 0.5) > SURE, cast * (self.opposing - 0.5) > SURE
        same = np.logical_or(sides[0].all(axis=0), sides[1].all(axis=0)).tolist()
        return tuple(each for each in np.argsort(-self.consensus, kind="stable").tolist() if same[each])

    def representative(self, group: int) -> tuple[Representative, ...]:
        """What the group says more than the others, at most five, the strongest first; at least one if it voted."""
        sides = [self._side(group, agrees=True), self._side(group, agrees=False)]
        agrees = sides[0].above >= sides[1].above
        strength = np.where(agrees, sides[0].strength, sides[1].strength)
        sure = np.where(agrees, sides[0].sure, sides[1].sure)
        voted = self.seen[group] > 0
        order = [int(each) for each in np.argsort(-strength, kind="stable") if voted[each]]
        chosen = [each for each in order if sure[each]][:_MOST] or order[:1]
        return tuple(sides[0 if agrees[each] else 1].told(each, agrees=bool(agrees[each])) for each in chosen)

    def _side(self, group: int, *, agrees: bool) -> "_Side":
        counts = self.agreed if agrees else self.opposed
        others = np.delete(counts, group, axis=0).sum(axis=0), np.delete(self.seen, group, axis=0).sum(axis=0)
        return _Side(counts[group], self.seen[group], *others)


@dataclass(frozen=True)
class _Side:
    """One side (agreeing or disagreeing) of each statement, in the group and outside of it."""

    inside: Counts
    inside_seen: Counts
    outside: Counts
    outside_seen: Counts

    @cached_property
    def likely(self) -> Floats:
        return _likely(self.inside, self.inside_seen)

    @cached_property
    def ratio(self) -> Floats:
        return self.likely / _likely(self.outside, self.outside_seen)

    @cached_property
    def beyond_half(self) -> Floats:
        """z of the part in the group against one half."""
        cast = self.inside_seen + 1
        found: Floats = 2 * np.sqrt(cast) * ((self.inside + 1) / cast - 0.5)
        return found

    @cached_property
    def above(self) -> Floats:
        """z of the part in the group against that outside."""
        inside, outside = self.inside_seen + 1, self.outside_seen + 1
        pooled = (self.inside + self.outside + 2) / (inside + outside)
        error = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / inside + 1 / outside))
        apart = (self.inside + 1) / inside - (self.outside + 1) / outside
        found: Floats = np.divide(apart, error, out=np.zeros_like(error), where=error > 0)
        return found

    @cached_property
    def sure(self) -> NDArray[np.bool_]:
        return (self.beyond_half > SURE) & (self.above > SURE)

    @cached_property
    def strength(self) -> Floats:
        found: Floats = self.ratio * self.above * self.likely * self.beyond_half
        return np.where((self.above > 0) & (self.beyond_half > 0), found, -np.abs(found))

    def told(self, statement: int, *, agrees: bool) -> Representative:
        part = self.inside[statement] / self.inside_seen[statement]
        return Representative(statement, agrees, float(part), float(self.ratio[statement]), bool(self.sure[statement]))


def _likely(counts: Counts, seen: Counts) -> Floats:
    found: Floats = (counts + 1) / (seen + 2)
    return found
