"""The method of equal shares (Peters, Pierczyński, Skowron 2021): every vote has the same money for what it supports.

In each round the project is bought that costs its supporters least for what it is worth to them; each pays the same for
a point, and who has less pays all that they have.

Exact and quick: votes that are alike are counted together, money is held in integers of one unit that is made finer
when a price needs it, and since prices only rise, a project is priced anew only when it seems to be the cheapest.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm
from typing import Literal

from zhengtong.engines.budgets.election import Election, Measure
from zhengtong.engines.budgets.greedy import greedy
from zhengtong.engines.budgets.outcome import Outcome, Purchase

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
    ballots, scale = _merged(election)

    def bought(share: Fraction) -> Outcome:
        market = _Market(election, ballots, share, measure, ties)
        return Outcome(election, tuple(Purchase(each, price * scale) for each, price in market.buy()), share)

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
    supported = {project for vote in outcome.election.votes for project in vote.points}
    while not (outcome.is_exhaustive or supported <= set(outcome.winners)):
        more = bought(outcome.share + step)
        if more.spent > outcome.election.budget:
            break
        outcome = more
    return outcome


@dataclass(slots=True, eq=False)
class _Ballot:
    """Votes that are alike: their points, in integers, how many they are, and the class of those with as much left."""

    points: dict[str, int]
    count: int
    held: int = 1


def _merged(election: Election) -> tuple[list[_Ballot], int]:
    """The ballots that differ, and how many of their points make one of the votes'."""
    counted = Counter(frozenset(each.points.items()) for each in election.votes)
    scale = lcm(*{points.denominator for ballot in counted for _, points in ballot})
    ballots = [
        _Ballot({project: int(points * scale) for project, points in ballot if points > 0}, count)
        for ballot, count in counted.items()
    ]
    return ballots, scale


class _Market:
    """One run. `money[c]` is what each vote of class c has left, in units of 1/`unit`."""

    def __init__(
        self, election: Election, ballots: list[_Ballot], share: Fraction, measure: Measure, ties: Sequence[str]
    ) -> None:
        costs = {each.id: each.cost for each in election.projects.values()}
        self.unit = lcm(share.denominator, *(each.denominator for each in costs.values()))
        self.costs = {project: int(cost * self.unit) for project, cost in costs.items()}
        self.worth = {project: election.worth(project, measure) for project in costs}
        self.order = election.order(ties)
        self.money = [0, int(share * self.unit)]
        self.ballots: dict[str, list[_Ballot]] = {}
        self.holders: dict[str, Counter[tuple[int, int]]] = {}  # by class and points, how many support a project
        for ballot in ballots:
            ballot.held = 1
            for project, points in ballot.points.items():
                self.ballots.setdefault(project, []).append(ballot)
                self.holders.setdefault(project, Counter())[1, points] += ballot.count

    def buy(self) -> list[tuple[str, Fraction]]:
        """Everything that is bought, round by round, with the price of a point."""
        free = [each for each in self.holders if not self.costs[each]]
        found = [(each, Fraction(0)) for each in sorted(free, key=self.order.__getitem__)]
        waiting = [(Fraction(0), self.order[each], each) for each in self.holders if self.costs[each]]
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
        held = [(self.money[kind], points, count) for (kind, points), count in self.holders[project].items()]
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

    def pay(self, project: str, price: Fraction) -> None:
        """Take what it costs from its supporters."""
        self._refine(price)
        amount = int(price * self.unit)
        became: dict[tuple[int, int], int] = {}
        del self.holders[project]
        for ballot in self.ballots[project]:
            before = ballot.held
            if before == _NOBODY:
                continue
            key = before, ballot.points[project]
            if key not in became:
                became[key] = self._class_of(self.money[before] - amount * key[1])
            ballot.held = became[key]
            self._move(ballot, before)

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

    def _move(self, ballot: _Ballot, before: int) -> None:
        """Count the votes in their new class, for each project that they support and that can still be bought."""
        for project, points in ballot.points.items():
            holders = self.holders.get(project)
            if holders is not None:
                holders[before, points] -= ballot.count
                if not holders[before, points]:
                    del holders[before, points]
                if ballot.held != _NOBODY:
                    holders[ballot.held, points] += ballot.count
