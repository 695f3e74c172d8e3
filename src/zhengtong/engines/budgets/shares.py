"""The method of equal shares (Peters, Pierczyński, Skowron 2021): every vote has the same money for what it supports.

In each round the project is bought that costs its supporters least for what it is worth to them; each pays the same for
a point, and who has less pays all that they have.

Exact and quick: votes that are alike are counted together and by columns, those with as much money left share a class,
money is held in integers of one unit that is made finer when a price needs it, and since prices only rise, a project is
priced anew only when it seems to be the cheapest.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import ceil, gcd, lcm
from typing import Literal

import numpy as np

from zhengtong.engines.budgets.election import Election, Measure
from zhengtong.engines.budgets.greedy import greedy
from zhengtong.engines.budgets.outcome import Outcome, Purchase
from zhengtong.engines.budgets.tally import Rows, Tally

Completion = Literal["none", "greedy", "add1", "add1u"]
_NOBODY = 0  # the class of those who have nothing left


def equal_shares(
    election: Election,
    *,
    measure: Measure = "cost",
    completion: Completion = "none",
    step: Fraction | int = 1,
    ties: Sequence[str] = (),
) -> Outcome:
    """What is bought when every vote has an equal share of the budget.

    It mostly leaves money over. `completion`: `greedy` spends it greedily; `add1` gives every vote more, by `step`, as
    long as the budget holds and something would still fit; `add1u` does that and then spends the rest greedily.
    Where projects are level, `ties` decides, then the order of their ids.
    """
    if step <= 0:
        raise ValueError("the step has to be more than nothing")
    tally = election.tally

    def bought(share: Fraction) -> Outcome:
        market = _Market(election, tally, share, measure, ties)
        return Outcome(election, tuple(Purchase(each, price * tally.scale) for each, price in market.buy()), share)

    outcome = bought(_share(election))
    if completion in {"add1", "add1u"}:
        outcome = _added(outcome, bought, Fraction(step))
    if completion in {"greedy", "add1u"}:
        completed = greedy(election, measure=measure, ties=ties, chosen=outcome.purchases)
        return replace(completed, share=outcome.share)
    return outcome


def _share(election: Election) -> Fraction:
    return election.budget / len(election.votes) if election.votes else Fraction(0)


def _added(outcome: Outcome, bought: Callable[[Fraction], Outcome], step: Fraction) -> Outcome:
    """The last outcome that the budget holds, or the first after which nothing more would fit."""
    supported = outcome.election.tally.support.keys()
    while not (outcome.is_exhaustive or supported <= set(outcome.winners)):
        more = bought(outcome.share + step * _steps(outcome, step))
        if more.spent > outcome.election.budget:
            break
        outcome = more
    return outcome


def _steps(outcome: Outcome, step: Fraction) -> int:
    """How many steps to take at once: until some further project could be paid by those who support it.

    Before, nothing but what was bought already can be bought, and neither is the budget spent nor does less fit.
    """
    election, chosen = outcome.election, set(outcome.winners)
    missing = [
        election.projects[project].cost / int(support.counts.sum()) - outcome.share
        for project, support in election.tally.support.items()
        if project not in chosen
    ]
    return max(1, ceil(min(missing) / step))


class _Market:
    """One run. `money[c]` is what each vote of class c has left, in units of 1/`unit`."""

    def __init__(
        self, election: Election, tally: Tally, share: Fraction, measure: Measure, ties: Sequence[str]
    ) -> None:
        costs = {each.id: each.cost for each in election.projects.values()}
        self.unit = lcm(share.denominator, *(each.denominator for each in costs.values()))
        self.costs = {project: int(cost * self.unit) for project, cost in costs.items()}
        self.worth = {project: election.worth(project, measure) for project in costs}
        self.order = election.order(ties)
        self.money = [0, int(share * self.unit)]
        self.tally = tally
        self.held = np.ones(tally.ballots, dtype=np.intp)

    def buy(self) -> list[tuple[str, Fraction]]:
        """Everything that is bought, round by round, with the price of a point."""
        free = [each for each in self.tally.support if not self.costs[each]]
        found = [(each, Fraction(0)) for each in sorted(free, key=self.order.__getitem__)]
        waiting = [(Fraction(0), self.order[each], each) for each in self.tally.support if self.costs[each]]
        heapify(waiting)
        while waiting:
            _, place, project = heappop(waiting)
            price = self.price(project)
            if price is None:
                continue  # its supporters cannot pay for it any more, and never will
            dearness = price / self.worth[project]
            if waiting and (dearness, place) > waiting[0][:2]:
                heappush(waiting, (dearness, place, project))
            else:
                self.pay(project, price)
                found.append((project, price))
        return found

    def price(self, project: str) -> Fraction | None:
        """What each supporter pays for a point; None where they do not have the money together."""
        held = self.holders(project)
        missing, shares = self.costs[project], sum(points * count for _, points, count in held)
        if sum(money * count for money, _, count in held) < missing:
            return None
        common = lcm(*{points for _, points, _ in held})
        held.sort(key=lambda each: each[0] * (common // each[1]))  # who can pay least for a point comes first
        for money, points, count in held:
            if money * shares >= missing * points:
                break
            missing -= money * count
            shares -= points * count
        return Fraction(missing, shares * self.unit)

    def holders(self, project: str) -> list[tuple[int, int, int]]:
        """Who supports a project and has money, by what they have and the points that they give: how many they are."""
        kinds, points = self._kinds(project), self.tally.points
        counted = np.bincount(kinds, self.tally.support[project].counts)
        found = np.flatnonzero(counted[len(points) :]) + len(points)  # the first so many are those who have nothing
        pairs = zip(found.tolist(), counted[found].tolist(), strict=True)
        return [(self.money[kind // len(points)], points[kind % len(points)], int(count)) for kind, count in pairs]

    def _kinds(self, project: str) -> Rows:
        """The class of each ballot that supports a project, times the number of codes, plus the code of its points."""
        support = self.tally.support[project]
        return self.held[support.rows] * len(self.tally.points) + support.codes

    def pay(self, project: str, price: Fraction) -> None:
        """Take what it costs from its supporters."""
        self._refine(price)
        amount, points = int(price * self.unit), self.tally.points
        kinds, at = np.unique(self._kinds(project), return_inverse=True)
        became = [
            self._class_of(self.money[kind // len(points)] - amount * points[kind % len(points)])
            for kind in kinds.tolist()
        ]
        self.held[self.tally.support[project].rows] = np.array(became, dtype=np.intp)[at]

    def _refine(self, price: Fraction) -> None:
        """Make the unit so fine that the price is an integer."""
        finer = price.denominator // gcd(price.denominator, self.unit)
        if finer > 1:
            self.unit *= finer
            self.money = [each * finer for each in self.money]
            self.costs = {project: cost * finer for project, cost in self.costs.items()}

    def _class_of(self, money: int) -> int:
        if money <= 0:
            return _NOBODY
        self.money.append(money)
        return len(self.money) - 1
