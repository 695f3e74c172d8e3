"""A panel is drawn fairly, by anybody who has the seed, and by nobody beforehand."""

from collections import Counter
from hashlib import sha256
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.sortition import (
    DrawFault,
    commitment,
    draw,
    joint_seed,
    new_seed,
    opens,
    seats_by_stratum,
    seats_within,
    seed_of_one,
)

SEED = bytes(32)
PEOPLE = {
    f"p{number}": ("young" if number % 3 else "old", "Heping" if number % 2 else "Jinhe") for number in range(120)
}


def test_seats_follow_the_public_by_largest_remainders():
    # Hamilton's method by hand: 10 seats for 47, 16, 16, 21 of 100: 4.7, 1.6, 1.6, 2.1, so the first three round up.
    weights = {("a",): 47, ("b",): 16, ("c",): 16, ("d",): 21}
    assert seats_by_stratum(weights, 10) == {("a",): 5, ("b",): 2, ("c",): 1, ("d",): 2}


def test_the_order_in_which_people_entered_does_not_matter():
    again = dict(reversed(PEOPLE.items()))
    assert draw(PEOPLE, seats=20, seed=SEED) == draw(again, seats=20, seed=SEED)


def test_anybody_can_draw_a_stratum_again_with_a_hash_alone():
    drawn = draw(dict.fromkeys(PEOPLE, ()), seats=7, seed=SEED)
    by_hand = sorted(PEOPLE, key=lambda name: sha256(SEED + len(name).to_bytes(4) + name.encode()).digest())
    assert list(drawn.panel) == by_hand[:7]


def test_who_follows_when_somebody_declines_is_drawn_too():
    drawn = draw(PEOPLE, seats=20, seed=SEED)
    assert sorted([*drawn.panel, *(name for each in drawn.strata for name in each.reserve)]) == sorted(PEOPLE)


def test_everybody_in_a_stratum_has_the_same_chance():
    members = {str(number): () for number in range(10)}
    counted = Counter(
        name for run in range(2000) for name in draw(members, seats=3, seed=run.to_bytes(32)).panel
    )  # each about 600 times; the seeds are fixed, so this cannot fail by chance
    assert set(counted) == set(members) and all(520 < times < 680 for times in counted.values())


def test_what_a_stratum_has_no_people_for_goes_to_the_others_by_their_weights():
    # 10 seats for 50, 30, 20: 5, 3, 2; the first has 2 people, so that 8 are for 30 and 20: 4.8 and 3.2
    weights, people = {("a",): 50, ("b",): 30, ("c",): 20}, {("a",): 2, ("b",): 9, ("c",): 9}
    assert seats_within(weights, people, 10) == {("a",): 2, ("b",): 5, ("c",): 3}


def test_who_is_of_no_weighed_stratum_sits_only_where_nobody_else_is_left():
    assert seats_within({("a",): 9}, {("a",): 2, ("b",): 4}, 2) == {("a",): 2, ("b",): 0}
    assert seats_within({("a",): 9}, {("a",): 2, ("b",): 4}, 3) == {("a",): 2, ("b",): 1}
    with pytest.raises(DrawFault):
        seats_within({("a",): 9}, {("a",): 2, ("b",): 4}, 7)


@given(
    st.dictionaries(st.tuples(st.sampled_from("abcde")), st.integers(0, 50)),
    st.dictionaries(st.tuples(st.sampled_from("abcde")), st.integers(0, 9), min_size=1),
    st.data(),
)
def test_every_seat_is_given_and_none_to_nobody(weights, people, data):
    seats = data.draw(st.integers(0, sum(people.values())))
    given_ = seats_within(weights, people, seats)
    assert sum(given_.values()) == seats
    assert all(many <= people.get(shape, 0) for shape, many in given_.items())


def test_a_stratum_with_too_few_people_is_named():
    with pytest.raises(DrawFault, match="old: 4 seats, but only 1 people"):
        draw({"a": ("old",), "b": ("young",)}, seats=8, seed=SEED, weights={("old",): 1, ("young",): 1})


def test_the_secret_that_was_committed_to_opens_it_and_no_other_does():
    kept = new_seed()
    assert opens(commitment(kept), kept)
    assert not opens(commitment(kept), new_seed())


def test_every_secret_their_order_and_the_public_part_make_the_seed():
    one, other, third = new_seed(), new_seed(), new_seed()
    seeds = [
        joint_seed([one, other], b"root 1"),
        joint_seed([other, one], b"root 1"),
        joint_seed([one, third], b"root 1"),
        joint_seed([one, other], b"root 2"),
        joint_seed([one], b"root 1"),
        joint_seed([one, other, third], b"root 1"),
        seed_of_one(one, b"root 1"),
    ]
    assert len(set(seeds)) == len(seeds)


def test_no_two_sets_of_parts_are_written_alike():
    # without lengths, a secret could be taken for the beginning of the public part
    one, other = new_seed(), new_seed()
    assert joint_seed([one, other], b"root") != joint_seed([one], other + b"root")
    assert joint_seed([one], b"root") != seed_of_one(one, b"root")


def test_anybody_works_the_seed_out_with_a_hash_alone():
    kept, public = [bytes([number]) * 32 for number in range(3)], b"root"
    parts = b"".join(len(each).to_bytes(4) + each for each in [*kept, public])
    by_hand = sha256(b"zhengtong sortition seed of several\n" + (3).to_bytes(4) + parts).digest()
    assert joint_seed(kept, public) == by_hand


@pytest.mark.parametrize(
    ("kept", "public"), [([], b"root"), ([bytes(31)], b"root"), ([bytes(32), b""], b"root"), ([bytes(32)], b"")]
)
def test_a_seed_of_less_is_none(kept, public):
    with pytest.raises(ValueError, match="something public"):
        joint_seed(kept, public)


def test_a_single_secret_that_is_withheld_leaves_every_panel_open():
    # all but one keeper and the head are known: what comes out still depends on the last secret alone
    known, public = [bytes([1]) * 32, bytes([2]) * 32], b"root"
    names = dict.fromkeys("abcdefghij", ())
    panels = Counter(
        draw(names, seats=1, seed=joint_seed([*known, tried.to_bytes(32)], public)).panel for tried in range(2000)
    )  # each about 200 times; the seeds are fixed, so this cannot fail by chance
    assert len(panels) == 10 and all(150 < times < 250 for times in panels.values())


MADE_BY_HAND = r"""
(printf 'zhengtong sortition commitment\n'; cat my.secret) | sha256sum
od -An -tx1 my.secret | tr -d ' \n'
"""


def test_the_commitment_is_what_sha256sum_makes(tmp_path):
    kept = new_seed()
    (tmp_path / "my.secret").write_bytes(kept)
    made = run(["sh", "-c", MADE_BY_HAND], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert made.split() == [commitment(kept), "-", kept.hex()]


@given(st.dictionaries(st.tuples(st.text(max_size=3)), st.integers(0, 1000), min_size=1), st.integers(1, 200))
def test_all_seats_are_given_and_nobody_is_a_whole_seat_from_their_share(weights, seats):
    total = sum(weights.values())
    if not total:
        return
    given_ = seats_by_stratum(weights, seats)
    assert sum(given_.values()) == seats
    assert all(abs(given_[shape] - seats * weight / total) < 1 for shape, weight in weights.items())
