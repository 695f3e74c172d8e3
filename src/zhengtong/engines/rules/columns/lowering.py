"""From the tree of FEEL to columns: what the generator of Python does for one case, this does for all at once.

Each kind of node has a function that gives its symbol. What has no exact counterpart raises NotColumns, which names it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.columns.dialect import Dialect
from zhengtong.engines.rules.columns.errors import NotColumns
from zhengtong.engines.rules.columns.exact import Exact
from zhengtong.engines.rules.columns.floats import Floats
from zhengtong.engines.rules.columns.sheet import let
from zhengtong.engines.rules.columns.symbols import (
    Applied,
    Column,
    Fraction,
    Interval,
    Item,
    Listing,
    Record,
    Symbol,
)
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.free import free_names
from zhengtong.engines.rules.feel.generate import Generator, Resolve
from zhengtong.engines.rules.feel.temporal import Date, DaysDuration, MonthsDuration
from zhengtong.engines.rules.feel.values import Builtin, Function, Range
from zhengtong.engines.rules.limits import Run

_LONGEST = 400  # items of a list that is known one by one
_DEEPEST = 30  # functions within functions
_SECOND = 1_000_000_000

NULL = Column("NULL", "null", simple=True, constant=None)
TRUE = Column("TRUE", "boolean", False, simple=True, constant=True)
FALSE = Column("FALSE", "boolean", False, simple=True, constant=False)


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean where an expression stands, and how types are found there."""

    names: Mapping[str, Symbol]
    resolve: Resolve
    where: str = ""  # the element, for its tables and for what goes wrong

    def bind(self, names: Mapping[str, Symbol]) -> "Scope":
        return replace(self, names={**self.names, **names})


@dataclass
class Lowering:
    """One plan in the making.

    `rules` holds, by name, the column of the rule that fired of each table; `misfits`, by element, what is null in
    every row since its kinds do not go together: that is what FEEL makes of it, and never what was meant.
    """

    dialect: Dialect
    numbers: Exact | Floats
    on: date
    rules: dict[str, Column] = field(default_factory=dict)
    depth: int = 0
    where: str = ""  # the element that is being lowered
    misfits: list[tuple[str, Text]] = field(default_factory=list)

    def misfit(self, operation: str, *kinds: str) -> Column:
        """Null for certain, and noted as such."""
        told = text("{operation} 不能用于 {kinds}", "{operation} does not go with {kinds}")
        self.misfits.append((self.where, told.format(operation=operation, kinds=", ".join(kinds))))
        return NULL

    def lower(self, node: tree.Node, scope: Scope) -> Symbol:
        """The symbol of an expression. Raises NotColumns."""
        if not isinstance(node, tree.Constant | tree.Name) and self._is_fixed(node, scope):
            return self.fixed(node, scope)
        lowering = LOWERINGS.get(type(node))
        if lowering is None:
            raise NotColumns(text(f"不支持 {type(node).__name__}", f"{type(node).__name__} is not provided for"))
        return lowering(self, node, scope)

    def column(self, node: tree.Node, scope: Scope) -> Column | Fraction:
        """The same where one value is wanted in each row; a list or a context there is null to FEEL."""
        found = self.lower(node, scope)
        return found if isinstance(found, Column | Fraction) else NULL

    def _is_fixed(self, node: tree.Node, scope: Scope) -> bool:
        """Whether it has the same value in every row. Tables are kept, since which rule fires is asked for."""
        if any(isinstance(each, tree.Table | tree.FunctionOf) for each in tree.walk(node)):
            return False
        return not (free_names(node) - {"partial"}) and not _shadows(node, scope)

    def fixed(self, node: tree.Node, scope: Scope) -> Symbol:
        """The value that the generated Python gives, as a literal."""
        run = Run.begin(self.on, None)
        return self.constant(Generator(scope.resolve).function(node, [])(run))

    def constant(self, value: Any) -> Symbol:
        """A FEEL value as a symbol."""
        if value is None:
            return NULL
        if isinstance(value, bool):
            return TRUE if value else FALSE
        if isinstance(value, list):
            return listing(Item(self.constant(each)) for each in value)
        if type(value) is dict:
            return Record({name: self.constant(each) for name, each in value.items()})
        if isinstance(value, Range):
            return Interval(self._end(value.start), self._end(value.end), value.start_included, value.end_included)
        return self._scalar(value)

    def _end(self, value: Any) -> Column | None:
        if value is None:
            return None
        found = self.constant(value)
        if not isinstance(found, Column):
            raise NotColumns(text("区间的端点", "the ends of a range"))
        return found

    def _scalar(self, value: Any) -> Column:
        if isinstance(value, Decimal):
            return self.numbers.constant(value)
        if isinstance(value, str):
            return Column(self.dialect.text(value), "string", False, simple=True, constant=value)
        if isinstance(value, Date) and 1 <= value.year <= 9999:
            return Column(self.dialect.date(value), "date", False, simple=True, constant=value)
        if isinstance(value, MonthsDuration):
            return self._duration("years and months duration", value.months, value)
        if isinstance(value, DaysDuration) and value.nanos % _SECOND == 0:
            return self._duration("days and time duration", value.nanos // _SECOND, value)
        kind = "function" if isinstance(value, Builtin | Function) else type(value).__name__
        raise NotColumns(text(f"值的类型 {kind} 不能成为列", f"a value of the kind {kind} cannot be a column"))

    def branch(self, column: Column, scale: int) -> str:
        """The column as a branch of CASE."""
        if column.kind == "number":
            return self.numbers.branch(column, scale)
        is_count = column.is_constant and column.kind.endswith("duration")
        return f"CAST({column.sql} AS {self.dialect.long})" if is_count else column.sql

    def _duration(self, kind: str, count: int, value: Any) -> Column:
        sql = str(count) if count >= 0 else f"({count})"
        return Column(sql, kind, False, simple=True, constant=value)


Lower = Callable[[Lowering, Any, Scope], Symbol]
LOWERINGS: dict[type, Lower] = {}


def lowers(kind: type) -> Callable[[Lower], Lower]:
    """Declare how a kind of node is lowered."""

    def declare(lower: Lower) -> Lower:
        LOWERINGS[kind] = lower
        return lower

    return declare


def _shadows(node: tree.Node, scope: Scope) -> bool:
    """Whether a name of the model hides a function of the standard that is used."""
    return any(isinstance(each, tree.Name) and each.name in scope.names for each in tree.walk(node))


def listing(items: Iterable[Item]) -> Listing:
    """A list of items, if they are not too many."""
    found = tuple(items)
    if len(found) > _LONGEST:
        raise NotColumns(text("列表过长", "the list is too long"))
    return Listing(found)


def refuse(zh: str, en: str) -> NotColumns:
    return NotColumns(text(zh, en))


def called(self: Lowering, function: Symbol, arguments: Sequence[Symbol]) -> Symbol:
    """A function of the model, lowered in place."""
    if not isinstance(function, Applied) or len(arguments) != len(function.parameters):
        return NULL
    self.depth += 1
    if self.depth > _DEEPEST:
        raise refuse("函数嵌套调用过深或调用自身", "functions call each other too deep, or themselves")
    found = function.call(*(named(each) for each in arguments))
    self.depth -= 1
    return found


def named(symbol: Symbol) -> Symbol:
    """The symbol with its columns by names, so that it can be used often."""
    match symbol:
        case Column():
            return let(symbol)
        case Record():
            return replace(symbol, members={name: named(each) for name, each in symbol.members.items()})
        case Listing():
            return Listing(tuple(Item(named(each.value), each.present and let(each.present)) for each in symbol.items))
    return symbol
