"""The process as a simulation sees it: from one situation to the next, each played by the engine once.

A situation is a state with the facts that are known. What follows from it when a step is done with some outcome is
worked out by `advance`, remembered, and looked up for every later case. Services and decisions are answered at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from zhengtong.common.text import text
from zhengtong.engines.process.events import (
    AskDecision,
    CallEnded,
    CallProcedure,
    DecisionAnswered,
    Effect,
    Ended,
    Event,
    Incident,
    KeepFacts,
    MessageArrived,
    OpenTask,
    RunService,
    StartTimer,
    TaskDone,
    TimerFired,
)
from zhengtong.engines.process.model import Model
from zhengtong.engines.process.run import advance, start
from zhengtong.engines.process.simulation.faults import PlanFault
from zhengtong.engines.process.simulation.plan import Facts, Rules
from zhengtong.engines.process.simulation.work import Way, Work
from zhengtong.engines.process.state import State, split

MOST_SITUATIONS = 300_000  # of one run, before all is forgotten
MOST_VISITS = 500  # of a case at one node
NOW = datetime(2000, 1, 1, tzinfo=UTC)  # the engine does not look at it


@dataclass(frozen=True, slots=True)
class Move:
    """What follows: where the case stands then, what is to be done, which clocks run."""

    after: "Situation"
    opened: tuple[Work, ...]
    timers: tuple[tuple[Work, str], ...]  # with the duration as it was written
    over: bool
    incidents: int
    rare: bool  # whether any of the last three is there


class Situation(dict[Way, Move]):
    """A state with its facts; as a dict, the moves from it by way, each worked out when first asked for."""

    __slots__ = ("_awaited", "facts", "state", "world")

    def __init__(self, world: "World", state: State, facts: Facts) -> None:
        super().__init__()
        self.world, self.state, self.facts = world, state, facts
        self._awaited = frozenset(key for key, _ in state.waiting)

    def __missing__(self, way: Way) -> Move:
        self[way] = found = self.world.follow(self, way)
        return found

    def awaits(self, key: str) -> bool:
        """Whether a token still waits under this key."""
        return key in self._awaited


class World:
    """The situations of one model. `prepare` is told of each new piece of work."""

    def __init__(self, model: Model, rules: Rules | None, prepare: Callable[[Work], None]) -> None:
        self.model, self.rules, self._prepare = model, rules, prepare
        self.begin = Work("", "", "begin")
        triggers = [node.trigger for node in model.nodes.values() if node.trigger]
        self._has_messages = any(each.kind == "message" for each in triggers)
        self._works: dict[tuple[str, str], Work] = {}
        self._known: dict[tuple[State, str], Situation] = {}

    def outside(self, facts: Facts) -> Situation:
        """Before a case with these facts comes in."""
        return Situation(self, State(), facts)

    def follow(self, situation: Situation, way: Way) -> Move:
        """What follows when a step ends in that way, or a timer has run out."""
        facts = dict(situation.facts)
        if way.work.kind == "begin":
            return self._move(situation, *start(self.model, facts, NOW), facts)
        if way.work.kind == "message" and not situation.awaits(way.work.key):
            return Move(situation, (), (), False, 0, False)  # another one came before it
        return self._move(situation, *advance(self.model, situation.state, self._event(way), NOW, facts), facts)

    def _event(self, way: Way) -> Event:
        work = way.work
        node = self.model.nodes[work.node]
        if work.kind == "timer":
            return TimerFired(work.key)
        if work.kind == "message":
            return MessageArrived(node.trigger.name if node.trigger else "")
        if work.kind == "call":
            return CallEnded(work.key, way.value)
        return TaskDone(work.key, {node.task.fact: way.value} if node.task and node.task.fact and way.value else {})

    def _move(self, before: Situation, state: State, effects: tuple[Effect, ...], facts: dict[str, object]) -> Move:
        """Answer what the program answers by itself, until only others can go on."""
        seen: list[Effect] = []
        waiting = list(effects)
        while waiting:
            effect = waiting.pop(0)
            seen.append(effect)
            event: Event | None = None
            if isinstance(effect, KeepFacts):
                facts.update(effect.facts)
            elif isinstance(effect, RunService):
                event = TaskDone(effect.key)
            elif isinstance(effect, AskDecision):
                event = DecisionAnswered(effect.key, self._decide(effect.decision, facts))
            if event:
                state, more = advance(self.model, state, event, NOW, facts)
                waiting += more
        return self._told(before, self._situation(state, facts), seen)

    def _told(self, before: Situation, after: Situation, effects: list[Effect]) -> Move:
        opened = [self._work(each.key, each.node, "task") for each in effects if isinstance(each, OpenTask)]
        opened += [self._work(each.key, each.node, "call") for each in effects if isinstance(each, CallProcedure)]
        heard = [(key, node) for key, node in after.state.waiting if not before.awaits(key)]
        opened += [work for key, node in heard for work in self._messages(key, node)]
        timers = [each for each in effects if isinstance(each, StartTimer)]
        over = any(isinstance(each, Ended) for each in effects)
        incidents = sum(isinstance(each, Incident) for each in effects)
        return Move(
            after=after,
            opened=tuple(work for work in opened if after.awaits(work.key)),
            timers=tuple((self._work(each.key, each.node, "timer"), each.definition) for each in timers),
            over=over,
            incidents=incidents,
            rare=bool(timers or over or incidents),
        )

    def _messages(self, key: str, node: str) -> Iterator[Work]:
        """What is to come from outside before a token goes on that has begun to wait for it."""
        at = self.model.nodes[node]
        catching = [self.model.target(flow) for flow in at.outgoing] if at.kind == "eventBasedGateway" else [at]
        for each in catching:
            if (
                each.kind in ("receiveTask", "intermediateCatchEvent")
                and each.trigger
                and each.trigger.kind == "message"
            ):
                yield self._work(key, each.id, "message")

    def _work(self, key: str, node: str, kind: str) -> Work:
        named = (key, node)
        if split(key)[1] > MOST_VISITS:
            raise PlanFault(text(f"办件不停地回到“{node}”。", f"cases come back to {node!r} for ever"))
        if named not in self._works:
            work = self._works[named] = Work(node, key, kind)
            self._prepare(work)
        return self._works[named]

    def _situation(self, state: State, facts: Facts) -> Situation:
        state = self._sorted(state)
        if len(self._known) > MOST_SITUATIONS:
            self._known.clear()
        named = state, repr(sorted(facts.items()))
        return self._known.setdefault(named, Situation(self, state, facts))

    def _sorted(self, state: State) -> State:
        """The same state, whichever branch came there first; only a message asks who has waited longest."""
        if self._has_messages or any(token.scope for token in state.tokens):
            return state
        tokens = tuple(sorted(state.tokens, key=lambda token: token.key))
        return replace(state, tokens=tokens, joined=tuple(sorted(state.joined)), visits=tuple(sorted(state.visits)))

    def _decide(self, decision: str, facts: Facts) -> object:
        if self.rules is None:
            raise PlanFault(text(f"没有规则“{decision}”。", f"there are no rules for the decision {decision!r}"))
        return self.rules(decision, facts)
