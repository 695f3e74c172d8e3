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
from zhengtong.engines.rules.trace import Failed, Fired, Nearest, Seen, Step, TableTrace, Trace

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
    saw = [Seen(_label(each), told(value)) for each, value in zip(table.inputs, values, strict=True)]
    fired = [_fired(table.rules[number - 1], on) for number in numbers]
    nearest = None if fired else _nearest(table, values, cells, on)
    not_allowed = _failed(table.inputs, [each.allowed_text for each in table.inputs], values, allowed)
    return TableTrace(note.id, table.policy, fired, saw, nearest, not_allowed)


def _failed(
    columns: Sequence[tree.Input], tests: Sequence[str], values: Sequence[Value], held: Sequence[bool]
) -> list[Failed]:
    rows = zip(columns, tests, values, held, strict=True)
    return [Failed(_label(column), test, told(value)) for column, test, value, cell in rows if not cell]


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


def _nearest(table: tree.Table, values: Sequence[Value], cells: _Cells, on: date) -> Nearest | None:
    """The rule in force of which the fewest conditions failed, and of those the one of which the most held."""
    ranks = {place: _rank(table.rules[place], held) for place, (force, held) in enumerate(cells) if force}
    if not ranks:
        return None
    place = min(ranks, key=ranks.__getitem__)
    rule, held = table.rules[place], cells[place][1]
    failed = _failed(table.inputs, rule.texts, values, held)
    fired = _fired(rule, on)
    return Nearest(fired.number, fired.text, fired.basis, failed)
