"""The syntax tree of FEEL: plain frozen data, the same for text and for boxed expressions."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """Any expression."""


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A literal: null, a number, a string, a boolean, or what `@"…"` stands for."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or a function, by its name with single spaces."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-value`."""

    value: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left op right`: `+ - * / ** = != < <= > >= and or`."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class UnaryTest(Node):
    """`< value` and the like; by itself it is a range."""

    op: str
    value: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in (tests)`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The unary tests of a cell, of the variable `?`; no tests at all (`-`) are always true."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A type by its name: one of FEEL's or of the model's."""

    name: str


@dataclass(frozen=True, slots=True)
class Generic:
    """`list<T>`, `range<T>`, `context<a: T>` or `function<T> -> R`; of a function the last argument is the result."""

    kind: str
    arguments: tuple[Any, ...]
    names: tuple[str, ...] = ()


TypeTree = Named | Generic


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: TypeTree


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then yes else no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Loop:
    """`name in source`; with `end`, `name in source..end`."""

    name: str
    source: Node
    end: Node | None = None
    type: TypeTree | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for loops return body`."""

    loops: tuple[Loop, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some loops satisfies body`, or `every` where `every` is true."""

    every: bool
    loops: tuple[Loop, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function."""

    name: str
    type: TypeTree | None = None


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """`function(parameters) body`; an external one names code of another language and is never run."""

    parameters: tuple[Parameter, ...]
    body: Node
    external: bool = False
    result: TypeTree | None = None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(arguments)`; `names` are given when the arguments are."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`value.name`."""

    value: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`value[condition]`."""

    value: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[items]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """`name: value` in a context; `type` is what a boxed context declares."""

    name: str
    value: Node
    type: TypeTree | None = None


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`{entries}`; a boxed context may end in an expression that is its `result`."""

    entries: tuple[Entry, ...]
    result: Node | None = None


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """`[start..end]` with brackets of either kind."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Typed(Node):
    """A value that has to conform to a type; it is null where it does not (10.3.2.9.4)."""

    value: Node
    type: TypeTree


@dataclass(frozen=True, slots=True)
class Input:
    """An input column: its expression, the values allowed in it, and what a reader is told it is."""

    expression: Node
    allowed: Tests | None
    type: TypeTree | None = None
    label: Any = None
    text: str = ""
    allowed_text: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """An output column; `allowed` is in order of priority, `default` is for when nothing is hit."""

    name: str
    type: TypeTree | None
    allowed: tuple[Node, ...]
    default: Node | None
    label: Any = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: its number from 1, tests and results, also as they are written, and what stands beside it."""

    number: int
    tests: tuple[Tests, ...]
    results: tuple[Node, ...]
    note: Any = None
    texts: tuple[str, ...] = ()
    result_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A decision table (chapter 8): hit policy U A P F R O C, with the aggregation of C: SUM COUNT MIN MAX or none."""

    key: str
    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    note: Any = None


_STRUCTURED = Node | Loop | Entry | Parameter | Input | Output | Rule


def parts(item: Any) -> tuple[Any, ...]:
    """What a node, or a part of one, is made of."""
    return tuple(getattr(item, each.name) for each in fields(item)) if isinstance(item, _STRUCTURED) else ()


def walk(node: Any) -> Iterator[Node]:
    """Every node below and including `node`, without recursion: sums of a thousand terms are deep on the left."""
    stack = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
            continue
        if isinstance(item, Node):
            yield item
        stack.extend(parts(item))


def uses(node: Any, name: str) -> bool:
    """Whether `name` occurs in it as a name."""
    return any(isinstance(each, Name) and each.name == name for each in walk(node))


def is_number(node: Node) -> bool:
    """Whether it is a literal number."""
    return isinstance(node, Constant) and isinstance(node.value, Decimal)
