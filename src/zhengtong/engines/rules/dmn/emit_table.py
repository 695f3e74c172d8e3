"""The Python of a decision table. It notes for the trace which rules fired.

A table that is to be explained notes besides what it saw, and each cell; that is a second, slower program, made only
when asked for.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from zhengtong.engines.rules.dmn.hits import Policy, settle, settled_by_bits
from zhengtong.engines.rules.dmn.lookup import Bits, Lookup, lookup_of
from zhengtong.engines.rules.dmn.notes import Note
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.emit_tests import cell
from zhengtong.engines.rules.feel.generate import KINDS, Generator, emits
from zhengtong.engines.rules.feel.scope import Frame
from zhengtong.engines.rules.feel.temporal import Date
from zhengtong.engines.rules.feel.types import ANY, Basic, Constrained, ListType
from zhengtong.engines.rules.limits import Run

_SINGLE = frozenset("UAPF")
_CELLS = 4  # that are tried in a step
_LOOKED_UP = 4  # rules that cost as much as a cell
_WORTH_IT = 4  # rules from which on looking up beats trying


@emits(tree.Table)
def _table(self: Generator, node: tree.Table) -> str:
    inputs = [_input(self, each) for each in node.inputs]
    allowed = [_allowed(self, value, each) for value, each in zip(inputs, node.inputs, strict=True)]
    lookups = None if self.explains else _lookups(self, node)
    if lookups is not None:
        return _looked_up(self, node, inputs, " and ".join(each for each in allowed if each != "True"), lookups)
    _spent(self, node, len(node.rules) * (1 + len(node.inputs)))
    hits = self.code.let("[]")
    cells = self.code.let("[]") if self.explains else ""
    with self.code.nested():
        self.code.only_if(" and ".join(each for each in allowed if each != "True"))
        if cells:
            _explained(self, node, inputs, hits, cells)
        else:
            _hit(self, node, inputs, hits)
    more = f", [{', '.join(inputs)}], {cells}, [{', '.join(allowed)}]" if cells else ""
    self.code.line(f"run.hits.append(({self.code.constant(node)}, {hits}{more}))")
    rows, default = _rows(self, node), _default(self, node)
    return self.code.let(f"{self.code.constant(settle)}(run, {_policy(self, node)}, {hits}, {rows}, {default})")


def _spent(self: Generator, node: tree.Table, cells: int) -> None:
    """What asking the table counts, whichever rules fire; putting results in order may compare each with each."""
    compared = len(node.rules) * sum(map(len, _priorities(self, node))) if node.policy in "PO" else 0
    if steps := (cells + compared // 2) // _CELLS:
        self.code.line(f"run.spend({steps})")


def _policy(self: Generator, node: tree.Table) -> str:
    names = tuple(each.name for each in node.outputs)
    return self.code.constant(Policy(node.policy, node.aggregation, names, _priorities(self, node)))


def _lookups(self: Generator, node: tree.Table) -> list[Lookup | None] | None:
    """Of each column its lookup, None for one without tests; nothing where one cannot be had, or is not worth it."""
    if len(node.rules) < _WORTH_IT:
        return None
    found: list[Lookup | None] = []
    for place in range(len(node.inputs)):
        cells = [rule.tests[place] for rule in node.rules]
        if not any(each.tests for each in cells):
            found.append(None)
            continue
        lookup = lookup_of(cells, _bits(self, cells))
        if lookup is None:
            return None
        found.append(lookup)
    return found


def _bits(self: Generator, cells: list[tree.Tests]) -> Bits:
    """All cells of a column in one function."""
    probe = Generator(self.resolve)
    with probe.code.block("def main(run, v):"):
        probe.code.line(f"return [{', '.join(cell(probe, 'v', each) or 'True' for each in cells)}]")
    holds = probe.code.compiled("main")
    run = Run.begin(None, None)
    return lambda value: sum(1 << place for place, held in enumerate(holds(run, value)) if held)


def _looked_up(self: Generator, node: tree.Table, inputs: list[str], allowed: str, lookups: list[Lookup | None]) -> str:
    """The rules as bits, narrowed down column by column; what a set of bits leads to is settled once and kept."""
    constant = self.code.constant
    everything = (1 << len(node.rules)) - 1
    bits = self.code.let(f"{constant(_force(node))}(run.on)" if _is_dated(node) else hex(everything))
    _spent(self, node, len(node.rules) // _LOOKED_UP)
    if allowed:
        self.code.line(f"if not ({allowed}): {bits} = 0")
    for value, lookup in zip(inputs, lookups, strict=True):
        if lookup is not None:
            _narrow(self, bits, value, lookup)
    known, found = constant({}), self.code.let("None")
    self.code.line(f"{found} = {known}.get({bits})")
    with self.code.block(f"if {found} is None:"):
        rows, default = _rows(self, node), _default(self, node)
        more = f"{_policy(self, node)}, {rows}, {default}, {_is_constant(node)}"
        self.code.line(f"{found} = {constant(settled_by_bits)}(run, {known}, {bits}, {more})")
    hits, value = self.code.fresh(), self.code.fresh()
    self.code.line(f"{hits}, {value} = {found}")
    self.code.line(f"run.hits.append(({constant(node)}, {hits}))")
    if len(node.outputs) == 1 and node.outputs[0].type and node.policy in _SINGLE:
        self.kinds[value] = self.resolve(node.outputs[0].type) or ANY
    return value


def _narrow(self: Generator, bits: str, value: str, lookup: Lookup) -> None:
    """Leave the rules that let the value through. What is known to conform is of its type, or null."""
    known, kind = self.kinds.get(value), {Decimal: "Decimal", Date: "Date", str: "str", bool: "bool"}[lookup.kind]
    conforms = isinstance(known, Basic) and KINDS.get(known.kind) == kind
    with self.code.block(f"if {value} is not None:" if conforms else f"if type({value}) is {kind}:"):
        self.code.line(f"{bits} &= {_of_value(self, value, lookup)}")
    null, other = hex(lookup.null), hex(lookup.other)
    otherwise = null if conforms else f"{null} if {value} is None else {other}"
    self.code.line(f"else: {bits} &= {otherwise}")


def _of_value(self: Generator, value: str, lookup: Lookup) -> str:
    """The bits for a value of the lookup's type. Where points go with what is beside them, no equality is asked."""
    constant = self.code.constant
    if lookup.found is not None:
        return f"{constant(lookup.found)}.get({value}, {hex(lookup.below[0])})"
    for find, beside in ((bisect_right, lookup.below[1:]), (bisect_left, lookup.below[:-1])):
        if list(lookup.at) == list(beside):
            return f"{constant(lookup.below)}[{constant(find)}({constant(lookup.points)}, {value})]"
    place = self.code.let(f"{constant(bisect_left)}({constant(lookup.points)}, {value})")
    points = constant([*lookup.points, None])  # None, since nothing equals what lies after the last
    return f"{constant(lookup.at)}[{place}] if {points}[{place}] == {value} else {constant(lookup.below)}[{place}]"


