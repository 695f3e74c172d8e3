"""From the rules that were hit to the result of a table, by its hit policy (DMN 1.5, 8.2.10)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhengtong.engines.rules.dmn.lookup import numbers_in
from zhengtong.engines.rules.feel.builtins.statistics import maximum, minimum, total
from zhengtong.engines.rules.feel.equality import equal, same
from zhengtong.engines.rules.feel.values import Value
from zhengtong.engines.rules.limits import Run

_MOST_KNOWN = 10_000  # sets of rules that fired together; the sets themselves are large where there are many rules
_MOST_NUMBERS = 500_000
Hits = Sequence[int]
Row = Callable[[int], Value]


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """How a table settles: hit policy, aggregation, the names of its outputs, and which of their values come first."""

    policy: str
    aggregation: str
    outputs: tuple[str, ...]
    priorities: tuple[tuple[Value, ...], ...]


def settle(run: Run, policy: Policy, hits: Hits, row: Row, default: Callable[[], Value]) -> Value:
    """The result of a table. `row` gives the outputs of a rule by its number."""
    if not hits:
        return default()
    return _SETTLE[policy.policy](run, policy, hits, row)


def settled_by_bits(
    run: Run,
    known: dict[int, tuple[Hits, Value]],
    bits: int,
    policy: Policy,
    row: Row,
    default: Callable[[], Value],
    is_constant: bool,
) -> tuple[Hits, Value]:
    """The rules that bits stand for, and the result; kept in `known` where it depends on nothing else."""
    hits = numbers_in(bits, first=policy.policy == "F")
    found = hits, settle(run, policy, hits, row, default)
    if is_constant and len(known) < min(_MOST_KNOWN, _MOST_NUMBERS // len(hits or (0,))):
        known[bits] = found
    return found


def _unique(run: Run, policy: Policy, hits: Hits, row: Row) -> Value:
    return row(hits[0]) if len(hits) == 1 else None


def _any(run: Run, policy: Policy, hits: Hits, row: Row) -> Value:
    first = row(hits[0])
    return first if all(_is_same(first, row(each)) for each in hits[1:]) else None


def _is_same(left: Value, right: Value) -> bool:
    return (left is None and right is None) or equal(left, right) is True


def _first(run: Run, policy: Policy, hits: Hits, row: Row) -> Value:
    return row(hits[0])


def _priority(run: Run, policy: Policy, hits: Hits, row: Row) -> Value:
    return _by_priority(policy, [row(each) for each in hits])[0]


def _rule_order(run: Run, policy: Policy, hits: Hits, row: Row) -> Value:
    return [row(each) for each in hits]


def _output_order(run: Run, policy: Policy, hits: Hits, row: Row) -> Value:
    return _by_priority(policy, [row(each) for each in hits])


def _by_priority(policy: Policy, rows: list[Value]) -> list[Value]:
    return sorted(rows, key=lambda row: rank(policy, row))


def rank(policy: Policy, row: Value) -> tuple[int, ...]:
    """The place of a row among all that there could be: the smallest has the highest priority."""
    values = [row] if len(policy.outputs) < 2 else [row[name] for name in policy.outputs]
    return tuple(_place(value, order) for value, order in zip(values, policy.priorities, strict=True))


def _place(value: Value, order: Sequence[Value]) -> int:
    return next((place for place, each in enumerate(order) if same(value, each)), len(order))


def _collect(run: Run, policy: Policy, hits: Hits, row: Row) -> Value:
    rows = [row(each) for each in hits]
    if not policy.aggregation or policy.aggregation not in _AGGREGATE:
        return rows
    if len(policy.outputs) < 2:
        return _AGGREGATE[policy.aggregation](run, rows)
    return {name: _AGGREGATE[policy.aggregation](run, [each[name] for each in rows]) for name in policy.outputs}


def _count(run: Run, values: list[Value]) -> Value:
    return Decimal(len(values))


_AGGREGATE: dict[str, Callable[[Run, list[Any]], Value]] = {
    "SUM": total,
    "COUNT": _count,
    "MIN": minimum,
    "MAX": maximum,
}
_SETTLE: dict[str, Callable[[Run, Policy, Hits, Row], Value]] = {
    "U": _unique,
    "A": _any,
    "P": _priority,
    "F": _first,
    "R": _rule_order,
    "O": _output_order,
    "C": _collect,
}
