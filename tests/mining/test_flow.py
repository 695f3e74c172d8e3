from collections import Counter
from datetime import timedelta
from itertools import groupby, pairwise

import pytest

from tests.mining.logs import parsed, random_cases, small
from zhengtong.engines.mining import (
    corrections,
    edges,
    follows,
    hand_overs,
    ping_pong,
    rework,
    steps,
    variants,
)

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_follows_what_is_counted_as_by_hand(seed: int) -> None:
    cases = parsed(random_cases(seed))
    expected = Counter(pair for case in cases for pair in pairwise(name for name, _, _ in case))
    with small(*random_cases(seed)) as log:
        assert follows(log) == expected
        assert {(edge.source, edge.target): edge.count for edge in edges(log)} == expected
        within = {pair: sum(pair in set(pairwise(n for n, _, _ in case)) for case in cases) for pair in expected}
        assert {(edge.source, edge.target): edge.cases for edge in edges(log)} == within
        assert {edge.median for edge in edges(log)} == {3600.0}


@pytest.mark.parametrize("seed", SEEDS)
def test_variants_are_counted_as_by_hand(seed: int) -> None:
    cases = random_cases(seed) * 2
    expected = Counter(tuple(name for name, _, _ in case) for case in parsed(cases))
    with small(*cases) as log:
        found = variants(log)
        assert {each.way: each.count for each in found} == expected
        assert [each.count for each in found] == sorted(expected.values(), reverse=True)
        assert variants(log, top=2) == found[:2]


@pytest.mark.parametrize("seed", SEEDS)
def test_steps_are_counted_as_by_hand(seed: int) -> None:
    cases = [[name for name, _, _ in case] for case in parsed(random_cases(seed))]
    with small(*random_cases(seed)) as log:
        for step in steps(log):
            assert step.count == sum(case.count(step.name) for case in cases)
            assert step.first == sum(case[0] == step.name for case in cases)
            assert step.last == sum(case[-1] == step.name for case in cases)


@pytest.mark.parametrize("seed", SEEDS)
def test_hand_overs_are_counted_as_by_hand(seed: int) -> None:
    expected = Counter[tuple[str, str]]()
    for case in parsed(random_cases(seed)):
        expected.update((a, b) for (_, a, _), (_, b, _) in pairwise(case) if a and b and a != b)
    with small(*random_cases(seed)) as log:
        assert {(each.source, each.target): each.count for each in hand_overs(log)} == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_ping_pong_is_counted_as_by_hand(seed: int) -> None:
    expected = Counter[tuple[str, str]]()
    touched = 0
    for case in parsed(random_cases(seed)):
        runs = [office for office, _ in groupby(office for _, office, _ in case if office)]
        back = [(office, runs[at - 1]) for at, office in enumerate(runs) if office in runs[:at]]
        expected.update(back)
        touched += bool(back)
    with small(*random_cases(seed)) as log:
        found = ping_pong(log)
        assert {(each.office, each.other): each.count for each in found.returns} == expected
        assert (found.cases, found.of, found.count) == (touched, 30, sum(expected.values()))


def test_work_that_stays_in_an_office_does_not_come_back_to_it() -> None:
    with small("a@x b@x c d@x") as log:
        assert ping_pong(log).count == 0


def test_ping_pong_tells_how_long_the_work_was_away() -> None:
    with small("a@x b@x c@y d@y e@x") as log:
        (back,) = ping_pong(log).returns
        assert (back.office, back.other, back.away) == ("x", "y", 3 * 3600)


def test_ties_in_time_invent_no_ping_pong() -> None:
    with small("a@x b@x c@y d@y", step=timedelta(0)) as log:
        assert ping_pong(log).count == 0
        assert follows(log) == {("a", "b"): 1, ("b", "c"): 1, ("c", "d"): 1}


def test_rework_tells_repeats_at_once_from_later_ones() -> None:
    with small("a a b a", "a b", "b b b") as log:
        assert {each.name: (each.cases, each.at_once, each.later) for each in rework(log)} == {
            "a": (1, 1, 1),
            "b": (1, 2, 0),
        }


def test_corrections_are_known_by_their_name_or_by_being_named() -> None:
    with small("file 补正 grant", "file T03-Adjust grant", "file grant") as log:
        assert {each.name: each.count for each in corrections(log)} == {"补正": 1, "T03-Adjust": 1}
        (grant,) = corrections(log, names=["grant"])
        assert (grant.count, grant.share) == (3, 1.0)
