"""Where the steps of one version of a process are in another: as it was declared, else as it is found.

Found is what has the same id, else the one element of the same kind with the same wording. A declared map gives for an
id of the old version the id of a step where the work goes on, the id of a flow along which the case goes on (the work
is called off), or None: the branch is not needed any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhengtong.common.text import text
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.model import Flow, Model, Node

Declared = Mapping[str, str | None]
Likeness = tuple[object, ...]

_BY_HAND = frozenset({"userTask", "manualTask"})


@dataclass(frozen=True, slots=True)
class Places:
    """Where the nodes and flows of `old` are in `new`; what has no place is not there."""

    nodes: Mapping[str, str]
    onward: Mapping[str, str]  # by old node: the new flow along which its token goes on
    gone: frozenset[str]  # old nodes and flows whose tokens are not needed any more
    flows: Mapping[str, str]  # declared ones only; others are found by their ends: see `way`


def places(old: Model, new: Model, declared: Declared) -> Places:
    """Find the place of everything that has one."""
    named = {id_: to for id_, to in declared.items() if to is not None}
    nodes = {id_: id_ for id_ in old.nodes if id_ in new.nodes and id_ not in declared}
    nodes |= {id_: to for id_, to in named.items() if id_ in old.nodes and to in new.nodes}
    _by_wording(old, new, nodes, declared)
    onward = {id_: to for id_, to in named.items() if id_ in old.nodes and to in new.flows}
    flows = {id_: to for id_, to in named.items() if id_ in old.flows and to in new.flows}
    return Places(nodes, onward, frozenset(declared) - named.keys(), flows)


def _by_wording(old: Model, new: Model, nodes: dict[str, str], declared: Declared) -> None:
    """Add the nodes that have another id but are, in their sub-process, the only ones of their kind and wording."""
    free: dict[Likeness, list[str]] = {}
    for node in new.nodes.values():
        if node.id not in old.nodes and node.id not in nodes.values():
            free.setdefault(_likeness(node, node.parent), []).append(node.id)
    lost: dict[Likeness, list[str]] = {}
    for node in old.nodes.values():  # what is around comes before what is inside
        if node.id in nodes or node.id in declared or not any(node.name.values()):
            continue
        likeness = _likeness(node, nodes.get(node.parent, "") if node.parent else "")
        same = lost.setdefault(likeness, [])
        same.append(node.id)
        found = free.get(likeness, ())
        if len(found) == len(same) == 1:
            nodes[node.id] = found[0]
        elif len(same) == 2:
            nodes.pop(same[0], None)


def _likeness(node: Node, parent: str) -> Likeness:
    return node.kind, parent, tuple(sorted(node.name.items()))


def unlike(one: Node, other: Node) -> bool:
    """Whether what waits at one could not go on waiting at the other."""
    same_kind = one.kind == other.kind or {one.kind, other.kind} <= _BY_HAND
    return not same_kind or _form(one) != _form(other)


def _form(node: Node) -> Likeness:
    trigger = node.trigger.kind if node.trigger else ""
    special = node.task.special if node.task else ""
    by_party = bool(node.task and node.task.post == "party")
    loop = node.loop.kind if node.loop else ""
    return trigger, special, by_party, loop, node.by_event, node.undoes, node.undoing


def way(old: Flow, of: Places, new: Model) -> str:
    """The flow of the new version on which a token is that has come along an old one to a join; empty: none.

    It has left the step that the flow begins at: by the same flow, the one that leads to the same join, or the only
    one there is. Where that step has no place, the same flow to the same join.
    """
    if old.id in of.flows:
        return of.flows[old.id]
    source, target = of.nodes.get(old.source, ""), of.nodes.get(old.target, "")
    same = new.flows.get(old.id)
    if not source:
        return same.id if same and same.target == target else ""
    out = new.nodes[source].outgoing
    direct = [flow for flow in out if new.flows[flow].target == target]
    if old.id in out:
        return old.id
    return direct[0] if len(direct) == 1 else out[0] if len(out) == 1 else ""


def alike(old: Model, new: Model, scope: str, of: Places) -> bool:
    """Whether a scope is drawn alike in both: then every state that it had in one is one of the other, too."""
    to = of.nodes.get(scope, "") if scope else ""
    inside, there = old.inside(scope), {node.id for node in new.inside(to)}
    if {of.nodes.get(node.id) for node in inside} != there or len(inside) != len(there):
        return False
    drawn = {_ends(old, flow, of.nodes) for node in inside for flow in node.outgoing}
    same = {(flow, new.flows[flow].source, new.flows[flow].target) for id_ in there for flow in new.nodes[id_].outgoing}
    return drawn == same and not any(
        unlike(node, new.nodes[of.nodes[node.id]]) or _hangs(node, of.nodes) != _hangs(new.nodes[of.nodes[node.id]])
        for node in inside
    )


def _ends(old: Model, flow: str, nodes: Mapping[str, str]) -> tuple[str, str | None, str | None]:
    return flow, nodes.get(old.flows[flow].source), nodes.get(old.flows[flow].target)


def _hangs(node: Node, nodes: Mapping[str, str] | None = None) -> Likeness:
    host = node.attached_to if nodes is None else nodes.get(node.attached_to, "")
    return host, node.interrupting, node.activation


def is_in(model: Model, place: str) -> bool:
    """Whether an id names a step or a flow of a process."""
    return place in model.nodes or place in model.flows


def nowhere(new: Model, declared: Declared) -> Iterator[Finding]:
    """What a declared map names that is not in the process."""
    for id_, to in declared.items():
        if to is not None and not is_in(new, to):
            message = text(f"“{id_}”要移到的“{to}”不存在。", f"{to!r}, where {id_!r} is to go on, is not there")
            yield Finding("no-such-place", "error", to, new.line, message)
