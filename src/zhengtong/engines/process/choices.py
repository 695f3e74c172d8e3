"""Whether a choice always has a way out, whatever the facts are."""

import re
from collections.abc import Iterator, Mapping

from zhengtong.engines.process.model import Model, Node

_EQUALS = re.compile(r"(\w+)\s*(!?=)\s*(\"[^\"]*\"|-?[\d.]+|true|false)")


def always_has_a_way(model: Model, node: Node) -> bool:
    """Whether one of the ways out is open for all facts: a default, a way without a condition, a condition and its
    contrary, or one way for each output of the tasks that set the fact (which may not be by-passed)."""
    conditions = _all_conditions(model, node)
    return not conditions or "true" in conditions or _contrary(conditions) or any(_set_before(model, node, conditions))


def asked(model: Model, node: Node) -> list[tuple[str, set[str]]]:
    """The facts, with their values, by which alone a choice has a way out: every way that leads to it sets them."""
    conditions = _all_conditions(model, node)
    return [] if "true" in conditions or _contrary(conditions) else list(_set_before(model, node, conditions))


def _all_conditions(model: Model, node: Node) -> set[str]:
    """The conditions of the ways out; none where one of them is always open."""
    flows = [model.flows[flow] for flow in node.outgoing]
    if node.default or any(not flow.condition for flow in flows):
        return set()
    return {_plain(flow.condition) for flow in flows}


def _plain(condition: str) -> str:
    return " ".join(condition.split()).removeprefix("(").removesuffix(")") if condition.startswith("(") else condition


def _contrary(conditions: set[str]) -> bool:
    """`c` and `not(c)`, or `a = v` and `a != v`. (`a` and `not a` by comparison with true and false leave out null.)"""
    negated = {f"not({each})" for each in conditions} | {f"not ({each})" for each in conditions}
    equal = (match for each in conditions if (match := _EQUALS.fullmatch(each)) and match[2] == "=")
    unequal = {match.expand(r"\1 != \3") for match in equal}
    return not conditions.isdisjoint(negated | unequal)


def _set_before(model: Model, node: Node, conditions: set[str]) -> Iterator[tuple[str, set[str]]]:
    covered: dict[str, set[str]] = {}
    for each in conditions:
        match = _EQUALS.fullmatch(each)
        if match and match[2] == "=":
            covered.setdefault(match[1], set()).add(match[3].strip('"'))
    return ((fact, values) for fact, values in covered.items() if _is_set_before(model, node, fact, values))


def _is_set_before(model: Model, node: Node, fact: str, values: set[str]) -> bool:
    """Whether every way to `node` ends in tasks that set `fact`, to one of `values` only."""
    waiting, seen = list(node.incoming), set[str]()
    if not waiting:
        return False
    while waiting:
        source = model.nodes[model.flows[waiting.pop()].source]
        if source.id in seen:
            continue
        seen.add(source.id)
        outputs = _outputs(source)
        if fact in outputs:
            if not set(outputs[fact]) <= values:
                return False
            continue
        if not source.incoming:
            return False
        waiting.extend(source.incoming)
    return True


def _outputs(node: Node) -> Mapping[str, tuple[str, ...]]:
    return {node.task.fact: node.task.values} if node.task and node.task.fact else {}
