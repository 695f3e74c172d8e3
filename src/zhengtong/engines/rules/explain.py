"""From an evaluation, done once more with every cell noted, to its trace."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from zhengtong.common.text import Text
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.evaluation import Asked, Evaluation
from zhengtong.engines.rules.dmn.notes import Note, note_of
from zhengtong.engines.rules.errors import TooMuch
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.text import quoted, write
from zhengtong.engines.rules.feel.values import Value
from zhengtong.engines.rules.trace import Failed, Fired, Nearest, Seen, Step, TableTrace, Trace, Wanted
from zhengtong.engines.rules.words import form_of

_SINGLE = frozenset("UAPF")  # policies of which one rule fires
_LONGEST = 2_000  # characters of a value in a trace
_Cells = Sequence[tuple[bool, Sequence[bool]]]  # of each rule: whether it is in force, and which cells held
_Hit = tuple[tree.Table, Sequence[int], Sequence[Value], _Cells, Sequence[bool]]


def explain(evaluation: Evaluation) -> Trace:
    """The trace of an explaining evaluation."""
    inputs = [Seen(_note(element).wording, told(value)) for (element, _), value in evaluation.seen.items()]
    return Trace(inputs, list(_steps(evaluation)), evaluation.run.on.isoformat())


def told(value: Value) -> str:
    """A value as FEEL writes it, cut where it is long."""
    if isinstance(value, str):
        return quoted(value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…")
    try:
        return write(value, _LONGEST)
    except TooMuch:
        return "…"


def _note(element: Element) -> Note:
    return note_of(element.document, element.xml, element.name)


def _steps(evaluation: Evaluation) -> Iterator[Step]:
    claimed: set[int] = set()
    for asked in evaluation.asked:
        places = [place for place in range(*asked.tables.indices(len(evaluation.run.hits))) if place not in claimed]
        claimed.update(places)
        yield _step(evaluation, asked, [evaluation.run.hits[place] for place in places])


def _step(evaluation: Evaluation, asked: Asked, hits: Sequence[Any]) -> Step:
    element, on = asked.element, evaluation.run.on
    note = _note(element)
    tables = [_table(hit, on) for hit in hits]
    return Step(element.id or element.name, note.wording, told(asked.value), note.refs(on), tables)


def _table(hit: _Hit, on: date) -> TableTrace:
    table, numbers, values, cells, allowed = hit
    note: Note = table.note
    rule = table.rules[numbers[0] - 1] if len(numbers) == 1 and table.policy in _SINGLE else None
    tests: Sequence[tree.Tests | None] = rule.tests if rule else [None] * len(values)
    columns = zip(table.inputs, values, tests, strict=True)
    saw = [Seen(_label(each), told(value), _wanted(cell)) for each, value, cell in columns]
    fired = [_fired(table.rules[number - 1], on) for number in numbers]
    nearest = None if fired and rule is None else _nearest(table, values, cells, on, rule)
    limits = [(each.allowed, each.allowed_text) for each in table.inputs]
    return TableTrace(note.id, table.policy, fired, saw, nearest, _failed(table.inputs, limits, values, allowed))


def _failed(
    columns: Sequence[tree.Input],
    tests: Sequence[tuple[tree.Tests | None, str]],
    values: Sequence[Value],
    held: Sequence[bool],
) -> list[Failed]:
    rows = zip(columns, tests, values, held, strict=True)
    return [
        Failed(_label(column), written, told(value), _wanted(test))
        for column, (test, written), value, cell in rows
        if not cell
    ]


def _wanted(tests: tree.Tests | None) -> Wanted | None:
    found = form_of(tests) if tests and tests.tests else None
    return Wanted(found[0], [{"value": told(each)} for each in found[1]]) if found else None


def _label(column: tree.Input) -> Text:
    wording: Text = column.label.wording
    return wording


def _fired(rule: tree.Rule, on: date) -> Fired:
    note: Note = rule.note
    return Fired(rule.number, note.wording, note.refs(on))


def _rank(rule: tree.Rule, held: Sequence[bool]) -> tuple[int, int]:
    asked = sum(bool(tests.tests) for tests in rule.tests)
    failed = sum(not cell for cell in held)
    return failed, failed - asked


def _nearest(
    table: tree.Table, values: Sequence[Value], cells: _Cells, on: date, fired: tree.Rule | None
) -> Nearest | None:
    """The rule in force of which the fewest conditions failed, and of those the one of which the most held.

    Where a rule fired, the next-best is one that would have said something else.
    """
    ranks = {
        place: _rank(table.rules[place], held)
        for place, (force, held) in enumerate(cells)
        if force and not all(held) and (fired is None or table.rules[place].results != fired.results)
    }
    if not ranks:
        return None
    place = min(ranks, key=ranks.__getitem__)
    rule, held = table.rules[place], cells[place][1]
    tests = list(zip(rule.tests, rule.texts, strict=True))
    said = _fired(rule, on)
    return Nearest(said.number, said.text, said.basis, _failed(table.inputs, tests, values, held), _result(rule))


def _result(rule: tree.Rule) -> str:
    """What the rule says, where that is one literal."""
    only = rule.results[0] if len(rule.results) == 1 else None
    return told(only.value) if isinstance(only, tree.Constant) and only.value is not None else ""
