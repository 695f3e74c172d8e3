"""The token game: how tokens move from one wait to the next (BPMN 2.0.2, chapter 13).

A `Game` is one round of it: made from a state, played until every token waits, turned into a state again. Here is the
table and the pieces; what each kind of node does is in nodes.py, how triggers are caught in catch.py.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from zhengtong.engines.process.events import (
    CancelCall,
    CancelTask,
    CancelTimer,
    Effect,
    Incident,
    KeepFacts,
    StartTimer,
)
from zhengtong.engines.process.expressions import Ask
from zhengtong.engines.process.model import PASSED, SUB_PROCESSES, Model, Node
from zhengtong.engines.process.state import State, Token, counted, key

MOST_STEPS = 10_000  # of one round, before a loop that never waits is stopped
ROOT = Token("")  # what stands for the process itself where a scope is asked for its listeners

Stage = Literal["arrive", "in", "out"]
Move = tuple[Stage, Node, str, int, str]  # stage, node, scope, turn of a loop, flow it came by


class Unanswered(Exception):
    """An expression could not be evaluated."""


class Game:
    """The tokens of one case, on the move."""

    def __init__(self, model: Model, state: State, facts: Mapping[str, object], ask: Ask) -> None:
        self.model = model
        self.facts = dict(facts)
        self.ask = ask
        self.tokens = {token.key: token for token in state.tokens}
        self.joined = list(state.joined)
        self.visits = dict(state.visits)
        self.fired = list(state.fired)
        self.undoable = list(state.undoable)
        self.outcome = state.outcome
        self.ended_at = ""
        self.effects: list[Effect] = []
        self.moves: deque[Move] = deque()
        self.steps = 0
        self.touched: set[str] = set()  # the scopes in which something moved
        self.answers: list[tuple[str, bool]] | None = []  # to conditions, in order; None: not to be remembered
        self.spent = ""  # the timer that has just fired: nobody needs to cancel it

    def state(self) -> State:
        """Where the case stands now."""
        return State(
            tokens=tuple(self.tokens.values()),
            joined=tuple(self.joined),
            visits=tuple(self.visits.items()),
            fired=tuple(self.fired),
            undoable=tuple(self.undoable),
            outcome=self.outcome,
        )

    def arrive(self, flow: str, scope: str) -> None:
        """A token goes along a flow."""
        self.moves.append(("arrive", self.model.target(flow), scope, 0, flow))

    def go_in(self, node: Node, scope: str, turn: int = 0) -> None:
        """A token is about to begin the work of a node."""
        self.moves.append(("in", node, scope, turn, ""))

    def go_out(self, node: Node, scope: str, turn: int = 0) -> None:
        """A token has done the work of a node."""
        self.moves.append(("out", node, scope, turn, ""))

    def play(self, stages: Mapping[Stage, Callable[["Game", Node, str, int, str], None]]) -> None:
        """Make the moves there are, and those that follow from them."""
        while self.moves:
            stage, node, scope, turn, flow = self.moves.popleft()
            self.touched.add(scope)
            self.steps += 1
            if self.steps > MOST_STEPS and stage != "arrive":
                self.park(node, scope, turn, stage, "endless")
                continue
            try:
                stages[stage](self, node, scope, turn, flow)
            except Unanswered as fault:
                self.park(node, scope, turn, stage, "unanswered", str(fault))

    def wait(self, node: Node, scope: str, turn: int = 0, of: int = 0) -> Token:
        """A token stays at `node`; whoever listens there begins to listen."""
        token = Token(node.id, self._visit(node), scope, turn, of)
        self.tokens[token.key] = token
        return token

    def start_timers(self, token: Token) -> None:
        """Start the timers that run while `token` waits."""
        for listener in self.listening(token):
            if listener.trigger and listener.trigger.kind == "timer":
                self.effects.append(StartTimer(self.timer(listener, token), listener.id, listener.trigger.every))

    def timer(self, listener: Node, token: Token) -> str:
        """The name of the timer that runs while `token` waits; of one that repeats, the third time, `daily#2*3`."""
        name = key(listener.id, token.visit)
        before = counted(self.fired, name)
        return f"{name}*{before + 1}" if before else name

    def use_up(self, listener: Node, token: Token) -> None:
        """A trigger has counted; a timer that repeats runs again, until it has counted as often as it says."""
        name = key(listener.id, token.visit)
        number = counted(self.fired, name) + 1
        self.forget(name)
        trigger = listener.trigger
        if trigger is None or trigger.kind != "timer" or number == trigger.times:
            self.fired.append(name)
        else:
            self.fired.append(f"{name}*{number}")
            self.effects.append(StartTimer(self.timer(listener, token), listener.id, trigger.every))

    def forget(self, name: str) -> None:
        """Of a trigger, that and how often it has counted."""
        if self.fired:
            self.fired = [each for each in self.fired if each.partition("*")[0] != name]

    def park(self, node: Node, scope: str, turn: int, stage: Stage, code: str, detail: str = "") -> None:
        """A token cannot go on: it stays, visibly, until somebody has mended the cause."""
        token = Token(node.id, self._visit(node), scope, turn, stuck="out" if stage == "out" else "in")
        self.tokens[token.key] = token
        self.effects.append(Incident(token.key, node.id, code, detail))

    def _visit(self, node: Node) -> int:
        visit = self.visits[node.id] = self.visits.get(node.id, 0) + 1
        return visit

    def listening(self, token: Token) -> Iterator[Node]:
        """The nodes whose triggers count while `token` waits.

        What is attached to an activity done several times belongs to the whole, what is inside it to each instance.
        """
        if token.stuck:
            return
        is_whole = token.turn == 0
        is_instance = not is_whole or not self._has_loop(token)
        for listener in self.model.routes.listeners.get(token.node, ()):
            if is_whole if listener.attached_to else is_instance:
                yield listener

    def _has_loop(self, token: Token) -> bool:
        return bool(token.node) and self.model.nodes[token.node].loop is not None

    def meeting(self, flow: str) -> Node:
        """The join at which a token has come in, or has been passed over, by `flow`."""
        return self.model.target(flow.removeprefix(PASSED))

    def is_scope(self, token: Token) -> bool:
        """Whether the token waits for what is inside its sub-process, or for what it has undone."""
        node = self.model.nodes[token.node]
        if node.undoing:
            return not token.stuck
        return node.kind in SUB_PROCESSES and not token.stuck and (node.loop is None or token.turn > 0)

    def is_busy(self, scope: str) -> bool:
        """Whether anything waits or moves in a scope."""
        return (
            any(token.scope == scope for token in self.tokens.values())
            or any(where == scope for _flow, where in self.joined)
            or any(move[2] == scope for move in self.moves)
        )

    def drop(self, token: Token) -> None:
        """The token goes on, or is gone: what listened for it stops listening."""
        self.tokens.pop(token.key, None)
        self.stop_listening(token)

    def stop_listening(self, token: Token) -> None:
        """Cancel the timers that run while `token` waits."""
        for listener in self.listening(token):
            name = key(listener.id, token.visit)
            if listener.trigger and listener.trigger.kind == "timer" and name not in self.fired:
                self._cancel_timer(self.timer(listener, token))
            self.forget(name)

    def _cancel_timer(self, name: str) -> None:
        if name != self.spent:
            self.effects.append(CancelTimer(name))

    def cancel(self, token: Token) -> None:
        """The token is taken away, with all that is inside."""
        if token.key not in self.tokens:
            return
        self.cancel_inside(token.key)
        node = self.model.nodes[token.node]
        if node.kind in WORK and not token.stuck and not (node.loop and not token.turn):
            self.effects.append(CancelCall(token.key) if node.kind == "callActivity" else CancelTask(token.key))
        self.drop(token)

    def cancel_inside(self, scope: str, *, forget: bool = True) -> None:
        """All that waits or moves in a scope is taken away; with `forget`, what was done there cannot be undone."""
        for token in [each for each in self.tokens.values() if each.scope == scope]:
            self.cancel(token)
        self.joined = [(flow, where) for flow, where in self.joined if where != scope]
        self.moves = deque(move for move in self.moves if move[2] != scope)
        if forget:
            self.undoable = [(node, where) for node, where in self.undoable if where != scope]

    def remember(self, node: Node, scope: str) -> None:
        """An activity is done, and can be undone if it has a handler for that."""
        if node.undone_by:
            self.undoable.append((node.id, scope))

    def lift(self, done: Token) -> None:
        """What was done inside of `done` belongs to what is around it from now on, unless that has its own handler."""
        if not self.undoable:
            return
        node = self.model.nodes[done.node]
        if node.undone_by and not (node.loop and not done.turn):
            self.undoable = [each for each in self.undoable if each[1] != done.key]
        self.undoable = [(id_, done.scope if where == done.key else where) for id_, where in self.undoable]

    def learn(self, facts: Mapping[str, object]) -> None:
        """Facts became known."""
        if facts:
            self.facts.update(facts)
            self.effects.append(KeepFacts(dict(facts)))

    def value(self, expression: str, context: Mapping[str, object] | None = None) -> object:
        """The value of an expression."""
        self.answers = None
        return self._asked(expression, self.facts if context is None else context)

    def holds(self, condition: str, context: Mapping[str, object]) -> bool:
        """Whether a condition is true; anything but true is not."""
        answer = self._asked(condition, context) is True
        if self.answers is not None:
            self.answers.append((condition, answer))
        if context is not self.facts:
            self.answers = None
        return answer

    def _asked(self, expression: str, context: Mapping[str, object]) -> object:
        try:
            return self.ask(expression, context)
        except Exception as fault:  # whatever goes wrong there must not lose the case: it becomes an incident
            self.answers = None
            raise Unanswered(f"{expression}: {fault}") from fault


WORK = frozenset({"userTask", "manualTask", "serviceTask", "businessRuleTask", "callActivity"})
"""What is waited for outside: it ends by an event that names its key."""
