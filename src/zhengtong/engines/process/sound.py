"""Soundness of a process: it can always finish, nothing is left behind when it does, and no step is dead.

Each scope is proved on its own (a sub-process is one step of the scope around it), by reduction where that succeeds and
by exploring every order of events where it does not.
"""

import re
from collections.abc import Iterator

from zhengtong.common.text import Text, text
from zhengtong.engines.process.explore import Exploration, Step, explore
from zhengtong.engines.process.faults import Finding, Severity
from zhengtong.engines.process.graph import SOURCE, Graph, graph_of
from zhengtong.engines.process.model import SUB_PROCESSES, Model
from zhengtong.engines.process.reduce import reduce

CODES = frozenset({"dead-lock", "never-ends", "not-synchronised", "dead-step", "too-large"})

_DEAD_LOCK = text("流程会停在这里，再也无法继续。", "the process stops here and can never go on")
_NEVER_ENDS = text("流程从这里起永远不会结束。", "from here the process goes on for ever")
_DOUBLED = text(
    "同一步骤会同时进行两次：并行分支在此汇合却没有等待彼此。",
    "the step can be under way twice at once: branches in parallel meet here without waiting for each other",
)
_DEAD_STEP = text("这一步永远不会执行。", "this step can never be reached")
_TOO_LARGE = text("流程过于复杂，未能在限度内证明。", "the process has too many states to be proved within the bounds")


def prove(model: Model) -> Iterator[Finding]:
    """What is wrong with the soundness of each scope; nothing where it is proved."""
    yield from prove_scope(model, "")
    for node in model.nodes.values():
        if node.kind in SUB_PROCESSES and model.inside(node.id):
            yield from prove_scope(model, node.id)


def prove_scope(model: Model, scope: str) -> Iterator[Finding]:
    """The same of one scope: a sub-process, or the process itself (`""`)."""
    if reduce(graph_of(model, scope)):
        return
    graph = graph_of(model, scope, terminates=True)
    reduce(graph)
    seen = explore(graph)
    if seen.doubled:
        yield _finding(model, seen, "not-synchronised", _DOUBLED, _steps(seen, seen.doubled))
    elif not seen.is_complete:
        element = model.nodes[scope] if scope else model
        yield Finding("too-large", "data-dependent", element.id, element.line, _TOO_LARGE)
    elif (stuck := seen.stuck()) is not None:
        steps = seen.steps_to(stuck)
        dead = not seen.followers[stuck]
        code, message = ("dead-lock", _DEAD_LOCK) if dead else ("never-ends", _NEVER_ENDS)
        yield _finding(model, seen, code, message, steps, at=_where(graph, stuck))
    else:
        yield from _dead_steps(model, seen)


def _steps(seen: Exploration, last: Step) -> list[Step]:
    return [*seen.steps_to(last.before), last]


def _where(graph: Graph, marking: frozenset[int]) -> str:
    """The element at which the tokens of a marking wait; a join before others."""
    targets = [graph.vertices[graph.edges[edge].target] for edge in sorted(marking)]
    joins = [vertex for vertex in targets if vertex.join != "xor"]
    return (joins or targets)[0].nodes[0]


def _finding(model: Model, seen: Exploration, code: str, message: Text, steps: list[Step], at: str = "") -> Finding:
    graph = seen.graph
    taken = [edge.id for edge in graph.outgoing(SOURCE)] + [edge for step in steps for edge in step.taken]
    trace = tuple(node for edge in taken for node in graph.edges[edge].trace)
    element = at or _target(graph, steps[-1])
    line = model.nodes[element].line if element in model.nodes else model.line
    return Finding(code, _severity(model, graph, steps), element, line, message, trace)


def _target(graph: Graph, step: Step) -> str:
    """Where the second token comes to."""
    again = next((edge for edge in step.taken if edge in step.before), step.taken[0])
    return next(iter(graph.edges[again].trace), graph.vertices[graph.edges[again].target].nodes[0])


def _severity(model: Model, graph: Graph, steps: list[Step]) -> Severity:
    """Certain, unless it takes several choices that may exclude each other.

    Those are choices that look at the same fact, and several ways of one inclusive choice. What takes an event beside
    an activity that goes on depends on when it comes.
    """
    seen: set[str] = set()
    for step in steps:
        if graph.vertices[step.vertex].split in ("or", "main") and len(step.taken) > 1:
            return "data-dependent"
        if graph.vertices[step.vertex].split in ("xor", "or"):
            names = {name for node in graph.vertices[step.vertex].nodes for name in _facts_asked(model, node)}
            if seen & names:
                return "data-dependent"
            seen |= names
    return "error"


_NAME = re.compile(r"[^\W\d]\w*")
_LITERAL = re.compile(r'"[^"]*"')
_WORDS = frozenset({"and", "or", "not", "true", "false", "null", "in", "between", "if", "then", "else"})


def _facts_asked(model: Model, node: str) -> set[str]:
    if node not in model.nodes:
        return set()
    conditions = " ".join(model.flows[flow].condition for flow in model.nodes[node].outgoing)
    return set(_NAME.findall(_LITERAL.sub(" ", conditions))) - _WORDS


def _dead_steps(model: Model, seen: Exploration) -> Iterator[Finding]:
    dead = [edge for id_, edge in seen.graph.edges.items() if id_ not in seen.taken]
    for node in dict.fromkeys(node for edge in dead for node in edge.members):
        yield Finding("dead-step", "error", node, model.nodes[node].line, _DEAD_STEP)
