"""The method of equal shares: worked by hand, held against its definition, and explained to each voter."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.budgets.elections import ABSENT, election, files
from zhengtong.engines.budgets import equal_shares, greedy, read


def plain(budget, costs, ballots, measure):
    """The definition, word for word: every round prices every project anew, voter by voter, in fractions."""
    left = [Fraction(budget, len(ballots)) for _ in ballots]
    bought = []
    while True:
        offers = []
        for project in sorted(costs.keys() - set(bought)):
            worth = {each: ballot[project] for each, ballot in enumerate(ballots) if ballot.get(project)}
            price = lowest(costs[project], worth, left)
            if price is not None:
                offers.append((price / (costs[project] if measure == "cost" else 1), project, price, worth))
        if not offers:
            return bought
        _, project, price, worth = min(offers)
        for voter, points in worth.items():
            left[voter] -= min(left[voter], price * points)
        bought.append(project)


def lowest(cost, worth, left):
    """The price of a point at which the supporters, each paying no more than there is, pay the cost."""
    if not worth or sum(left[each] for each in worth) < cost:
        return None
    limits = sorted({left[each] / points for each, points in worth.items()})
    for limit in limits:
        if sum(min(left[each], limit * points) for each, points in worth.items()) >= cost:
            rich = sum(points for each, points in worth.items() if left[each] >= limit * points)
            poor = sum(left[each] for each, points in worth.items() if left[each] < limit * points)
            return Fraction(cost - poor) / rich
    return None


COSTS = st.lists(st.integers(1, 12), min_size=1, max_size=5).map(lambda costs: dict(zip("abcde", costs, strict=False)))
BALLOTS = st.lists(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 4)), min_size=1, max_size=7)


@settings(max_examples=150)
@given(budget=st.integers(0, 40), costs=COSTS, ballots=BALLOTS, measure=st.sampled_from(["cost", "count"]))
def test_it_buys_what_the_definition_buys_and_the_votes_pay_for_it_exactly(budget, costs, ballots, measure):
    ballots = [{project: points for project, points in each.items() if project in costs} for each in ballots]
    asked = election(budget, costs, ballots)
    outcome = equal_shares(asked, measure=measure)
    assert list(outcome.winners) == plain(budget, costs, ballots, measure)
    payments = [outcome.payments(vote) for vote in asked.votes]
    for project in outcome.winners:
        assert sum(each.paid for paid in payments for each in paid if each.project == project) == costs[project]
    assert all(sum(each.paid for each in paid) <= outcome.share for paid in payments)


def test_a_minority_gets_its_part_where_the_greedy_rule_gives_it_nothing():
    asked = election(90, {"a": 30, "b": 30, "c": 30, "d": 30}, {"abc": 6, "d": 3})
    assert set(equal_shares(asked).winners) == {"a", "b", "d"}
    assert set(greedy(asked).winners) == {"a", "b", "c"}


def test_who_has_less_pays_all_that_they_have_and_the_others_pay_the_rest():
    asked = election(30, {"a": 12, "b": 12}, {"ab": 1, "a": 1, "b": 1})
    outcome = equal_shares(asked)
    assert outcome.winners == ("a", "b")
    paid = [[each.paid for each in outcome.payments(vote)] for vote in asked.votes]
    assert paid == [[6, 4], [6], [8]]


def test_each_voter_is_told_what_their_vote_paid():
    asked = election(10, {"a": 7, "b": 90, "c": 3}, {"a": 2, "b": 1, "c": 1})
    outcome = equal_shares(asked, completion="greedy")
    first, _, hopeless, cheap = asked.votes
    assert outcome.sentences(hopeless, "en") == ["None of the projects that you support was chosen."]
    assert outcome.sentences(first, "en") == ["“a”, which you support, was paid from what was left."]
    assert outcome.sentences(cheap, "zh-Hans") == ["“c”由剩余的预算支付。"]
    told = equal_shares(election(16, {"a": 7}, {"a": 2})).sentences(first, "en")
    assert told == ["Your vote paid 3.50 of the 7 that “a” costs."]


def test_more_for_everybody_is_given_as_long_as_the_budget_holds():
    asked = election(10, {"a": 6, "b": 4}, {"a": 2, "b": 1})
    assert equal_shares(asked).winners == ("a",)
    assert equal_shares(asked, completion="add1").winners == ("a", "b")
    assert equal_shares(asked, completion="add1").share == Fraction(10, 3) + 1
    over = election(10, {"a": 6, "b": 5, "c": 1}, {"a": 2, "b": 1})
    assert equal_shares(over, completion="add1").winners == ("a",)
    assert equal_shares(over, completion="add1u").winners == ("a",)


@settings(max_examples=80)
@given(budget=st.integers(1, 40), costs=COSTS, ballots=BALLOTS)
def test_steps_that_are_taken_at_once_come_out_as_if_taken_one_by_one(budget, costs, ballots):
    ballots = [{project: 1 for project in each if project in costs} for each in ballots]
    asked = election(budget, costs, ballots)
    supported = {project for each in ballots for project in each}
    winners, more = equal_shares(asked).winners, Fraction(budget)
    while supported > set(winners) and any(
        costs[each] <= budget - sum(costs[won] for won in winners) for each in costs.keys() - set(winners)
    ):
        more += Fraction(len(ballots), 2)
        found = equal_shares(election(more, costs, ballots)).winners
        if sum(costs[each] for each in found) > budget:
            break
        winners = found
    assert equal_shares(asked, completion="add1", step=Fraction(1, 2)).winners == winners


def test_the_declared_order_decides_between_projects_that_are_level():
    asked = election(5, {"a": 5, "b": 5}, {"ab": 2})
    assert equal_shares(asked).winners == ("a",)
    assert equal_shares(asked, ties=["b"]).winners == ("b",)
    assert greedy(asked, ties=["b"]).winners == ("b",)


def test_nobody_votes_or_nothing_is_there():
    assert equal_shares(election(5, {"a": 5}, [])).winners == ()
    assert equal_shares(election(5, {}, [""]), completion="add1u").winners == ()
    assert equal_shares(election(0, {"a": 0, "b": 1}, {"ab": 1})).winners == ("a",)


def test_a_step_of_nothing_is_refused():
    with pytest.raises(ValueError, match="step"):
        equal_shares(election(5, {"a": 9}, {"a": 1}), completion="add1", step=0)


@pytest.mark.skipif(not files(), reason=ABSENT)
@pytest.mark.parametrize("path", files(20_000), ids=lambda path: path.stem[:40])
def test_real_elections_are_paid_to_the_last_hundredth(path):
    asked = read(path.read_bytes())
    outcome = equal_shares(asked, completion="add1u", step=Fraction(asked.budget, 100))
    assert outcome.spent <= asked.budget
    assert outcome.is_exhaustive or len(outcome.winners) >= len({p for v in asked.votes for p in v.points})
    bought = [each.project for each in outcome.purchases if each.price is not None]
    paid = [each for vote in asked.votes for each in outcome.payments(vote)]
    assert sum(each.paid for each in paid) == sum(asked.projects[each].cost for each in bought)
