"""Cases arrive, wait for staff and are decided: by hand, by the textbook, and beside a plain slow simulation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import factorial, log
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.process.blocks import TREES, drawn
from tests.process.drawings import model
from tests.process.slow_simulation import Slow
from zhengtong.engines.process.simulation import (
    Arrivals,
    Hours,
    Plan,
    PlanFault,
    Result,
    Staff,
    Times,
    compare,
    simulate,
)
from zhengtong.engines.process.simulation.run import Run
from zhengtong.engines.process.simulation.work import Crew, Work

MONDAY = date(2026, 1, 5)
OFFICE = Hours(MONDAY)
ALWAYS = Hours(MONDAY, lambda _: True, 0, 1440)
ONE_STEP = model("user a post=desk/one\nstart -> a -> end")
EXPONENTIAL = Times(tuple(-log(1 - (place + 0.5) / 5000) for place in range(5000)))  # of mean 1


@dataclass(frozen=True)
class At(Arrivals):
    """Arrivals at clocks that are known."""

    clocks: tuple[float, ...] = ()

    def moments(self, hours: Hours, count: int, chance: Random) -> list[float]:
        return list(self.clocks)


def clock(day: int, hour: int, minute: int = 0) -> float:
    return day * 1440.0 + hour * 60 + minute


def plan(drawing: str = "", **changed: Any) -> Plan:
    base = Plan(
        name="now",
        model=model(drawing) if drawing else ONE_STEP,
        arrivals=Arrivals(10),
        staff=[Staff(("desk/one",), 1)],
        times={},
        hours=OFFICE,
    )
    return replace(base, **changed)


def at(*clocks: float, **changed: Any) -> Run:
    """A run of cases that arrive then."""
    run = Run(plan(arrivals=At(1, clocks=clocks), **changed), len(clocks), 1)
    run.play()
    return run


def waits(run: Run, node: str = "a") -> list[float]:
    return list(run.tally.waits[node])


# by hand


def test_one_clerk_takes_one_after_the_other():
    run = at(clock(0, 9), clock(0, 9, 10), clock(0, 9, 20))
    assert waits(run) == [0, 20, 40]
    assert list(run.tally.took) == [30, 50, 70]
    assert run.result().posts[0].load == 1.0


def test_two_clerks_take_two_at_once():
    run = at(clock(0, 9), clock(0, 9, 10), clock(0, 9, 20), staff=[Staff(("desk/one",), 2)])
    assert waits(run) == [0, 0, 10]
    assert list(run.tally.took) == [30, 30, 40]


def test_what_is_not_done_in_the_evening_is_done_in_the_morning():
    run = at(clock(4, 16, 50))  # a Friday
    assert list(run.tally.took) == [30]
    assert OFFICE.at(run.tally.last) == clock(7, 9, 20)


def test_who_comes_at_night_waits_from_the_morning():
    run = at(clock(0, 20), clock(1, 3))
    assert waits(run) == [0, 30]


def test_those_who_come_only_on_saturday_are_waited_for():
    saturday = Hours(MONDAY, lambda day: day.weekday() == 5)
    run = at(clock(0, 9), clock(5, 10), staff=[Staff(("desk/one",), 1, saturday)])
    assert run.tally.last == clock(5, 10, 30)
    assert waits(run) == [5 * 480, 0]  # all five days of the office; on Saturday it is closed
    assert run.result().posts[0].load == pytest.approx(60 / 90)


def test_who_works_at_night_goes_on_after_midnight_and_leaves_in_the_morning():
    night = Hours(MONDAY, lambda _: True, 22 * 60, 30 * 60)
    run = at(clock(0, 12), clock(1, 5, 45), staff=[Staff(("desk/one",), 1, night)], usual=Times((180.0,)))
    assert run.tally.last == clock(2, 0, 45)  # begun at 5:45, fifteen minutes before the end of the night
    assert waits(run) == [300, 0]


def test_work_that_ends_with_the_day_has_ended_on_that_day():
    mornings = Hours(MONDAY, opens=540, closes=720)
    run = at(clock(0, 9), clock(0, 9), staff=[Staff(("desk/one",), 1, mornings)], usual=Times((180.0,)))
    assert run.tally.took.tolist() == [180, 660]
    assert waits(run) == [0, 480]  # the second is begun on the next morning


def test_a_specialist_leaves_to_others_what_they_can_do():
    drawing = "user a post=desk/one\nuser b post=desk/two\nstart -> xor1\nxor1 => a -> end\nxor1 -> b -> end : two = 1"
    staff = [Staff(("desk/one",), 1, name="clerk"), Staff(("desk/one", "desk/two"), 1, name="expert")]
    kinds = ((1.0, {"two": 0}), (0.0, {"two": 1}))
    alone = simulate(plan(drawing, staff=staff, arrivals=At(1, clocks=(540.0, 600.0), kinds=kinds)), cases=2, seed=1)
    assert [each.load > 0 for each in alone.posts] == [True, False]
    both = simulate(plan(drawing, staff=staff, arrivals=At(1, clocks=(540.0, 540.0), kinds=kinds)), cases=2, seed=1)
    assert [each.load for each in both.posts] == [1.0, 1.0]
    assert both.mean == 30


def test_the_party_takes_time_and_waits_for_nobody():
    drawing = "user a post=party\nstart -> a -> end"
    run = at(clock(0, 9), clock(0, 9), staff=[], model=model(drawing), usual=Times((24 * 60.0,)))
    assert list(run.tally.took) == [480, 480]


def test_silence_decides_when_nobody_comes():
    drawing = (
        "user a post=desk/one\nboundary late on=a timer=P2WD\nend silent outcome=silent\nend done outcome=done\n"
        "start -> a -> done\nlate -> silent"
    )
    run = at(clock(0, 9), clock(0, 9), clock(0, 9), model=model(drawing), usual=Times((960.0 + 60,)))
    assert run.result().outcomes == {"silent": 3}
    assert waits(run) == [0]  # the clerk ends what was begun, and then nobody waits any more


def test_the_rules_are_asked_with_the_facts_of_the_case():
    drawing = (
        'rule r into=risk\nuser a post=desk/one\nstart -> r -> xor1\nxor1 -> a -> end : risk = "high"\nxor1 => end'
    )
    asked: list[object] = []

    def rules(decision: str, facts: Any) -> object:
        asked.append((decision, facts["area"]))
        return "high" if facts["area"] > 100 else "low"

    kinds = ((1.0, {"area": 50}), (1.0, {"area": 200}))
    found = simulate(plan(drawing, rules=rules, arrivals=Arrivals(10, kinds=kinds)), cases=400, seed=1)
    assert sorted(asked) == [("d", 50), ("d", 200)]  # once for each kind of case
    assert 150 < found.steps[0].done < 250


def test_outcomes_come_as_often_as_their_weights_say():
    drawing = (
        "user a post=desk/one outputs=answer:yes|no\nend good outcome=good\nend bad outcome=bad\n"
        'start -> a -> xor1\nxor1 -> good : answer = "yes"\nxor1 => bad'
    )
    found = simulate(plan(drawing, outcomes={"a": {"yes": 3, "no": 1}}), cases=4000, seed=1)
    assert found.outcomes["good"] == pytest.approx(3000, abs=3 * (4000 * 3 / 16) ** 0.5)


def test_a_message_comes_after_its_time_and_only_the_first_of_several_counts():
    drawing = (
        "event e\ncatch paid message=paid\ncatch lost timer=P5WD\nend good outcome=paid\nend bad outcome=lost\n"
        "start -> e -> paid -> good\ne -> lost -> bad"
    )
    times = {"paid": Times((100.0, 20 * 1440.0))}
    found = simulate(plan(drawing, staff=[], times=times), cases=1000, seed=1)
    assert found.ended == 1000
    assert set(found.outcomes) == {"paid", "lost"}


def test_what_never_comes_is_told():
    found = simulate(plan("catch never signal=x\nstart -> never -> end", staff=[], limit_days=5), cases=10, seed=1)
    assert (found.ended, found.waiting, found.on_time) == (0, {"never": 10}, 0.0)


# by the textbook


def erlang_c(servers: int, load: float) -> float:
    """The chance of waiting; `load` in servers."""
    top = load**servers / factorial(servers) * servers / (servers - load)
    return top / (sum(load**each / factorial(each) for each in range(servers)) + top)


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.5), (1, 0.7), (3, 0.8)])
def test_waiting_is_as_erlang_says(servers: int, busy: float):
    """M/M/c: the mean wait is C / (c μ - λ), with μ = 1 (Gross and Harris, 2.4)."""
    arrivals = Arrivals(busy * servers * 1440, hours=dict.fromkeys(range(24), 1.0))
    queue = plan(arrivals=arrivals, staff=[Staff(("desk/one",), servers)], hours=ALWAYS, usual=EXPONENTIAL)
    means = [simulate(queue, cases=8_000, seed=seed).steps[0].mean_wait for seed in range(8)]
    expected = erlang_c(servers, busy * servers) / (servers - busy * servers)
    mean = sum(means) / 8
    half = 2.365 * (sum((each - mean) ** 2 for each in means) / 7 / 8) ** 0.5
    assert abs(mean - expected) < half
    assert half < 0.15 * expected


# beside a slow simulation

PERMIT = (
    "user accept post=window/clerk outputs=accepted:yes|no\n"
    "user fire post=fire/officer\nuser health post=health/officer\n"
    "user decide post=window/head outputs=decision:yes|again\n"
    'start -> accept -> xor1\nxor1 -> and1 : accepted = "yes"\nxor1 => end1\nand1 -> fire -> and2\n'
    'and1 -> health -> and2\nand2 -> decide -> xor2\nxor2 -> accept : decision = "again"\nxor2 => end2'
)
SILENT = PERMIT + "\nboundary late on=accept timer=PT30H\nlate -> and1\n"
STAFF = [Staff((post,), 1) for post in ("window/clerk", "fire/officer", "health/officer", "window/head")]
SHARED = [
    Staff(("window/clerk", "window/head"), 2),
    Staff(("fire/officer", "health/officer"), 1),
    Staff(("fire/officer",), 1),
]
ODD = [
    Staff(("window/clerk", "window/head"), 1),
    Staff(("window/clerk",), 1, Hours(MONDAY, lambda _: True, 1080, 1320)),
    Staff(("fire/officer",), 2, Hours(MONDAY, lambda day: day.weekday() in (1, 5), 480, 900)),
    Staff(("health/officer", "fire/officer"), 1, Hours(MONDAY, opens=600, closes=1500)),
]
TIMES = Times((11.0, 35.7, 48.3, 150.1))
OUTCOMES = {"decide": {"yes": 4, "again": 1}, "accept": {"yes": 9, "no": 1}}


def permit(drawing: str, staff: Sequence[Staff], per_day: float = 7.0) -> Plan:
    return plan(drawing, staff=staff, usual=TIMES, outcomes=OUTCOMES, arrivals=Arrivals(per_day))


@pytest.mark.parametrize("drawing", [PERMIT, SILENT], ids=["permit", "silent"])
@pytest.mark.parametrize("staff", [STAFF, SHARED, ODD], ids=["single", "shared", "odd"])
def test_a_plain_slow_simulation_has_the_same_results(drawing: str, staff: list[Staff]):
    run = Run(permit(drawing, staff), 120, 3)
    run.play()
    slow = Slow(run.plan, run).play()
    assert run.tally.took.tolist() == pytest.approx(slow.took, abs=1e-6)
    assert {node: len(found) for node, found in run.tally.waits.items()} == {n: len(w) for n, w in slow.waits.items()}
    for node, found in run.tally.waits.items():
        assert sorted(found) == pytest.approx(sorted(slow.waits[node]), abs=1e-6)


@pytest.mark.parametrize("staff", [STAFF, [Staff(("window/clerk", "window/head"), 2), *STAFF[1:3]]])
def test_the_short_way_without_queues_has_the_same_results(staff: list[Staff]):
    short, long = (Run(permit(PERMIT, staff), 3000, 1, directly=directly) for directly in (True, False))
    short.play()
    long.play()
    assert short.directly
    assert short.tally.took == long.tally.took
    assert short.tally.waits == long.tally.waits
    loads = [each.load for each in long.result().posts]
    assert [each.load for each in short.result().posts] == pytest.approx(loads)


class Watched(Run):
    """Keeps who worked from when to when."""

    def _begin(self, crew: Crew, since: float, now: float, case: int, job: Work) -> None:
        super()._begin(crew, since, now, case, job)
        until = crew.until(now, job.times[case])
        assert until >= now >= since
        self.__dict__.setdefault("worked", []).append((crew, now, until))


@settings(max_examples=25)
@given(TREES, st.integers(1, 3), st.sampled_from([OFFICE, Hours(MONDAY, opens=600, closes=1500)]))
def test_nobody_does_two_things_at_once_and_no_case_is_lost(tree: Any, count: int, hours: Hours):
    arrivals = Arrivals(20, kinds=[(1.0, {"pick": pick}) for pick in range(3)])
    run = Watched(
        plan(model=drawn(tree), arrivals=arrivals, staff=[Staff(("desk/one",), count, hours)]), 60, 1, directly=False
    )
    run.play()
    found = run.result()
    assert found.ended + sum(not each.state.is_over for each in run.situations) == 60
    if not found.incidents and not found.waiting:
        assert found.ended == 60
    steps = [(until, -1) for _, _, until in run.__dict__.get("worked", [])]
    steps += [(now, 1) for _, now, _ in run.__dict__.get("worked", [])]
    at_once = 0
    for _, change in sorted(steps):
        at_once += change
        assert at_once <= count


# variants


def test_a_variant_beside_itself_does_not_differ_at_all():
    now = permit(PERMIT, STAFF, 4)
    same = compare([now, replace(now, name="same")], cases=300, runs=3)[1]
    assert {each.mean for each in same.differences.values()} == {0.0}


def test_one_clerk_more_helps_by_more_than_chance():
    now = replace(permit(PERMIT, STAFF, 5), limit_days=2)
    more = replace(now, name="more", staff=[*STAFF[:3], Staff(("window/head",), 2)])
    told: list[tuple[int, int]] = []
    first, second = compare([now, more], cases=600, runs=4, progress=lambda *each: told.append(each))
    assert second.differences["mean_days"].excludes_zero
    assert second.differences["mean_days"].mean < 0 < second.differences["on_time"].mean
    assert second.differences["mean_days"].half < second.measures["mean_days"].half + first.measures["mean_days"].half
    assert told == sorted(told)
    assert told[-1] == (4800, 4800)


def test_the_same_seed_gives_the_same_result_and_another_another():
    results: list[Result] = [simulate(permit(PERMIT, SHARED), cases=500, seed=seed) for seed in (1, 1, 2)]
    assert results[0] == results[1] != results[2]


def test_a_record_gives_its_own_mean():
    measured = [float(each * each) for each in range(200)]
    assert Times.of(measured).mean == pytest.approx(sum(measured) / 200, rel=0.01)


def test_days_off_bring_no_cases_but_those_that_were_planned():
    holiday = Hours(MONDAY, lambda day: day.weekday() < 5 and day.day != 7)
    usual = Arrivals(50).moments(holiday, 600, Random(1))
    assert {int(each // 1440) % 7 for each in usual} == {0, 1, 2, 3, 4}
    assert 2 not in {int(each // 1440) for each in usual}
    weekend = Arrivals(50, closed=0.5).moments(holiday, 600, Random(1))
    assert 2 in {int(each // 1440) for each in weekend}


# what cannot be simulated

ROUND = 'user a post=desk/one outputs=x:again|done\nstart -> xor1 -> a -> xor2\nxor2 -> xor1 : x = "again"\nxor2 => end'


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda: simulate(plan(staff=[]), cases=1), "nobody works at the post 'desk/one'"),
        (lambda: simulate(plan(outcomes={"a": {"x": -1}}), cases=1), "weights"),
        (
            lambda: simulate(plan("user a outputs=x:yes\nstart -> a -> end", outcomes={"a": {"maybe": 1}}), cases=1),
            "maybe",
        ),
        (lambda: simulate(plan("rule r into=x\nstart -> r -> end"), cases=1), "no rules for the decision 'd'"),
        (lambda: simulate(plan(), cases=0), "at least one case"),
        (lambda: compare([], cases=1), "at least one variant"),
        (lambda: Times.of([]), "record is empty"),
        (lambda: Times((2.0, 1.0)), "not negative"),
        (lambda: Times((float("nan"),)), "not negative"),
        (lambda: Hours(MONDAY, opens=600, closes=600), "office hours"),
        (lambda: Hours(MONDAY, lambda _: False).at(0), "no working days"),
        (lambda: Arrivals(0), "positive"),
        (lambda: Arrivals(1, weekdays=(0,) * 7), "no case ever arrives"),
        (lambda: Arrivals(1, hours={25: 1}), "0 to 23"),
        (lambda: Staff(("desk/one",), 0), "at least one person"),
        (lambda: simulate(plan(ROUND, outcomes={"a": {"again": 1}}), cases=1), "for ever"),
    ],
)
def test_a_bad_plan_is_refused_and_told_in_both_languages(spoilt: Any, told: str):
    with pytest.raises(PlanFault) as refused:
        spoilt()
    assert told in refused.value.told()["en"]
    assert refused.value.told()["zh-Hans"] != refused.value.told()["en"]
