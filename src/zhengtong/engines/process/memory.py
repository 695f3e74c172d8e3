"""What followed from an event before follows from it again.

Between two waits a process is a finite automaton: from the same state and the same event, with the same answers to the
conditions asked on the way, comes the same state with the same effects. A round that was played once is looked up from
then on; only its conditions are asked anew. What depends on values rather than on yes and no (scripts, the length of a
list) is never remembered. Nothing here changes any result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from zhengtong.engines.process.events import Effect, KeepFacts
from zhengtong.engines.process.expressions import Ask
from zhengtong.engines.process.state import State

MOST_ROUNDS = 20_000  # of one model, before all is forgotten; a state has about 1 kB

Step = tuple[State, tuple[Effect, ...]]
Signature = tuple[object, ...]


@dataclass(slots=True)
class Question:
    """A condition that was asked next, and what followed from each answer."""

    condition: str
    answers: dict[bool, "Question | Outcome"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a round ended. `keeps` is the place of the effect that holds the facts of the event, or -1."""

    state: State
    effects: tuple[Effect, ...]
    keeps: int


class Memory:
    """The rounds of one model that have been played."""

    def __init__(self) -> None:
        self._known: dict[State, dict[Signature, Question | Outcome]] = {}
        self._rounds = 0

    @property
    def size(self) -> int:
        """How many rounds it holds."""
        return self._rounds

    def recall(
        self, state: State, signature: Signature, ask: Ask, facts: Mapping[str, object], brought: Mapping[str, object]
    ) -> Step | None:
        """The step that is known to follow, or None."""
        table = self._known.get(state)
        found = table.get(signature) if table else None
        if type(found) is Question:
            found = _answered(found, ask, {**facts, **brought} if brought else facts)
        if type(found) is not Outcome:
            return None
        if found.keeps < 0:
            return found.state, found.effects
        effects = found.effects
        return found.state, (*effects[: found.keeps], KeepFacts(dict(brought)), *effects[found.keeps + 1 :])

    def remember(self, state: State, signature: Signature, answers: list[tuple[str, bool]], step: Step) -> None:
        """Keep a round: the conditions in the order in which they were asked, and what came of it."""
        self._rounds += 1
        if self._rounds > MOST_ROUNDS:
            self._known.clear()
            self._rounds = 1
        keeps = next((at for at, effect in enumerate(step[1]) if type(effect) is KeepFacts), -1)
        found: Question | Outcome = Outcome(*step, keeps)
        table = self._known.setdefault(state, {})
        if not answers:
            table[signature] = found
            return
        question = table.setdefault(signature, Question(answers[0][0]))
        for (_, answer), (following, _) in pairwise(answers):
            if isinstance(question, Question):
                question = question.answers.setdefault(answer, Question(following))
        if isinstance(question, Question):
            question.answers[answers[-1][1]] = found


def _answered(found: Question | Outcome | None, ask: Ask, facts: Mapping[str, object]) -> Question | Outcome | None:
    while type(found) is Question:
        try:
            found = found.answers.get(ask(found.condition, facts) is True)
        except Exception:
            return None  # played out, this becomes an incident
    return found
