"""Random walks: a case hears one possible event after the other, with answers drawn from a seed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.process.drawings import NOW
from zhengtong.engines.process import (
    CallEnded,
    CancelTimer,
    DecisionAnswered,
    Effect,
    Event,
    Incident,
    MessageArrived,
    Model,
    Retried,
    SignalSent,
    StartTimer,
    State,
    TaskDone,
    TimerFired,
    advance,
    start,
)


@dataclass
class Walk:
    """What was heard and seen on one way through a model."""

    model: Model
    seed: int
    state: State = field(default_factory=State)
    timers: dict[str, str] = field(default_factory=dict)
    incidents: set[str] = field(default_factory=set)
    heard: list[Event] = field(default_factory=list)

    def go(self, steps: int = 300) -> "Walk":
        """Until the case is over, or nothing can be heard, or `steps` events have been heard."""
        chance = random.Random(self.seed)

        def ask(_text: str, _facts: Mapping[str, object]) -> object:
            return chance.random() < 0.5

        self.state, effects = start(self.model, {}, NOW, ask=ask)
        self._see(effects)
        while not self.state.is_over and len(self.heard) < steps and "endless" not in self.incidents:
            events = possible(self.model, self.state, self.timers)
            if not events:
                break
            event = chance.choice(events)
            self.heard.append(event)
            state = State.from_json(self.state.to_json())
            self.state, effects = advance(self.model, state, event, NOW, {}, ask=ask)
            self.timers.pop(event.key if isinstance(event, TimerFired) else "", "")
            self._see(effects)
        return self

    def _see(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, StartTimer):
                self.timers[effect.key] = effect.node
            elif isinstance(effect, CancelTimer):
                self.timers.pop(effect.key, "")
            elif isinstance(effect, Incident):
                self.incidents.add(effect.code)


def possible(model: Model, state: State, timers: Mapping[str, str]) -> list[Event]:
    """Every event that something waits for."""
    found: list[Event] = [TimerFired(key) for key in timers]
    stuck = {key for key, _ in state.stuck}
    for key, id_ in state.waiting:
        found += [Retried(key)] if key in stuck else _of(model, key, id_)
    for host in ["", *(token.node for token in state.tokens)]:
        for listener in model.routes.listeners.get(host, ()):
            trigger = listener.trigger
            if trigger and trigger.kind == "message":
                found.append(MessageArrived(trigger.name))
            elif trigger and trigger.kind == "signal":
                found.append(SignalSent(trigger.name))
    return found


def _of(model: Model, key: str, id_: str) -> list[Event]:
    kind = model.nodes[id_].kind
    if kind == "businessRuleTask":
        return [DecisionAnswered(key, True)]
    if kind == "callActivity":
        return [CallEnded(key, "done")]
    return [TaskDone(key)] if kind in ("userTask", "manualTask", "serviceTask") else []
