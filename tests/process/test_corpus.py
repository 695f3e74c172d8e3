"""The reference models of the BPMN Model Interchange Working Group, and processes that a ministry really ran."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.process.drawings import NOW
from zhengtong.engines.process import Model, ProcessFault, check, draw, layout, longest_path, start, verdict

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