def _is_dated(node: tree.Table) -> bool:
    notes = [node.note, *(rule.note for rule in node.rules)]
    return any(basis.valid_from or basis.valid_to for note in notes if note for basis in note.bases)


def _force(node: tree.Table) -> Callable[[date], int]:
    """The rules in force on a day, as bits."""

    @lru_cache(64)
    def force(on: date) -> int:
        if node.note and not node.note.in_force(on):
            return 0
        rules = enumerate(node.rules)
        return sum(1 << place for place, rule in rules if not rule.note or rule.note.in_force(on))

    return force


def _is_constant(node: tree.Table) -> bool:
    """Whether what comes out depends on nothing but which rules fired."""
    results = [result for rule in node.rules for result in rule.results]
    return all(isinstance(each, tree.Constant) for each in [*results, *(o.default for o in node.outputs if o.default)])


def _input(self: Generator, node: tree.Input) -> str:
    kind = self.resolve(node.type) if node.type else None
    return self.conformed(self.code.named(self.emit(node.expression)), kind)


def _allowed(self: Generator, value: str, node: tree.Input) -> str:
    """A variable that is true when the value is one of those allowed; "True" where all are."""
    if not node.allowed:
        return "True"
    kind = self.resolve(node.type) if node.type else None
    if not isinstance(kind.base if isinstance(kind, Constrained) else kind, ListType):
        return self.code.let(cell(self, value, node.allowed))
    name, item = self.code.fresh("f"), self.code.fresh("v")
    with self.code.block(f"def {name}({item}):"):
        self.code.line(f"return {cell(self, item, node.allowed)}")
    return self.code.let(f"type({value}) is list and all(map({name}, {value}))")


def _hit(self: Generator, node: tree.Table, inputs: list[str], hits: str) -> None:
    """One round of a loop, so that a table of policy First can be left at the first hit."""
    with self.code.block("while True:"):
        for rule in node.rules:
            _rule(self, node, rule, inputs, hits)
        self.code.line("break")


