"""The greedy rule that most cities use: the most points for the money first, as long as it fits."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from zhengtong.engines.budgets.election import Election, Measure
from zhengtong.engines.budgets.outcome import Outcome, Purchase, cost_of


def greedy(
    election: Election, *, measure: Measure = "cost", ties: Sequence[str] = (), chosen: Sequence[Purchase] = ()
) -> Outcome:
    """The projects of most worth for their cost; by `cost` those of most votes. What does not fit is passed over.

    `chosen` are bought already. Projects without any point are not bought.
    """
    points = points_of(election)
    order, taken = election.order(ties), {each.project for each in chosen}
    left = election.budget - cost_of(election, [each.project for each in chosen])
    bought = list(chosen)
    for project in sorted(points, key=lambda each: (-_density(election, each, points[each], measure), order[each])):
        cost = election.projects[project].cost
        if project not in taken and cost <= left:
            left -= cost
            bought.append(Purchase(project, None))
    return Outcome(election, tuple(bought), Fraction(0))


def points_of(election: Election) -> dict[str, Fraction]:
    """The sum of points of each project that has some."""
    tally = election.tally
    found = {}
    for project, support in tally.support.items():
        counted = np.bincount(support.codes, support.counts).tolist()
        whole = sum(int(count) * points for count, points in zip(counted, tally.points, strict=False))
        found[project] = Fraction(whole, tally.scale)
    return found


def _density(election: Election, project: str, points: Fraction, measure: Measure) -> Fraction:
    cost = election.projects[project].cost
    if measure == "cost":
        return points
    return points / cost if cost else points * 10**30  # what costs nothing comes first
