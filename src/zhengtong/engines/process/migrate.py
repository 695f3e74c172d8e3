"""A running case moves to a new version of its process, where its state has a place in it and can finish from there.

What is waited for goes on where it is: a task stays with whoever took it up, a timer runs on. Where the map says so the
work is called off and the case goes on along a flow. What stood still because of a fault in the drawing is tried
again. A case that cannot move is told why, and nothing changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from zhengtong.common.text import Text, text
from zhengtong.engines.process import finish
from zhengtong.engines.process.events import CancelTimer, Effect, Incident, MoveTimer, MoveWork, StartTimer
from zhengtong.engines.process.expressions import Ask, evaluate
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.game import ROOT, WORK, Game
from zhengtong.engines.process.joins import JOINS, gather
from zhengtong.engines.process.model import PASSED, Model, Node
from zhengtong.engines.process.places import Declared, Places, alike, nowhere, places, unlike, way
from zhengtong.engines.process.run import settle
from zhengtong.engines.process.state import State, Token, key, split

_VANISHED = text("新版本里没有这一步。", "the new version has no such step")
_OTHER_KIND = text("新版本里这一步是另一种。", "in the new version the step is of another kind")
_ELSEWHERE = text("新版本里这一步在别的子流程里。", "in the new version the step is in another sub-process")
_NO_WAY = text("新版本的汇合处没有这条分支。", "the join of the new version has no such branch")
_MERGED = text("两项工作会落到同一步骤。", "two pieces of work would come to be the same")
_UNDO = text("做过的这一步在新版本里撤销办法不同。", "the new version undoes this step, which was done, in another way")
_STILL = text("新版本会停在这里（{code}）。", "the new version would stand still here ({code})")
_OVER = text("移过去就结束了，没有人作出决定。", "by moving alone the case would be over")
_STUCK = text("不能证明从这里可以办结。", "it cannot be proved that the case can finish from here")
_UNKNOWN = text("这个选择看的事实还不知道。", "the choice looks at a fact that is not known and is not set before it")


@dataclass(frozen=True, slots=True)
class Migration:
    """What comes of moving a case: where it stands then and what is to be done; or the reasons why it stays."""

    state: State
    effects: tuple[Effect, ...] = ()
    reasons: tuple[Finding, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether the case can be run by the new version from now on."""
        return not self.reasons


def migrate(
    old: Model,
    new: Model,
    state: State,
    facts: Mapping[str, object],
    now: datetime,
    *,
    declared: Declared | None = None,
    ask: Ask = evaluate,
) -> Migration:
    """Move a state from one version of a process to another; by ids, wording and what is `declared`: see places.py.

    Never raises on a state of `old`. `now` is not looked at, as in `advance`.
    """
    if state.is_over or (old.id == new.id and old.xml == new.xml):
        return Migration(state)
    unknown = tuple(nowhere(new, declared or {}))
    moving = _Moving(old, new, places(old, new, declared or {}), state, facts, ask)
    reasons = unknown or tuple({(each.code, each.element): each for each in moving.prepare()}.values())
    if reasons:
        return Migration(state, (), reasons)
    moved, effects = moving.play()
    reasons = tuple({(each.code, each.element): each for each in _objections(moving, moved, effects)}.values())
    return Migration(state, (), reasons) if reasons else Migration(moved, effects)


