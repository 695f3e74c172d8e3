"""Whatever version a running case moves to, it is never stuck there, and its work and timers are those of its state."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.process.drawings import NOW, ask, model
from tests.process.test_properties import events_for
from tests.process.variants import versions
from zhengtong.engines.process import (
    CancelTask,
    CancelTimer,
    Effect,
    Incident,
    Migration,
    Model,
    MoveTimer,
    MoveWork,
    OpenTask,
    RunService,
    StartTimer,
    State,
    TaskDone,
    TimerFired,
    advance,
    migrate,
    start,
)
from zhengtong.engines.process.game import ROOT, WORK, Game
from zhengtong.engines.process.migrate import running
from zhengtong.engines.process.state import key


@settings(max_examples=120)
@given(drawn=versions(), data=st.data())
def test_a_random_case_of_a_random_version_moves_and_comes_to_its_end(
    drawn: tuple[str, str], data: st.DataObject
) -> None:
    old, new = map(model, drawn)
    walk = Walk(old, data)
    walk.go(data.draw(st.integers(0, 12)))
    if walk.state.is_over:
        return
    same = migrate(old, model(drawn[0] + "\nuser unused"), walk.state, walk.facts, NOW, ask=ask)
    assert (same.state, same.effects, same.reasons) == (walk.state, (), ()), "alike changes nothing"
    found = migrate(old, new, walk.state, walk.facts, NOW, ask=ask)
    if found.moves:
        again = migrate(new, new, found.state, walk.facts, NOW, ask=ask)
        assert (again.state, again.effects) == (found.state, ()), "moving twice has one effect"
        walk.take(new, found)
    else:
        assert (found.state, found.effects) == (walk.state, ())
    walk.go(500)
    assert walk.state.is_over
    assert not walk.work, "nothing is left on a desk"


class Walk:
    """A case that hears possible events in any order, with the work and timers that it has asked for."""

    def __init__(self, process: Model, data: st.DataObject) -> None:
        self.process, self.data = process, data
        self.facts: dict[str, object] = {"pick": data.draw(st.integers(0, 2)), "again": data.draw(st.integers(0, 30))}
        self.work: set[str] = set()
        self.timers: set[str] = set()
        self.state, effects = start(process, self.facts, NOW, ask=ask)
        self._see(effects)

    def go(self, steps: int) -> None:
        """So many events, or until it is over."""
        for _ in range(steps):
            if self.state.is_over:
                return
            event = self.data.draw(st.sampled_from(events_for(self.state, self.process, self.timers)))
            self.work -= {event.key} if isinstance(event, TaskDone) else set()
            self.timers -= {event.key} if isinstance(event, TimerFired) else set()
            self.state, effects = advance(self.process, self.state, event, NOW, self.facts, ask=ask)
            self._see(effects)
            self.facts["again"] = 0

    def take(self, process: Model, found: Migration) -> None:
        """Go on in another version."""
        self.process, self.state = process, State.from_json(found.state.to_json())
        self._see(found.effects)

    def _see(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            assert not isinstance(effect, Incident)
            match effect:
                case OpenTask(name) | RunService(name):
                    self.work.add(name)
                case CancelTask(name):
                    self.work.discard(name)
                case StartTimer(name):
                    self.timers.add(name)
                case CancelTimer(name):
                    self.timers.remove(name)
        for effect in effects:
            match effect:
                case MoveWork(name, to):
                    self.work ^= {name, to} if name != to else set()
                case MoveTimer(name, to):
                    self.timers ^= {name, to} if name != to else set()
        game = Game(self.process, self.state, self.facts, ask)
        nodes = self.process.nodes
        tokens = [token for token in self.state.tokens if nodes[token.node].kind in WORK]
        assert self.work == {each.key for each in tokens if not (nodes[each.node].loop and not each.turn)}
        wanted = {key(node.id, each.visit) for each in [ROOT, *self.state.tokens] for node in running(game, each)}
        assert self.timers == wanted
