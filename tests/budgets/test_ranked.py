"""Ranked and approved names: published examples, ties by a declared order, ballots that are none."""

from fractions import Fraction

import pytest

from zhengtong.engines.budgets import approval, borda, schulze, transferable

TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}  # Memphis, Nashville, Chattanooga, Knoxville
SCHULZE = {  # Schulze 2011, example 1 of 45 voters
    "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
}  # fmt: skip


def ballots(counted):
    return [tuple(each) for each, count in counted.items() for _ in range(count)]


@pytest.mark.parametrize(("rule", "elected"), [(borda, "N"), (schulze, "N"), (transferable, "K")])
def test_the_capital_of_tennessee_depends_on_the_rule(rule, elected):
    assert rule("MNCK", ballots(TENNESSEE)).elected == (elected,)


def test_borda_gives_points_by_place():
    assert borda("MNCK", ballots(TENNESSEE)).rounds[0].tally == {"M": 126, "N": 194, "C": 173, "K": 107}
    assert borda("ABC", [("A",)]).rounds[0].tally == {"A": 2, "B": Fraction(1, 2), "C": Fraction(1, 2)}


def test_schulze_finds_the_strongest_chains():
    count = schulze("ABCDE", ballots(SCHULZE), seats=5)
    assert count.elected == tuple("EACBD")
    assert not count.rounds[0].by_order


def test_the_most_approved_are_elected_and_the_order_decides_between_those_level():
    count = approval("ABC", [("A", "B"), ("B",), ("C",)], seats=2, ties=["C"])
    assert count.elected == ("B", "C")
    assert count.rounds[0].by_order
    assert approval("ABC", [("A", "B"), ("B",), ("C",)], seats=2).elected == ("B", "A")


def test_what_an_elected_option_has_over_the_quota_goes_on():
    counted = {"AB": 4, "AC": 2, "D": 3}  # the quota is 4; of the 6 of A a third goes on
    count = transferable("ABCD", ballots(counted), seats=2)
    assert count.elected == ("A", "D")
    assert count.rounds[0].elected == ("A",)
    assert count.rounds[1].tally == {"B": Fraction(4, 3), "C": Fraction(2, 3), "D": 3}


def test_the_weakest_goes_out_and_the_order_decides_between_those_level():
    rounds = transferable("ABC", ballots({"A": 2, "BA": 1, "CA": 1}), ties=["C"]).rounds
    assert (rounds[0].out, rounds[0].by_order) == ("B", True)


def test_seats_are_filled_though_ballots_are_spent():
    assert transferable("ABC", [("A",)], seats=3).elected == ("A", "B", "C")
    assert transferable("AB", []).elected == ("A",)


@pytest.mark.parametrize("rule", [approval, borda, schulze, transferable])
@pytest.mark.parametrize(
    ("options", "ballot", "seats"), [("AB", ("A", "A"), 1), ("AB", ("C",), 1), ("AA", (), 1), ("AB", (), 3)]
)
def test_what_is_no_ballot_or_no_race_is_refused(rule, options, ballot, seats):
    with pytest.raises(ValueError, match=r"options|names"):
        rule(options, [ballot], seats=seats)
