"""The Python of constants, names, arithmetic, comparison and logic."""

from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.builtins import BUILTINS
from zhengtong.engines.rules.feel.generate import Generator, emits
from zhengtong.engines.rules.feel.types import bare

OPERATIONS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "**": "power",
    "=": "equal",
    "!=": "unequal",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
}
_ARITHMETIC = frozenset(["+", "-", "*", "/", "**"])


@emits(tree.Constant)
def _constant(self: Generator, node: tree.Constant) -> str:
    return self.code.constant(node.value)


@emits(tree.Name)
def _name(self: Generator, node: tree.Name) -> str:
    found = self.scope.find(node.name)
    value = found.variable or self.code.constant(BUILTINS.get(node.name))
    for item in reversed(found.items):
        value = self.code.let(f"scoped({item}, {self.code.constant(node.name)}, {value})")
    return value


@emits(tree.Negation)
def _negation(self: Generator, node: tree.Negation) -> str:
    return self.code.let(f"negate({self.emit(node.value)})")


@emits(tree.Binary)
def _binary(self: Generator, node: tree.Binary) -> str:
    chain = [node]
    while isinstance(chain[-1].left, tree.Binary):
        chain.append(chain[-1].left)
    value = self.emit(chain[-1].left)
    for link in reversed(chain):
        value = _operation(self, link.op, value, link.right)
    return value


def _operation(self: Generator, op: str, left: str, right: tree.Node) -> str:
    if op in {"and", "or"}:
        return _logical(self, op, left, right)
    return self.code.let(operation(op, left, self.emit(right)))


def operation(op: str, left: str, right: str) -> str:
    """The call of an operation; those that go over structures, texts, many digits or zones count what they do."""
    if op in _ARITHMETIC:
        return f"{OPERATIONS[op]}(run, {left}, {right})"
    return f"{OPERATIONS[op]}({left}, {right}, run.spend)"


def _logical(self: Generator, op: str, left: str, right: tree.Node) -> str:
    value = self.code.let(left)
    settled, join = ("False", "both") if op == "and" else ("True", "either")
    with self.code.block(f"if {value} is not {settled}:"):
        self.code.line(f"{value} = {join}({value}, {self.emit(right)})")
    return value


@emits(tree.Between)
def _between(self: Generator, node: tree.Between) -> str:
    value, low, high = self.emit(node.value), self.emit(node.low), self.emit(node.high)
    return self.code.let(f"both(less_equal({low}, {value}, run.spend), less_equal({value}, {high}, run.spend))")


@emits(tree.RangeOf)
def _range(self: Generator, node: tree.RangeOf) -> str:
    ends = f"{self.emit(node.start)}, {self.emit(node.end)}"
    return self.code.let(f"make_range({ends}, {node.start_included}, {node.end_included}, run.spend)")


@emits(tree.InstanceOf)
def _instance_of(self: Generator, node: tree.InstanceOf) -> str:
    kind = bare(self.resolve(node.type))
    return self.code.let(f"is_instance({self.emit(node.value)}, {self.code.constant(kind)}, run.spend)")


@emits(tree.Typed)
def _typed(self: Generator, node: tree.Typed) -> str:
    return self.conformed(self.emit(node.value), self.resolve(node.type))
