"""A decision over a frame as one SQL statement: what each element of the model is in columns, and the layers of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from zhengtong.common.text import text
from zhengtong.engines.rules.columns import tables, values  # noqa: F401  they declare how nodes are lowered
from zhengtong.engines.rules.columns.dialect import Dialect
from zhengtong.engines.rules.columns.errors import MissingColumns, NotColumns, UnfitColumn
from zhengtong.engines.rules.columns.exact import Exact
from zhengtong.engines.rules.columns.floats import Floats
from zhengtong.engines.rules.columns.frame import Field, Frame, Query, measured, path_sql, scale_of, units_sql
from zhengtong.engines.rules.columns.groups import Group
from zhengtong.engines.rules.columns.logic import conjunction, disjunction, is_null, negation, surely
from zhengtong.engines.rules.columns.lowering import NULL, TRUE, Lowering, Scope, named
from zhengtong.engines.rules.columns.sheet import Sheet, let
from zhengtong.engines.rules.columns.symbols import Applied, Column, Listing, Members, Record, Span, Symbol
from zhengtong.engines.rules.columns.typed import conform
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.evaluation import service_of
from zhengtong.engines.rules.dmn.logic import Need, Workshop
from zhengtong.engines.rules.feel.types import Basic, Constrained, ContextType, ListType, Type, result_type

Numbers = Literal["decimal", "float"]
ROW, KEY, ITEM = "zt_row", "zt_key", "zt_item"


@dataclass(frozen=True, slots=True)
class Plan:
    """`sql` gives the columns of the frame, `decisions`, and `rules`: by table, the number of the rule that fired."""

    sql: str
    decisions: tuple[str, ...]
    rules: tuple[str, ...]


def plan(
    workshop: Workshop,
    asked: Sequence[Element],
    frame: Frame,
    groups: Mapping[str, Frame],
    dialect: Dialect,
    on: date,
    numbers: Numbers = "decimal",
) -> Plan:
    """The statement that asks these decisions of every row. Raises NotColumns, MissingColumns, UnfitColumn."""
    planner = Planner(workshop, frame, groups, dialect, on, numbers)
    symbols = {each.name: named(planner.value(each)) for each in asked}
    return planner.finished(symbols)


def inputs_of(workshop: Workshop, asked: Sequence[Element]) -> dict[str, Element]:
    """The input data that are needed, by name."""
    found: dict[Element, None] = {}
    waiting = list(asked)
    while waiting:
        element = waiting.pop()
        if element not in found:
            found[element] = None
            waiting += service_of(workshop, element).inputs if element.kind == "decisionService" else ()
            waiting += workshop.required(element)
    return {each.name: each for each in found if each.kind == "inputData"}


def grouped(
    workshop: Workshop, element: Element, frame: Frame, dialect: Dialect, query: Query, *, exact: bool
) -> Frame:
    """The frame of a group, measured as far as it is wanted; no group has more members than the frame has rows."""
    kind = _base(workshop.type_of(element))
    item = _base(kind.item) if isinstance(kind, ListType) else None
    of = item.members if isinstance(item, ContextType) else {each.name: None for each in frame.fields}
    (rows,) = query(f"SELECT count(*) FROM {frame.source}")  # noqa: S608
    return replace(measured(frame, of, dialect, query, exact=exact), largest=int(rows))


class Planner:
    """The elements of a model as symbols over a frame, and the statement that asks for them."""

    def __init__(
        self,
        workshop: Workshop,
        frame: Frame,
        groups: Mapping[str, Frame],
        dialect: Dialect,
        on: date,
        numbers: Numbers,
    ) -> None:
        self.workshop, self.frame, self.frames, self.dialect = workshop, frame, groups, dialect
        self.exact = numbers == "decimal"
        self.lowering = Lowering(dialect, Exact(dialect) if self.exact else Floats(dialect), on)
        self.sheet = Sheet(dialect, "zt_c")
        self.groups: list[tuple[Group, Frame, str]] = []  # with the frame and, for a list column, its name
        self._values: dict[Element, Symbol] = {}
        self.count = 0  # of elements that were looked at

    # elements of the model

    def value(self, element: Element) -> Symbol:
        """The symbol of an element."""
        if element not in self._values:
            self.count += 1
            before, self.lowering.where = self.lowering.where, element.name
            with _located(element):
                self._values[element] = self._find(element)
            self.lowering.where = before
        return self._values[element]

    def _find(self, element: Element) -> Symbol:
        match element.kind:
            case "inputData":
                return self._input(element)
            case "decision":
                return self._logic(element, self.workshop.type_of(element))
            case "businessKnowledgeModel":
                found = self._logic(element, None)
                kind = result_type(self.workshop.type_of(element))
                return self._typed(found, kind, element) if isinstance(found, Applied) else found
            case "decisionService":
                return self._service(element)
        return NULL

    def _scope(self, element: Element, names: Mapping[str, Symbol]) -> Scope:
        return Scope(names, self.workshop.items.resolve_in(element.document), element.name)

    def _logic(self, element: Element, kind: Type | None) -> Symbol:
        node = self.workshop.tree_of(element)
        scope = self._scope(element, {each.name: self._need(each) for each in self.workshop.used(element)})
        return named(conform(self.lowering, self.lowering.lower(node, scope), kind, scope))

    def _need(self, need: Need) -> Symbol:
        if need.element:
            return self.value(need.element)
        return Record({each.name: self.value(each.element) for each in need.members if each.element})

    def _typed(self, function: Applied, kind: Type | None, element: Element) -> Applied:
        scope = self._scope(element, {})

        def call(*arguments: Symbol) -> Symbol:
            with _located(element):
                return conform(self.lowering, function.call(*arguments), kind, scope)

        return Applied(function.parameters, call)

    def _service(self, element: Element) -> Applied:
        service = service_of(self.workshop, element)

        def call(*arguments: Symbol) -> Symbol:
            before, self._values = self._values, {}
            for each, value in zip(service.inputs, arguments, strict=True):
                scope = self._scope(each, {})
                self._values[each] = named(conform(self.lowering, value, self.workshop.type_of(each), scope))
            found = {each.variable: self.value(each) for each in service.outputs}
            self._values = before
            whole = next(iter(found.values())) if len(found) == 1 else Record(found)
            return conform(self.lowering, whole, result_type(self.workshop.type_of(element)), self._scope(element, {}))

        return Applied(service.parameters, call)

    # inputs from the frame

    def _input(self, element: Element) -> Symbol:
        kind = self.workshop.type_of(element)
        if element.name in self.frames:
            return self._members(element, self.frames[element.name], kind, "")
        field = self.frame.field_of(element.name)
        if field is None:
            raise MissingColumns(element.name)
        if field.kind == "list":
            return self._members(element, self.frame.lists[element.name], kind, field.name)
        found = self._held(self.sheet, field, (), _base(kind))
        return named(conform(self.lowering, found, kind, self._scope(element, {})))

    def _held(self, sheet: Sheet, field: Field, path: tuple[str, ...], kind: Type | None) -> Symbol:
        """A field of a frame as it stands there."""
        here = (*path, field.name)
        sql = path_sql(self.dialect, here)
        if field.kind == "record":
            of = kind.members if isinstance(kind, ContextType) else {}
            return Record({each.name: self._held(sheet, each, here, _base(of.get(each.name))) for each in field.members
                           if not of or each.name in of})  # fmt: skip
        if isinstance(kind, Basic) and kind.kind != field.kind:
            raise UnfitColumn(".".join(here), field.kind, kind.kind)
        if field.kind not in _PLAIN:
            raise UnfitColumn(".".join(here), field.kind, "number, string, boolean, date")
        if field.kind != "number":
            return sheet.base(sql, Column(sql, field.kind, field.nullable))
        if not self.exact:
            return sheet.base(f"CAST({sql} AS {self.dialect.double})", Column(sql, "number", field.nullable))
        span = field.span or Span(scale_of(field), 0, 0)
        span = Span(scale_of(field), span.low, span.high)
        units = units_sql(self.dialect, sql, field, span.most)
        return sheet.base(units, Column(units, "number", field.nullable, span))

    def _members(self, element: Element, frame: Frame, kind: Type | None, column: str) -> Symbol:
        kind = _base(kind)
        item = _base(kind.item) if isinstance(kind, ListType) else None
        prefix = f"zt_m{len(self.groups) + 1}_"
        group = Group(self.sheet, prefix, frame.largest, self._has_list(column))
        self.groups.append((group, frame, column))
        of = item.members if isinstance(item, ContextType) else {}
        path = (ITEM,) if column else ()
        missing = [name for name in of if frame.field_of(name) is None]
        if missing:
            raise MissingColumns(", ".join(f"{element.name}.{each}" for each in missing))
        members = {
            each.name: self._held(group, each, path, _base(of.get(each.name)))
            for each in frame.fields
            if (each.name in of if of else each.kind in _PLAIN)
        }
        self._allowed(group, members, of, element)
        return Members(group, Record(members))

    def _has_list(self, column: str) -> Column | None:
        field = self.frame.field_of(column) if column else None
        if field is None or not field.nullable:
            return None
        sql = f"({self.dialect.quote(column)} IS NOT NULL)"
        return self.sheet.base(sql, Column(sql, "boolean", False))

    def _allowed(self, group: Group, members: Mapping[str, Symbol], of: Mapping[str, Type], element: Element) -> None:
        """A list is null where one of its items has a member whose value is not allowed."""
        scope = self._scope(element, {})
        unfit = []
        for name, kind in of.items():
            if isinstance(kind, Constrained):
                fitting = conform(self.lowering, members[name], kind, scope)
                unfit.append(conjunction([negation(is_null(members[name])), is_null(fitting)]))
        if not unfit:
            return
        name = group.aggregate(f"count(*) FILTER (WHERE {let(surely(disjunction(unfit))).sql})")
        fits = self.sheet.base(f"COALESCE({name}, 0) = 0", Column("", "boolean", False))
        group.has_list = let(conjunction([fits, group.has_list or TRUE]))

    # the statement

    def finished(self, symbols: Mapping[str, Symbol]) -> Plan:
        """The whole statement."""
        parts = list(self._parts())
        rules = {name: column.sql for name, column in self.lowering.rules.items() if _is_of(column, self.sheet)}
        outputs = {name: self._shown(name, symbol) for name, symbol in symbols.items()} | rules
        own = [self.dialect.quote(each.name) for each in self.frame.fields if each.name not in outputs]
        columns = [*own, *(f"{sql} AS {self.dialect.quote(name)}" for name, sql in outputs.items())]
        order = f"\nORDER BY {ROW}" if self._is_ordered else ""
        word = f"AS {self.dialect.materialized}"
        layers = ",\n".join(f"{name} {word}(\n{sql}\n)" for name, sql in parts)
        last = parts[-1][0] if parts else self.frame.source
        head = f"WITH {layers}\n" if parts else ""
        sql = f"{head}SELECT {', '.join(columns)}\nFROM {last}{order}"
        return Plan(sql, tuple(symbols), tuple(rules))

    @property
    def _is_ordered(self) -> bool:
        """Whether rows are numbered: lists in columns are joined by their rows, which then come in their order."""
        return any(column for _, _, column in self.groups)

    def _parts(self) -> Iterator[tuple[str, str]]:
        source = self.frame.source
        if self.groups:
            row = f", row_number() OVER () AS {ROW}" if self._is_ordered else ""
            yield "zt_frame", f"SELECT *{row}\nFROM {source}"
            source = "zt_frame"
        for number, (group, frame, column) in enumerate(self.groups, 1):
            yield from self._group_parts(number, group, frame, column)
        if self.groups:
            yield "zt_joined", self._joined(source)
            source = "zt_joined"
        yield from self.sheet.statements("zt_layer", source)

    def _group_parts(self, number: int, group: Group, frame: Frame, column: str) -> Iterator[tuple[str, str]]:
        name = f"zt_members{number}"
        if column:
            sql = f"SELECT {ROW} AS {KEY}, unnest({self.dialect.quote(column)}) AS {ITEM}\nFROM zt_frame"
        else:
            sql = f"SELECT *, {self.dialect.quote(frame.join)} AS {KEY}\nFROM {frame.source}"
        yield name, sql
        last = name
        for last, select in group.statements(name, name):
            yield last, select
        aggregates = "".join(f",\n  {sql} AS {each}" for sql, each in group.aggregates.items())
        yield f"zt_groups{number}", f"SELECT {KEY} AS {KEY}{number}{aggregates}\nFROM {last}\nGROUP BY {KEY}"

    def _joined(self, source: str) -> str:
        joins = "".join(
            f"\nLEFT JOIN zt_groups{number} ON {source}.{self._key_of(frame, column)} = zt_groups{number}.{KEY}{number}"
            for number, (_, frame, column) in enumerate(self.groups, 1)
        )
        return f"SELECT *\nFROM {source}{joins}"

    def _key_of(self, frame: Frame, column: str) -> str:
        return ROW if column else self.dialect.quote(frame.join)

    def _shown(self, name: str, symbol: Symbol) -> str:
        """A symbol as it comes out."""
        match symbol:
            case Column(kind="number"):
                return self.lowering.numbers.shown(symbol)
            case Column():
                return symbol.sql
            case Record():
                made = self.dialect.record({key: self._shown(key, each) for key, each in symbol.members.items()})
                return made if symbol.exists is None else f"CASE WHEN {symbol.exists.sql} THEN {made} END"
            case Listing() if all(each.present is None for each in symbol.items) and self.dialect.name == "duckdb":
                return f"[{', '.join(self._shown(name, each.value) for each in symbol.items)}]"
        what = text(
            "结果是未取整的商、函数、区间或不定长的列表",
            "the result is a quotient that is not rounded, a function, a range, or a list whose length varies",
        )
        raise NotColumns(what, name)


_PLAIN = frozenset(["number", "string", "boolean", "date"])


def _base(kind: Type | None) -> Type | None:
    return kind.base if isinstance(kind, Constrained) else kind


def _is_of(column: Column, sheet: Sheet) -> bool:
    return column.sheet is sheet or column.sheet is None


@contextmanager
def _located(element: Element) -> Iterator[None]:
    """What goes wrong within is told with the element and its line."""
    try:
        yield
    except NotColumns as fault:
        if fault.where:
            raise
        raise NotColumns(fault.what, element.name, element.line) from None
