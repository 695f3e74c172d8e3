"""The engine and SpiffWorkflow 3.2 have the same tasks open, whatever is drawn and in whatever order things happen.

SpiffWorkflow is found by ZHENGTONG_PEERS_PYTHON, an interpreter with requirements/peers.txt.
"""

import json
import os
import random
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.process.blocks import Tree, text_of
from tests.process.drawings import Case, xml
from tests.process.test_plain import HARD, open_tasks, running_timers
from zhengtong.engines.process import TaskDone, TimerFired
from zhengtong.engines.process.state import split

PYTHON = os.environ.get("ZHENGTONG_PEERS_PYTHON", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="ZHENGTONG_PEERS_PYTHON names no interpreter with SpiffWorkflow")


def tree(chance: random.Random, depth: int) -> Tree:
    """A random block of what both can run."""
    if depth == 0 or chance.random() < 0.2:
        return chance.choice([("user",), ("user",), ("timed",), ("many", 3)])
    kind = chance.choice(["sequence", "and", "xor", "or", "sub"])
    parts = 1 if kind == "sub" else chance.choice([2, 2, 3])
    return (kind, *(tree(chance, depth - 1) for _ in range(parts)))


def played(drawing: str, seed: int) -> tuple[dict[str, Any], list[list[str]]]:
    """What the other side is given, and which tasks were open here."""
    chance = random.Random(seed)
    facts: dict[str, object] = {"pick": chance.randrange(3), "again": 1}
    case = Case(drawing, **facts)
    timers = running_timers(case, set())
    heard: list[tuple[str, str, dict[str, object]]] = []
    seen = [sorted(open_tasks(case).elements())]
    while not case.state.is_over and len(heard) < 25:
        tasks = [key for key, node in case.state.waiting if case.model.nodes[node].kind == "userTask"]
        if not tasks:
            break
        case.facts["again"] = 0
        if timers and chance.random() < 0.4:
            key = chance.choice(sorted(timers))
            heard.append(("signal", f"sig_{split(key)[0]}", {}))
            case.hear(TimerFired(key))
        else:
            key = chance.choice(tasks)
            key = min((each for each in tasks if split(each)[0] == split(key)[0]), key=lambda each: split(each)[1])
            heard.append(("task", split(key)[0], {"again": 0}))
            case.hear(TaskDone(key))
        timers = running_timers(case, timers - {key})
        seen.append(sorted(open_tasks(case).elements()))
    return {"xml": theirs(drawing), "facts": facts, "heard": heard}, seen


def theirs(drawing: str) -> str:
    """The model as SpiffWorkflow reads it: conditions are Python, and signals stand for the timers that we let fire."""
    signalled = re.sub(r"^(\s*boundary (\w+) .*)timer=P5WD", r"\1signal=sig_\2", drawing, flags=re.MULTILINE)
    signals = "".join(f'<bpmn:signal id="{each}" name="{each}"/>' for each in set(re.findall(r"sig_\w+", signalled)))
    written = xml(signalled).decode().replace("<bpmn:process", f"{signals}<bpmn:process", 1)
    return re.sub(r"(?<=[\w)]) = (?=\w)", " == ", written)


def ask_spiff(cases: list[dict[str, Any]]) -> list[Any]:
    script = Path(__file__).with_name("spiff_peer.py")
    ran = subprocess.run([PYTHON, script], input=json.dumps(cases), capture_output=True, text=True, check=True)
    return list(json.loads(ran.stdout.splitlines()[-1]))


def test_random_blocks_run_the_same() -> None:
    games = [played(text_of(tree(random.Random(seed), 3)), seed) for seed in range(150)]
    for seed, (answer, (_, seen)) in enumerate(zip(ask_spiff([case for case, _ in games]), games, strict=True)):
        assert answer == seen, (seed, text_of(tree(random.Random(seed), 3)))


def test_what_is_hard_runs_the_same() -> None:
    drawings = {name: re.sub(r"until=\w+ >= 2", "until=again = 0", drawing) for name, drawing in HARD.items()}
    games = [(name, *played(drawing, seed)) for name, drawing in drawings.items() for seed in range(12)]
    answered = list(zip(ask_spiff([case for _, case, _ in games]), games, strict=True))
    refused = {name for answer, (name, _, _) in answered if "not supported" in answer}
    # BPMN 2.0.2 has it ("Sequence Flow Considerations" in 13.3), and test_plain plays it.
    assert refused == {"a step that is left on several ways at once"}
    assert {name for answer, (name, _, seen) in answered if answer != seen} == refused
