"""From the tree to Python: each node becomes statements, and the name of the variable that holds its value.

Statements, not one nested expression: Python's compiler allows no more than 200 brackets, loops stay loops, and what is
not needed (a branch, the right side of `and`) is not run.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from zhengtong.engines.rules.feel import access, arithmetic, equality, iteration, logic, tree, types
from zhengtong.engines.rules.feel.calling import invoke
from zhengtong.engines.rules.feel.code import Code
from zhengtong.engines.rules.feel.literals import MAKERS, made_of_text
from zhengtong.engines.rules.feel.scope import Frame, Scope
from zhengtong.engines.rules.feel.temporal import Date
from zhengtong.engines.rules.feel.values import Function, Range

Resolve = Callable[[tree.TypeTree], types.Type | None]
Emit = Callable[["Generator", Any], str]

_RUNTIME = {
    "add": arithmetic.add,
    "subtract": arithmetic.subtract,
    "multiply": arithmetic.multiply,
    "divide": arithmetic.divide,
    "power": arithmetic.power,
    "negate": arithmetic.negate,
    "equal": equality.equal,
    "unequal": equality.unequal,
    "less": equality.less,
    "less_equal": equality.less_equal,
    "greater": equality.greater,
    "greater_equal": equality.greater_equal,
    "is_in": equality.is_in,
    "in_range": equality.in_range,
    "in_cell": logic.in_cell,
    "both": logic.both,
    "either": logic.either,
    "make_range": logic.make_range,
    "unary_range": logic.unary_range,
    "member": access.member,
    "scoped": access.scoped,
    "item_at": access.item_at,
    "filtered": access.filtered,
    "each": iteration.each,
    "each_between": iteration.each_between,
    "copied": iteration.copied,
    "conform": types.conform,
    "is_instance": types.is_instance,
    "invoke": invoke,
    "Function": Function,
    "Decimal": Decimal,
    "Date": Date,
    "Range": Range,
}

KINDS = {"number": "Decimal", "string": "str", "boolean": "bool", "date": "Date"}


class Generator:
    """Writes the Python of one expression. `explains`: its tables note what held in each cell."""

    def __init__(self, resolve: Resolve = lambda _: None, *, explains: bool = False) -> None:
        self.explains = explains
        self.code = Code(**_RUNTIME)
        self.scope = Scope()
        self.resolve = resolve
        self.kinds: dict[str, types.Type] = {}  # of variables that are known to conform

    def function(self, node: tree.Node, parameters: Sequence[str]) -> Callable[..., Any]:
        """A Python function of a `Run` and the parameters, in this order, that gives the value of the node."""
        variables = {name: self.code.fresh("v") for name in parameters}
        self.scope.frames.append(Frame(variables))
        with self.code.block(f"def main(run{''.join(f', {each}' for each in variables.values())}):"):
            self.code.line(f"return {self.emit(node)}")
        self.scope.frames.pop()
        return self.code.compiled("main")

    def emit(self, node: tree.Node) -> str:
        """Write the statements of a node; gives the identifier of its value."""
        return EMITTERS[type(node)](self, node)

    def conformed(self, value: str, kind: types.Type | None) -> str:
        """The value as the type has it; what is of the right kind already is not looked at twice."""
        if kind is None or type(kind) is types.Type or self.kinds.get(value) == kind:
            return value
        python = KINDS.get(kind.kind) if isinstance(kind, types.Basic) else None
        call = f"conform({value}, {self.code.constant(kind)}, run.spend)"
        found = self.code.let(f"{value} if type({value}) is {python} else {call}" if python else call)
        self.kinds[found] = kind
        return found

    def literal(self, node: tree.Node) -> tree.Constant | None:
        """The node as a literal, where it is one: itself, or what `date("…")` and its like make of a text."""
        if isinstance(node, tree.Constant):
            return node
        if isinstance(node, tree.Call) and isinstance(node.function, tree.Name) and node.function.name in MAKERS:
            found = self.scope.find(node.function.name)
            return None if found.variable or found.items else made_of_text(node)
        return None

    def emit_all(self, nodes: Sequence[tree.Node]) -> str:
        """The values of several nodes, as the items of a Python tuple."""
        return "".join(f"{self.emit(node)}, " for node in nodes)

    @contextmanager
    def within(self, frame: Frame) -> Iterator[None]:
        """What is emitted within sees the names of the frame."""
        self.scope.frames.append(frame)
        yield
        self.scope.frames.pop()


EMITTERS: dict[type, Emit] = {}


def emits(kind: type) -> Callable[[Emit], Emit]:
    """Declare how a kind of node is written."""

    def declare(emit: Emit) -> Emit:
        EMITTERS[kind] = emit
        return emit

    return declare
