"""What is wrong with one table: gaps and overlaps that its hit policy forbids, and rules that never fire."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.dmn.coverage import Coverage, Point, TooLarge, Work
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.logic import Workshop
from zhengtong.engines.rules.dmn.notes import Note
from zhengtong.engines.rules.dmn.segments import Column, Opaque, column_of, literals
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.equality import same
from zhengtong.engines.rules.feel.types import Basic, Constrained, Type
from zhengtong.engines.rules.feel.values import Value, out
from zhengtong.engines.rules.findings import Finding, Severity

_MOST_OVERLAPS = 20  # that are told one by one
_SINGLE_HIT = frozenset("UAPF")


def check_table(workshop: Workshop, element: Element, table: tree.Table, on: date | None) -> Iterator[Finding]:
    """Check a table as it is on each day on which its rules change, or as it is on the day `on`."""
    said, work = set[str](), Work()
    for day in [on] if on else _days(table):
        for finding in _Table(workshop, element, table, day, work).findings():
            if finding.message["en"] not in said:
                said.add(finding.message["en"])
                yield finding


def _days(table: tree.Table) -> list[date]:
    """The days on which a rule comes into force or has gone out of it; one for a table without such days."""
    notes: list[Note] = [rule.note for rule in table.rules]
    firsts = {basis.valid_from for note in notes for basis in note.bases if basis.valid_from}
    afters = {
        date.fromordinal(basis.valid_to.toordinal() + 1) for note in notes for basis in note.bases if basis.valid_to
    }
    return sorted(firsts | afters) or [date.max]


class _Table:
    """A table on one day."""

    def __init__(self, workshop: Workshop, element: Element, table: tree.Table, on: date, work: Work) -> None:
        self.workshop, self.element, self.table, self.on, self.work = workshop, element, table, on, work
        self.rules = [rule for rule in table.rules if rule.note.in_force(on)]

    def findings(self) -> Iterator[Finding]:
        if not self.rules:
            return
        yield from self._misfits()
        try:
            columns = [self._column(place) for place in range(len(self.table.inputs))]
            coverage = Coverage(columns, len(self.rules), self.work)
            yield from self._gaps(coverage)
            yield from self._overlaps(coverage)
            yield from self._dead(coverage)
        except Opaque:
            yield self._finding("not-analysable", "warning", self.table.note, _OPAQUE, {})
        except TooLarge:
            yield self._finding("not-analysable", "warning", self.table.note, _TOO_LARGE, {})

    def _column(self, place: int) -> Column:
        column = self.table.inputs[place]
        kind = self._kind(column)
        allowed = column.allowed or (kind.tests if isinstance(kind, Constrained) else None)
        base = kind.base if isinstance(kind, Constrained) else kind
        cells = [rule.tests[place] for rule in self.rules]
        return column_of(cells, allowed, is_boolean=isinstance(base, Basic) and base.kind == "boolean")

    def _kind(self, column: tree.Input) -> Type | None:
        """The type that the column declares, or that of the variable which it reads."""
        if isinstance(column.expression, tree.Name):
            needs = self.workshop.needs(self.element)
            found = next((each.element for each in needs if each.name == column.expression.name and each.element), None)
            if found and (kind := self.workshop.type_of(found)):
                return kind
        name = column.type.name if isinstance(column.type, tree.Named) else None
        return self.workshop.items.named(self.element.document, name)

    def _misfits(self) -> Iterator[Finding]:
        """Literals of another kind than their column, and outputs that are not among those allowed."""
        kinds = [self._kind(column) for column in self.table.inputs]
        for rule in self.rules:
            for kind, tests in zip(kinds, rule.tests, strict=True):
                if any(not _fits(each, kind) for test in tests.tests for each in _literals(test)):
                    yield self._finding("type-fault", "error", rule.note, _MISFIT, {}, rule=rule.number)
            for output, result in zip(self.table.outputs, rule.results, strict=True):
                if not self._may_come_out(output, result):
                    yield self._finding("type-fault", "error", rule.note, _WRONG_OUTPUT, {}, rule=rule.number)

    def _may_come_out(self, output: tree.Output, result: tree.Node) -> bool:
        if not isinstance(result, tree.Constant) or result.value is None:
            return True
        name = output.type.name if isinstance(output.type, tree.Named) else None
        if not _fits(result.value, self.workshop.items.named(self.element.document, name)):
            return False
        allowed = [each.value for each in output.allowed if isinstance(each, tree.Constant)]
        return len(allowed) < len(output.allowed) or not allowed or any(same(result.value, each) for each in allowed)

    def _gaps(self, coverage: Coverage) -> Iterator[Finding]:
        if self.table.policy not in _SINGLE_HIT or any(each.default for each in self.table.outputs):
            return
        for point in coverage.gaps():
            yield self._finding("gap", "error", self.table.note, _GAP, self._example(coverage, point))

    def _overlaps(self, coverage: Coverage) -> Iterator[Finding]:
        if self.table.policy not in "UA":
            return
        told = more = 0
        for first, second, point in coverage.overlaps():
            one, other = self.rules[first], self.rules[second]
            if self.table.policy == "A" and one.results == other.results:
                continue
            if told == _MOST_OVERLAPS:
                more += 1
                continue
            told += 1
            numbers = {"first": one.number, "second": other.number}
            yield self._finding("overlap", "error", other.note, _OVERLAP, self._example(coverage, point), **numbers)
        if more:
            yield self._finding("overlap", "error", self.table.note, _MORE, {}, more=more)

    def _dead(self, coverage: Coverage) -> Iterator[Finding]:
        for place, rule in enumerate(self.rules):
            earlier = (1 << place) - 1 if self.table.policy == "F" else 0
            if coverage.is_empty(place) or (earlier and coverage.is_covered(place, earlier)):
                yield self._finding("unreachable-rule", "error", rule.note, _DEAD, {}, number=rule.number)

    def _example(self, coverage: Coverage, point: Point) -> dict[str, Any]:
        pairs = zip(self.table.inputs, coverage.columns, point, strict=True)
        return {column.text: out(segments.segments[place].example()) for column, segments, place in pairs}

    def _finding(
        self, code: str, severity: Severity, note: Note, what: Text, example: Mapping[str, Any], **values: object
    ) -> Finding:
        case = "; ".join(f"{name} = {value}" for name, value in example.items())
        message = what.format(table=self.element.name, case=case, **values)
        return Finding(code, severity, note.id or self.element.id, note.line or self.element.line, message, example)


def _literals(test: tree.Node) -> list[Value]:
    try:
        return list(literals(test))
    except Opaque:
        return []


def _fits(value: Value, kind: Type | None) -> bool:
    """Whether a literal may be compared with values of the type, or be one."""
    base = kind.base if isinstance(kind, Constrained) else kind
    return not isinstance(base, Basic) or base.holds(value)


_MISFIT = text(
    "“{table}”第 {rule} 条规则的条件与该列的类型不符。",
    "In rule {rule} of “{table}” a cell is of another type than its column.",
)
_WRONG_OUTPUT = text(
    "“{table}”第 {rule} 条规则的结果与声明的类型或允许的取值不符。",
    "In rule {rule} of “{table}” an output is not of the type declared, or not among the values allowed.",
)
_GAP = text(
    "“{table}”的表有遗漏：{case} 时没有规则适用。", "The table of “{table}” has a gap: no rule applies to {case}."
)
_OVERLAP = text(
    "“{table}”的表有重叠：{case} 时第 {first} 条与第 {second} 条规则同时适用，而命中策略不允许。",
    "In the table of “{table}” rules {first} and {second} both apply to {case}, which its hit policy forbids.",
)
_MORE = text("“{table}”的表另有 {more} 对规则重叠。", "In the table of “{table}” {more} more pairs of rules overlap.")
_DEAD = text("“{table}”的第 {number} 条规则永远不会适用。", "Rule {number} of “{table}” can never apply.")
_OPAQUE = text(
    "“{table}”的表含有不是与固定值比较的单元格，无法检查遗漏和重叠。",
    "“{table}” has cells that do not compare with fixed values, so gaps and overlaps cannot be looked for.",
)
_TOO_LARGE = text(
    "“{table}”的表组合过多，其余的遗漏和重叠未检查。",
    "The table of “{table}” has too many combinations; other gaps and overlaps than those told are not looked for.",
)
