"""The greedy rule that most cities use: the most points for the money first, as long as it fits."""

from collections.abc import Sequence
from fractions import Fraction

from zhengtong.engines.budgets.election import Election, Measure, Points
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


def points_of(election: Election) -> dict[str, Points]:
    """The sum of points of each project that has some."""
    found: dict[str, Points] = {}
    for vote in election.votes:
        for project, points in vote.points.items():
            found[project] = found.get(project, 0) + points
    return {project: points for project, points in found.items() if points}


def _density(election: Election, project: str, points: Points, measure: Measure) -> Points:
    cost = election.projects[project].cost
    if measure == "cost":
        return points
    return points / cost if cost else points * 10**30  # what costs nothing comes first
