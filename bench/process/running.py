"""The permit in memory, and with its state stored and read back at each step: ours, SpiffWorkflow's, bpmn-engine's."""

import json
from datetime import UTC, datetime
from time import process_time

from bench.process import permit
from bench.process.peers import ask_node, ask_python
from zhengtong.engines.process import Model, State, TaskDone, advance, start

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
EVENTS = tuple(TaskDone(step, permit.OUTPUTS.get(step, {})) for step in permit.ORDER)
FACTS: dict[str, object] = {"examination": "satisfied", "decision": "grant"}


def main() -> None:
    model = Model.load(permit.xml().encode())
    played(model)
    ours = 2_000 / min(_seconds(lambda: [played(model) for _ in range(2_000)]) for _ in range(3))
    steps, size = min(stored(model, 500) for _ in range(3))
    stored_ours = 500 * len(EVENTS) / steps
    print(f"in memory: {ours:,.0f} instances per CPU second; stored: {stored_ours:,.0f} steps, {size} bytes at most")
    spiff = ask_python(
        "spiff_peer.py", given={"xml": permit.xml(permit.python), "order": permit.ORDER, "outputs": permit.OUTPUTS}
    )
    if spiff:
        print(f"SpiffWorkflow in memory: {spiff['instances']:,.0f}, {ours / spiff['instances']:,.0f}×")
        print(
            f"SpiffWorkflow stored: {spiff['steps']:,.0f} steps, {stored_ours / spiff['steps']:,.0f}×; "
            f"{spiff['bytes']:,} bytes, 1/{spiff['bytes'] / size:.0f}"
        )
    node = ask_node(
        "engine_peer.mjs",
        given={"xml": permit.xml(permit.javascript), "outputs": permit.OUTPUTS, "steps": len(permit.ORDER)},
    )
    if node:
        print(f"bpmn-engine in memory: {node['instances']:,.0f}, {ours / node['instances']:,.0f}×")


def played(model: Model) -> State:
    """One case from its start to its end."""
    state, _ = start(model, FACTS, NOW)
    for event in EVENTS:
        state, _ = advance(model, state, event, NOW, FACTS)
    if not state.is_over:
        raise AssertionError(state)
    return state


def stored(model: Model, cases: int) -> tuple[float, int]:
    """CPU seconds when each step reads the state and its facts from JSON and writes them again; the largest text."""
    largest = 0
    began = process_time()
    for _ in range(cases):
        state, _ = start(model, {}, NOW)
        facts: dict[str, object] = {}
        row = json.dumps([state.to_json(), facts])
        for event in EVENTS:
            written, facts = json.loads(row)
            facts.update(event.outputs)
            state, _ = advance(model, State.from_json(written), event, NOW, facts)
            row = json.dumps([state.to_json(), facts])
            largest = max(largest, len(row))
    return process_time() - began, largest


def _seconds(work: object) -> float:
    began = process_time()
    work()  # type: ignore[operator]
    return process_time() - began
