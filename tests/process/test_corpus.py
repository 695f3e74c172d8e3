"""The reference models of the BPMN Model Interchange Working Group, and processes that a ministry really ran."""

import os
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.process.drawings import NOW
from tests.process.walks import Walk
from zhengtong.engines.process import Model, ProcessFault, check, draw, layout, longest_path, start, verdict
from zhengtong.engines.process.model import LINK
from zhengtong.engines.process.pools import Pools
from zhengtong.engines.process.read import NODES

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CORPUS = Path(os.environ.get("ZHENGTONG_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "bpmn"
FILES = sorted(CORPUS.glob("*/*.bpmn"))

pytestmark = pytest.mark.skipif(not FILES, reason="the collection of BPMN models is not on this machine")


def no_facts(_text: str, _facts: object) -> object:
    return None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[-40:])
def test_it_is_read_checked_drawn_and_started(path: Path) -> None:
    model = Model.load(path)
    assert model.xml == path.read_bytes()
    findings = check(model)
    assert verdict(findings) in ("sound", "data-dependent", "unsound")
    assert all(finding.line > 0 and finding.message["en"] and finding.message["zh-Hans"] for finding in findings)
    assert longest_path(model).days >= 0
    assert draw(model, "en").startswith("<svg")
    if "no-start" not in {finding.code for finding in findings}:
        start(model, {}, NOW, ask=no_facts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[-40:])
def test_it_is_the_same_process_when_it_is_drawn_anew(path: Path) -> None:
    before, after = Model.load(path), Model.load(layout(path.read_bytes()))
    assert after.nodes.keys() == before.nodes.keys()
    assert [(flow.source, flow.target, flow.condition) for flow in after.flows.values()] == [
        (flow.source, flow.target, flow.condition) for flow in before.flows.values()
    ]
    assert draw(after, "en").startswith("<svg")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[-40:])
def test_every_process_of_a_file_is_read_whole(path: Path) -> None:
    root = ElementTree.fromstring(path.read_bytes())
    for process in root.iter(f"{BPMN}process"):
        drawn = {each.get("id") for each in process.iter() if each.tag.removeprefix(BPMN) in NODES}
        if drawn:
            model = Model.load(path, process=process.get("id", ""))
            assert set(model.nodes) == drawn
            flows = {each.get("id") for each in process.iter(f"{BPMN}sequenceFlow")}
            assert {id_ for id_ in model.flows if not id_.startswith(LINK)} == flows


PREDICTED = {  # an incident, and what `check` has to say before it may happen
    "no-way-out": {"no-way-out", "no-condition"},
    "not-executable": {"not-executable"},
    "endless": {"endless"},
    "dead-lock": {"dead-lock"},
    "uncaught": {"uncaught"},
    "unanswered": {"not-executable", "foreign-expression"},
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[-40:])
def test_what_can_be_run_runs_to_its_end_and_what_stops_it_was_told_before(path: Path) -> None:
    for model in Pools.load(path).models.values():
        findings = check(model)
        codes = {finding.code for finding in findings}
        if "no-start" in codes:
            continue
        for seed in range(4):
            walk = Walk(model, seed).go()
            for incident in walk.incidents:
                assert codes & PREDICTED.get(incident, set()), (seed, incident, walk.heard)
            waits_for_nothing = codes & {"not-executable", "bad-timer", "no-condition", "no-way-out"}
            assert walk.state.is_over or len(walk.heard) == 300 or waits_for_nothing, (seed, walk.state)


def test_what_is_found_in_all_of_them() -> None:
    verdicts: Counter[str] = Counter()
    for path in FILES:
        try:
            verdicts[verdict(check(Model.load(path)))] += 1
        except ProcessFault:
            verdicts["unreadable"] += 1
    assert verdicts["unreadable"] == 0
    assert verdicts["sound"] >= 40
    assert verdicts["unsound"] == 0
