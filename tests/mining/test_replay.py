import random

import pytest

from tests.mining.logs import small
from tests.process.drawings import model
from zhengtong.engines.mining import conformance
from zhengtong.engines.mining.net import Net
from zhengtong.engines.process import Model

CHOICE = "start -> file -> xor1\nxor1 -> grant : good\nxor1 => refuse\ngrant -> end\nrefuse -> end"
PARALLEL = "start -> file -> and1\nand1 -> fire -> and2\nand1 -> health -> and2\nand2 -> grant -> end"
INCLUSIVE = "start -> or1\nor1 -> a : x\nor1 -> b : y\na -> or2\nb -> or2\nor2 -> c -> end"
LOOP = "start -> xor1 -> file -> xor2\nxor2 -> xor1 : again\nxor2 => grant\ngrant -> end"
DRAWN = [CHOICE, PARALLEL, INCLUSIVE, LOOP]


@pytest.mark.parametrize(
    ("drawn", "way"),
    [
        (CHOICE, "file grant"),
        (CHOICE, "file refuse"),
        (PARALLEL, "file fire health grant"),
        (PARALLEL, "file health fire grant"),
        (INCLUSIVE, "a c"),
        (INCLUSIVE, "b a c"),
        (LOOP, "file file file grant"),
    ],
)
def test_a_way_that_the_model_allows_fits_wholly(drawn: str, way: str) -> None:
    with small(way) as log:
        found = conformance(log, model(drawn))
        assert (found.fitness, found.fitting, found.deviations) == (1.0, 1, ())


@pytest.mark.parametrize(
    ("drawn", "way", "forced", "left"),
    [
        (CHOICE, "file grant grant", {"grant"}, set()),
        (CHOICE, "grant", {"grant"}, {"file"}),
        (PARALLEL, "file fire grant", {"grant"}, {"health"}),
        (PARALLEL, "file fire health", set(), {"grant"}),
        (LOOP, "grant", {"grant"}, {"file"}),
    ],
)
def test_what_deviates_is_named(drawn: str, way: str, forced: set[str], left: set[str]) -> None:
    with small(way) as log:
        found = conformance(log, model(drawn))
        assert {each.step for each in found.deviations if not each.skipped} == forced
        assert {each.step for each in found.deviations if each.skipped} == left
        assert 0 < found.fitness < 1
        assert found.fitting == 0


def test_an_activity_that_the_model_does_not_know_is_told_and_does_not_fit() -> None:
    with small("file lunch grant", "file grant") as log:
        found = conformance(log, model(CHOICE))
        assert (found.fitness, found.fitting, found.unknown) == (1.0, 1, {"lunch": 1})


def test_the_office_that_deviates_is_named() -> None:
    with small("file@x grant@y", "file@x grant@y grant@z") as log:
        (found,) = conformance(log, model(CHOICE)).offices
        assert (found.office, found.step, found.times) == ("z", "grant", 1)


def test_activities_can_be_mapped_to_steps() -> None:
    with small("received granted") as log:
        found = conformance(log, model(CHOICE), names={"received": "file", "granted": "grant"})
        assert found.fitting == 1


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("seed", range(5))
def test_every_token_is_accounted_for_on_any_way(drawn: str, seed: int) -> None:
    drawing: Model = model(drawn)
    names = [node.id for node in drawing.nodes.values() if node.kind == "userTask"]
    chance = random.Random(seed)
    for _ in range(20):
        played = Net(drawing, {}).play([chance.choice(names) for _ in range(chance.randint(0, 7))])
        assert played.produced + played.missing == played.consumed + played.remaining


def test_a_boundary_event_may_take_the_case_another_way() -> None:
    drawn = "user file\nboundary soon on=file timer=P5D\nstart -> file -> grant -> end\nsoon -> remind -> end2"
    with small("remind", "file grant") as log:
        assert conformance(log, model(drawn)).fitting == 2
