"""Where a case stands: a small frozen value that reads well and stores as JSON.

As JSON it is a dict of short texts, for example `{"at": "sign examine#2", "been": "accept sign examine#2"}`: `at` are
the waiting tokens, `been` the nodes that were waited at with the number of the last visit, `joined` the flows whose
tokens wait at a join (`+flow`: one that a complex join has passed over), `fired` the non-interrupting triggers that
have been used (`daily*2`: one that has counted twice and runs again), `undoable` what has been done and can be undone,
`outcome` what came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, cast

from zhengtong.common.text import text
from zhengtong.engines.process.faults import ProcessFault

_PARTS = ("at", "been", "joined", "fired", "outcome", "undoable")
Stuck = Literal["", "in", "out"]  # not stuck; before the node's work; after it


@dataclass(frozen=True, slots=True)
class Token:
    """A token that waits at a node.

    `scope` is the key of the activity that it is inside of. Of an activity done several times, the token of the
    whole has `turn` 0 and `of` instances, and is the scope of its instances, which have `turn` 1, 2 …
    """

    node: str
    visit: int = 1
    scope: str = ""
    turn: int = 0
    of: int = 0
    stuck: Stuck = ""

    @property
    def key(self) -> str:
        """Its name in the case: `node`, `node#2` …"""
        return key(self.node, self.visit)


def key(node: str, visit: int) -> str:
    """The name of the token of a visit."""
    return node if visit == 1 else f"{node}#{visit}"


def split(name: str) -> tuple[str, int]:
    """The node and the visit in a key; visit 0 where it is none."""
    node, _, visit = name.partition("#")
    if not visit:
        return node, 1
    return node, int(visit) if visit.isdecimal() and len(visit) < 10 else 0


def counted(fired: Iterable[str], name: str) -> int:
    """How often a timer that repeats has counted and still runs: 2 where `name*2` is among the triggers."""
    found = next((each for each in fired if each.startswith(f"{name}*")), "")
    number = found.rpartition("*")[2]
    return int(number) if number.isdecimal() and len(number) < 10 else 0


@dataclass(frozen=True)
class State:
    """Where a case stands."""

    tokens: tuple[Token, ...] = ()  # in the order in which they began to wait
    joined: tuple[tuple[str, str], ...] = ()  # (flow, scope) of tokens at joins
    visits: tuple[tuple[str, int], ...] = ()  # by node where a token has waited: how often
    fired: tuple[str, ...] = ()  # keys of non-interrupting triggers that have been used; `key*2`: used twice so far
    outcome: str = ""
    undoable: tuple[tuple[str, str], ...] = ()  # (node, scope), oldest first

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.tokens, self.joined, self.visits, self.fired, self.outcome, self.undoable))

    @property
    def is_over(self) -> bool:
        """Whether nothing waits any more."""
        return not self.tokens and not self.joined

    @property
    def waiting(self) -> tuple[tuple[str, str], ...]:
        """(key, node) of what is waited for, oldest first; without activities that only wait for their inside."""
        scopes = {token.scope for token in self.tokens}
        return tuple((token.key, token.node) for token in self.tokens if token.key not in scopes)

    @property
    def stuck(self) -> tuple[tuple[str, str], ...]:
        """(key, node) of tokens that wait for `Retried`."""
        return tuple((token.key, token.node) for token in self.tokens if token.stuck)

    @property
    def done(self) -> frozenset[str]:
        """The nodes where a token has waited and none waits now."""
        return frozenset(node for node, _visit in self.visits) - {token.node for token in self.tokens}

    def to_json(self) -> dict[str, str]:
        """The state as a dict of texts; empty ones are left out."""
        return dict(self._as_json)

    @cached_property
    def _as_json(self) -> dict[str, str]:
        written = {
            "at": " ".join(map(_written, self.tokens)),
            "been": " ".join(key(*visit) for visit in self.visits),
            "joined": " ".join(f"{scope}/{flow}" if scope else flow for flow, scope in self.joined),
            "fired": " ".join(self.fired),
            "undoable": " ".join(f"{scope}/{node}" if scope else node for node, scope in self.undoable),
            "outcome": self.outcome,
        }
        return {name: value for name, value in written.items() if value}

    @staticmethod
    def from_json(written: Mapping[str, str]) -> State:
        """The state that `to_json` wrote; ProcessFault where it did not."""
        try:
            return _read(*(written.get(name, "") for name in _PARTS))
        except (ValueError, AttributeError, TypeError) as fault:
            raise ProcessFault(text("流程状态已损坏。", f"this is no state of a process: {fault}")) from fault


@lru_cache(maxsize=10_000)  # most cases stand where others stand too
def _read(at: str, been: str, joined: str, fired: str, outcome: str, undoable: str) -> State:
    return State(
        tokens=tuple(map(_token, at.split())),
        joined=tuple(map(_joined, joined.split())),
        visits=tuple(map(split, been.split())),
        fired=tuple(fired.split()),
        outcome=outcome,
        undoable=tuple(map(_joined, undoable.split())),
    )


def _written(token: Token) -> str:
    scope = f"{token.scope}/" if token.scope else ""
    turn = f"~{token.turn}:{token.of}" if token.turn or token.of else ""
    stuck = f"!{token.stuck}" if token.stuck else ""
    return f"{scope}{token.key}{turn}{stuck}"


def _token(written: str) -> Token:
    rest, _, stuck = written.partition("!")
    rest, _, turns = rest.partition("~")
    turn, _, of = turns.partition(":")
    scope, _, name = rest.rpartition("/")
    node, visit = split(name)
    if stuck not in ("", "in", "out"):
        raise ValueError(written)
    return Token(node, visit, scope, int(turn or 0), int(of or 0), cast(Stuck, stuck))


def _joined(written: str) -> tuple[str, str]:
    scope, _, flow = written.rpartition("/")
    return flow, scope