class _Moving:
    """One case on the move: `leaving` is the game of the old version, `arriving` that of the new."""

    def __init__(self, old: Model, new: Model, to: Places, state: State, facts: Mapping[str, object], ask: Ask) -> None:
        self.old, self.new, self.to = old, new, to
        self.facts = facts
        self.leaving = Game(old, state, facts, ask)
        self.arriving = Game(new, State(outcome=state.outcome), facts, ask)
        self.keys = {"": ""}  # of the tokens that go on waiting
        self.onward: list[tuple[str, str]] = []  # (flow, scope): along which others go on
        self.retried: list[tuple[str, Token]] = []  # (new node, token) of what stood still
        self.changed = False  # whether anything but words and settings changes for the case

    def prepare(self) -> Iterator[Finding]:
        """Take up everything that the old version holds; yields why it cannot be done."""
        for token in list(self.leaving.tokens.values()):
            if token.key in self.leaving.tokens:  # else it went with what is around it
                yield from self._token(token)
        for flow, scope in self.leaving.joined:
            yield from self._joined(flow, scope)
        yield from self._memory()

    def _token(self, token: Token) -> Iterator[Finding]:
        node = self.old.nodes[token.node]
        onward = self.to.onward.get(node.id)
        if node.id in self.to.gone or onward:
            self.changed = True
            self.leaving.cancel(token)
            if onward:
                self.onward.append((onward, token.scope))
            return
        found = self.new.nodes.get(self.to.nodes.get(node.id, ""))
        if found is None:
            yield _reason("vanished", node, _VANISHED)
        elif unlike(node, found):
            yield _reason("other-kind", node, _OTHER_KIND)
        elif (self.to.nodes.get(node.parent, "?") if node.parent else "") != found.parent:
            yield _reason("elsewhere", node, _ELSEWHERE)
        elif token.stuck:
            self.changed = True
            self.leaving.cancel(token)
            self.retried.append((found.id, token))
        else:
            yield from self._keep(node, found, token)

    def _keep(self, node: Node, found: Node, token: Token) -> Iterator[Finding]:
        moved = replace(token, node=found.id, scope=self.keys.get(token.scope, ""))
        if moved.key in self.arriving.tokens:
            yield _reason("merged", node, _MERGED)
        self.keys[token.key] = moved.key
        self.arriving.tokens[moved.key] = moved
        is_work = node.kind in WORK and not (node.loop and not token.turn)
        if is_work and (moved.key != token.key or _declared(node) != _declared(found)):
            self.arriving.effects.append(MoveWork(token.key, moved.key, found.id))

    def _joined(self, flow: str, scope: str) -> Iterator[Finding]:
        passed, drawn = flow.startswith(PASSED), self.old.flows[flow.removeprefix(PASSED)]
        if scope not in self.keys or not self.to.gone.isdisjoint({drawn.id, drawn.source, drawn.target}):
            self.changed = True
            return
        found = way(drawn, self.to, self.new)
        there = self.new.target(found) if found else None
        same = there is not None and there.id == self.to.nodes.get(drawn.target)
        if there is None or (passed and not (same and there.kind == "complexGateway")):
            yield _reason("no-way", self.old.nodes[drawn.target], _NO_WAY)
        elif same and there.kind in JOINS and len(there.incoming) > 1:
            self.arriving.joined.append((PASSED + found if passed else found, self.keys[scope]))
        else:
            self.changed = True
            self.onward.append((found, scope))

    def _memory(self) -> Iterator[Finding]:
        """What the case remembers: how often it was where, which triggers are used up, what could be undone."""
        visits = self.arriving.visits
        for id_, number in self.leaving.visits.items():  # of a step that is gone, too: no key is given twice
            found = self.to.nodes.get(id_, id_)
            visits[found] = max(number, visits.get(found, 0))
        for name in self.leaving.fired:
            before, _, often = name.partition("*")
            listener, visit = split(before)
            if heard := self.to.nodes.get(listener):
                self.arriving.fired.append(_used(key(heard, visit), often, self.new.nodes[heard]))
        for id_, scope in self.leaving.undoable:
            there = self.new.nodes.get(self.to.nodes.get(id_, ""))
            if not there or scope not in self.keys or not there.undone_by:
                yield _reason("undone-otherwise", self.old.nodes[id_], _UNDO)
            else:
                self.arriving.undoable.append((there.id, self.keys[scope]))
        done = set(self.leaving.visits) - {token.node for token in self.leaving.tokens.values()}
        for id_, found in self.to.nodes.items():
            if self.new.nodes[found].undone_by and not self.old.nodes[id_].undone_by and id_ in done:
                yield _reason("undone-otherwise", self.old.nodes[id_], _UNDO)

    def play(self) -> tuple[State, tuple[Effect, ...]]:
        """Let the case settle in the new version; first comes what is called off, then what goes on."""
        game = self.arriving
        game.effects[:0] = self.leaving.effects
        for token in [ROOT, *self.leaving.tokens.values()]:
            self._timers(token, ROOT if token is ROOT else game.tokens[self.keys[token.key]])
        for found, token in self.retried:
            go = game.go_out if token.stuck == "out" else game.go_in
            go(self.new.nodes[found], self.keys.get(token.scope, ""), token.turn)
        for flow, scope in self.onward:
            game.arrive(flow, self.keys.get(scope, ""))
        gather(game)
        return settle(game, State(), ())

    def _timers(self, before: Token, after: Token) -> None:
        """Timers that ran while a token waited run on, are called off or are begun."""
        ran, runs = running(self.leaving, before), running(self.arriving, after)
        for node in ran:
            if self.to.nodes.get(node.id, "") not in {each.id for each in runs}:
                self.arriving.effects.append(CancelTimer(self.leaving.timer(node, before)))
        was = {self.to.nodes.get(node.id, ""): node for node in ran}
        for node in runs:
            name, definition = self.arriving.timer(node, after), node.trigger.every if node.trigger else ""
            earlier = was.get(node.id)
            if earlier is None:
                self.arriving.effects.append(StartTimer(name, node.id, definition))
            elif earlier.id != node.id or earlier.trigger != node.trigger:
                self.arriving.effects.append(MoveTimer(self.leaving.timer(earlier, before), name, node.id, definition))