def _rule(self: Generator, table: tree.Table, rule: tree.Rule, inputs: list[str], hits: str) -> None:
    conditions = [_in_force(self, note) for note in (table.note, rule.note)]
    pairs = zip(inputs, rule.tests, strict=True)
    with self.code.nested():
        for condition in conditions:
            self.code.only_if(condition)
        for value, tests in pairs:
            self.code.only_if(cell(self, value, tests))
        self.code.line(f"{hits}.append({rule.number})")
        if table.policy == "F":
            self.code.line("break")


def _in_force(self: Generator, note: Note) -> str:
    """A condition on the day for which it is decided; "" where it always holds."""
    if not note or not any(basis.valid_from or basis.valid_to for basis in note.bases):
        return ""
    return f"{self.code.constant(note)}.in_force(run.on)"


def _explained(self: Generator, node: tree.Table, inputs: list[str], hits: str, cells: str) -> None:
    for rule in node.rules:
        found = []
        for value, tests in zip(inputs, rule.tests, strict=True):
            found.append(self.code.let(cell(self, value, tests) or "True"))
        force = " and ".join(filter(None, (_in_force(self, note) for note in (node.note, rule.note)))) or "True"
        self.code.line(f"{cells}.append(({force}, [{', '.join(found)}]))")
        stop = f" and not {hits}" if node.policy == "F" else ""
        with self.code.block(f"if {cells}[-1][0] and all({cells}[-1][1]){stop}:"):
            self.code.line(f"{hits}.append({rule.number})")


def _rows(self: Generator, node: tree.Table) -> str:
    """A function from the number of a rule to its outputs."""
    literals = all(isinstance(result, tree.Constant) for rule in node.rules for result in rule.results)
    name, number = self.code.fresh("f"), self.code.fresh("v")
    if literals and not any(each.type and self.resolve(each.type) for each in node.outputs):
        return f"{self.code.constant(_constant_rows(node))}.__getitem__"
    with self.code.block(f"def {name}({number}):"), self.within(Frame()):
        _rows_of(self, node, number, node.rules)
    return name


def _rows_of(self: Generator, node: tree.Table, number: str, rules: Sequence[tree.Rule]) -> None:
    """Found by halving: where thousands of rules fire, each is looked for."""
    if len(rules) == 1:
        self.code.line(f"return {_row(self, node, rules[0].results)}")
        return
    middle = len(rules) // 2
    with self.code.block(f"if {number} < {rules[middle].number}:"):
        _rows_of(self, node, number, rules[:middle])
    _rows_of(self, node, number, rules[middle:])


def _constant_rows(node: tree.Table) -> dict[int, object]:
    rows: dict[int, object] = {}
    for rule in node.rules:
        values = [result.value for result in rule.results if isinstance(result, tree.Constant)]
        names = [each.name for each in node.outputs]
        rows[rule.number] = values[0] if len(values) == 1 else dict(zip(names, values, strict=True))
    return rows


def _row(self: Generator, node: tree.Table, results: tuple[tree.Node, ...]) -> str:
    values = []
    for output, result in zip(node.outputs, results, strict=True):
        value = self.emit(result)
        kind = self.resolve(output.type) if output.type else None
        values.append(self.conformed(value, kind))
    if len(values) == 1:
        return values[0]
    pairs = zip(node.outputs, values, strict=True)
    return self.code.let(f"{{{', '.join(f'{self.code.constant(each.name)}: {value}' for each, value in pairs)}}}")


def _default(self: Generator, node: tree.Table) -> str:
    """What comes out when nothing is hit: the default outputs, else null."""
    name = self.code.fresh("f")
    with self.code.block(f"def {name}():"), self.within(Frame()):
        defaults = tuple(each.default or tree.Constant(None) for each in node.outputs)
        has_some = any(each.default for each in node.outputs)
        value = _row(self, node, defaults) if has_some else "None"
        if has_some and node.policy in "ROC" and not node.aggregation:
            value = f"[{value}]"
        self.code.line(f"return {value}")
    return name


def _priorities(self: Generator, node: tree.Table) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(_literals(each.allowed or _of_type(self, each))) for each in node.outputs)


def _of_type(self: Generator, output: tree.Output) -> tuple[tree.Node, ...]:
    kind = self.resolve(output.type) if output.type else None
    return kind.tests.tests if isinstance(kind, Constrained) and isinstance(kind.tests, tree.Tests) else ()


def _literals(nodes: tuple[tree.Node, ...]) -> list[object]:
    return [each.value for each in nodes if isinstance(each, tree.Constant)]
