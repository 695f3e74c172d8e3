"""Which step an act ended, by columns: the same as act by act in plain Python, in any order of acts."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from zhengtong.engines.mining import log_from
from zhengtong.observatory.processes import steps

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
SORTS = {"a": "accept", "d": "decide", "e": "decide", "r": "review", "x": None}
MAY_END = {"accepted": ("accept",), "decided": ("decide", "review", "accept")}
ROLES = {"opened": "opened", "claimed": "claimed", "done": "ended", "moved": "moved"} | dict.fromkeys(MAY_END, "ends")


@dataclass
class Plain:
    """One case, act by act."""

    open: list[str] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    done: list[tuple[int, str, int | None]] = field(default_factory=list)

    def act(self, position: int, kind: str, told: Any) -> None:
        """Carry one on."""
        if kind == "opened":
            self.open.append(told)
            self.taken.pop(told, None)
        elif kind == "claimed":
            self.taken[told] = position
        elif kind == "moved":
            self.open = [told.get(each, each) for each in self.open]
            self.taken = {told.get(each, each): at for each, at in self.taken.items()}
        elif ended := told if kind == "done" else self._last(kind):
            if ended in self.open:
                self.open.remove(ended)
            self.done.append((position, ended, self.taken.get(ended)))

    def _last(self, kind: str) -> str:
        for sort in MAY_END[kind]:
            for step in reversed(self.open):
                if SORTS[step] == sort:
                    return step
        return ""


def by_columns(cases: Sequence[Sequence[tuple[str, Any]]]) -> list[list[tuple[int, str, int | None]]]:
    """The same by the statements of the observatory."""
    found: list[list[tuple[int, str, int | None]]] = [[] for _ in cases]
    acts = [(str(n), at, *act) for n, case in enumerate(cases) for at, act in enumerate(case, 1)]

    def fill(log):
        steps.make_tables(log)
        steps.put(log, "kind", [(kind, role, kind) for kind, role in ROLES.items()])
        steps.put(log, "may_end", [(kind, sort, n) for kind, sorts in MAY_END.items() for n, sort in enumerate(sorts)])
        steps.put(log, "of_case", [(str(n), 1) for n in range(len(cases))])
        steps.put(log, "step", [(1, step, sort, step) for step, sort in SORTS.items()])
        steps.put(
            log,
            "act",
            [(case, at, kind, START + timedelta(minutes=at), "", _told(told)) for case, at, kind, told in acts],
        )
        log.db.execute(steps.SAID)
        log.db.execute(steps.FOLD)
        minutes = "date_diff('minute', $1::TIMESTAMPTZ, begun)"
        for case, at, step, begun in log.rows(
            f"SELECT case_id, position, step, {minutes} FROM done ORDER BY 2", [START]
        ):
            found[int(case)].append((at, step, begun))
        log.db.execute("INSERT INTO given VALUES ('1', 1, 'a', '2026-03-02T08:00:00+00:00', '', '', NULL)")

    log_from("steps", fill).close()
    return found


def _told(told: Any) -> str | None:
    if told is None:
        return None
    return json.dumps({"steps": told} if isinstance(told, dict) else {"step": told})


def _random(chance: random.Random) -> list[tuple[str, Any]]:
    acts: list[tuple[str, Any]] = []
    for _ in range(chance.randint(1, 25)):
        kind = chance.choices(list(ROLES), [8, 4, 4, 1, 2, 3])[0]
        names = list(SORTS)
        swapped = dict(zip(names, chance.sample(names, len(names)), strict=True))
        acts.append((kind, swapped if kind == "moved" else None if kind in MAY_END else chance.choice(names)))
    return acts


@pytest.mark.parametrize("seed", range(5))
def test_any_acts_are_told_as_one_by_one(seed):
    chance = random.Random(seed)
    cases = [_random(chance) for _ in range(200)]
    plain = [Plain() for _ in cases]
    for reader, case in zip(plain, cases, strict=True):
        for position, act in enumerate(case, 1):
            reader.act(position, *act)
    assert by_columns(cases) == [each.done for each in plain]


def test_a_decision_ends_the_last_opened_of_the_steps_it_may_end():
    case = [("opened", "d"), ("opened", "e"), ("claimed", "e"), ("opened", "r"), ("decided", None), ("decided", None)]
    assert by_columns([case]) == [[(5, "e", 3), (6, "d", None)]]


def test_a_case_that_moved_ends_its_steps_under_their_new_names():
    case = [("opened", "x"), ("claimed", "x"), ("moved", {"x": "d"}), ("decided", None)]
    assert by_columns([case]) == [[(4, "d", 2)]]


def test_a_step_that_was_erased_is_not_guessed():
    assert by_columns([[("opened", None), ("claimed", None), ("done", None), ("decided", None)]]) == [[]]