def _used(name: str, often: str, listener: Node) -> str:
    """How a trigger that has counted is remembered: one that repeated, as used up where that is often enough now."""
    times = listener.trigger.times if listener.trigger and listener.trigger.kind == "timer" else 1
    return f"{name}*{often}" if often.isdecimal() and not 0 < times <= int(often) else name


def running(game: Game, token: Token) -> list[Node]:
    """The nodes whose timers run while the token waits."""
    return [
        each
        for each in game.listening(token)
        if each.trigger and each.trigger.kind == "timer" and key(each.id, token.visit) not in game.fired
    ]


def _declared(node: Node) -> tuple[object, ...]:
    return node.kind, node.task, node.service, node.decision, node.call


def _reason(code: str, node: Node, message: Text) -> Finding:
    return Finding(code, "error", node.id, node.line, message)


def _objections(moving: _Moving, moved: State, effects: tuple[Effect, ...]) -> Iterator[Finding]:
    """Why the case had better stay, although everything has a place."""
    new = moving.new
    for effect in effects:
        if isinstance(effect, Incident):
            yield _reason("stands-still", new.nodes[effect.node], _STILL.format(code=effect.code))
    if moved.is_over:
        yield Finding("over", "error", new.id, new.line, _OVER)
    for scope in finish.scopes(new, moved):
        node = finish.node_of(moved, scope)
        drawn_alike = not moving.changed and any(
            alike(moving.old, new, before, moving.to) for before in _before(moving.to, node)
        )
        if not drawn_alike and not finish.can_finish(new, moved, scope):
            waits = [new.nodes[token.node] for token in moved.tokens if token.scope == scope]
            waits += [new.target(flow.removeprefix(PASSED)) for flow, where in moved.joined if where == scope]
            yield _reason("cannot-finish", waits[0], _STUCK)
    ahead = [token.node for token in moved.tokens]
    ahead += [new.target(flow.removeprefix(PASSED)).id for flow, _scope in moved.joined]
    if choice := finish.unanswerable(new, ahead, moving.facts):
        yield _reason("no-fact", new.nodes[choice], _UNKNOWN)


def _before(to: Places, node: str) -> list[str]:
    """The sub-processes of the old version that a scope comes from."""
    return [id_ for id_, found in to.nodes.items() if found == node] if node else [""]
