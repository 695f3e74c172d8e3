"""A DMN model: loaded, asked, checked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Overflow
from functools import partial
from pathlib import Path
from typing import Any, Literal

from zhengtong.common.text import Text
from zhengtong.engines.rules.check import check
from zhengtong.engines.rules.columns import Group
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.evaluation import Evaluation, run_service, service_of
from zhengtong.engines.rules.dmn.library import read_library
from zhengtong.engines.rules.dmn.logic import Workshop
from zhengtong.engines.rules.dmn.notes import note_of
from zhengtong.engines.rules.dmn.program import Program, program_of
from zhengtong.engines.rules.errors import NoSuchDecision, TooMuch
from zhengtong.engines.rules.explain import explain
from zhengtong.engines.rules.feel.calling import invoke
from zhengtong.engines.rules.feel.values import SAME, Function, Value, into, out
from zhengtong.engines.rules.findings import Finding
from zhengtong.engines.rules.limits import CALLS, DEFAULT_LIMITS, Limits, Run, bounded
from zhengtong.engines.rules.trace import Trace
from zhengtong.engines.rules.views import TableView, tables_in
from zhengtong.engines.rules.words import Naming, unnamed


class Outcome:
    """What was decided: `value` as Python has it (Decimal, date, dict …), and, worked out when asked for, why."""

    __slots__ = ("_asked", "_trace", "value")

    def __init__(self, value: Any, asked: "tuple[Model, str, Run, Mapping[str, Any]]") -> None:
        self.value, self._asked = value, asked

    @property
    def trace(self) -> Trace:
        """The decisions that were asked, the rules that fired, the values that they saw."""
        if not hasattr(self, "_trace"):
            model, name, run, given = self._asked
            self._trace = model._explained(name, run, given)
        return self._trace

    def __repr__(self) -> str:
        return f"Outcome(value={self.value!r})"


class Model:
    """A DMN model of version 1.1 to 1.5. It is read-only, and may be asked by many threads."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._main = workshop.library.main
        self._programs = _Programs(self)
        self._by_name = {each.name: each for each in self._main.elements.values() if each.kind in _ASKABLE}

    @classmethod
    def load(cls, source: str | Path | bytes, *, imports: Mapping[str, bytes] | None = None) -> "Model":
        """Read a model from a path or from its bytes. Raises RulesFault with the line where it is no DMN.

        Imported models come from `imports` (by namespace or file name), or from the folder of the path; nothing is
        ever fetched. The logic of a decision is read when it is first asked, so its faults show then, or in `check`.
        """
        if isinstance(source, bytes):
            return cls(Workshop(read_library(source, None, imports)))
        path = Path(source)
        return cls(Workshop(read_library(path.read_bytes(), path.parent, imports)))

    @property
    def name(self) -> str:
        """The name that the file gives the model."""
        return self._main.name

    @property
    def decisions(self) -> dict[str, Text]:
        """The decisions by name, with their wordings."""
        return {each.name: self._wording(each) for each in self._elements("decision")}

    def bases(self, name: str, *, on: date) -> list[str]:
        """The legal bases of a decision that are in force on a day, `law/article`. Raises NoSuchDecision."""
        element = self._element(name)
        return note_of(element.document, element.xml).refs(on)

    @property
    def inputs(self) -> dict[str, Text]:
        """The input data by name, with their wordings."""
        return {each.name: self._wording(each) for each in self._elements("inputData")}

    def inputs_of(self, name: str) -> frozenset[str]:
        """The input data that a decision needs, directly or through others. Raises NoSuchDecision."""
        found: set[Element] = set()
        waiting = [self._element(name)]
        while waiting:
            element = waiting.pop()
            if element not in found:
                found.add(element)
                waiting += service_of(self._workshop, element).inputs if element.kind == "decisionService" else ()
                waiting += self._workshop.required(element)
        return frozenset(each.name for each in found if each.kind == "inputData")

    def tables(self, name: str, *, on: date, naming: Naming = unnamed) -> list[TableView]:
        """The decision tables of a decision as they are on a day, to be shown. Raises NoSuchDecision, RulesFault.

        `naming` gives what people call a value, from the expression of its column: a choice for its code.
        """
        element = self._element(name)
        if element.kind == "decisionService":
            return []
        return list(tables_in(self._workshop.tree_of(element), on, naming))

    def decide(
        self,
        name: str,
        inputs: Mapping[str, Any],
        *,
        on: date | None = None,
        now: datetime | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Outcome:
        """Ask a decision, a decision service or a business knowledge model.

        `inputs`: values by the names of the input data (of a service its inputs, of knowledge its parameters); what
        is missing, or does not conform to its type, is null. `on` is the day whose rules are in force, and what
        today() gives; `now` what now() gives; both are the present ones if left out.
        Raises NoSuchDecision, RulesFault (the logic cannot be read), TooMuch (past the limits), TypeError (a value
        that FEEL does not have).
        """
        given = {**inputs}
        if on is not None and now is None and limits is DEFAULT_LIMITS:
            run = Run(on)
        else:
            run = Run.begin(on, now, limits)
        try:
            value = self._programs[name](run, given)
            if type(value) not in SAME:
                value = out(value, run.spend)
        except RecursionError:
            raise TooMuch(CALLS) from None
        except Overflow:
            value = out(self._asked(name, run, given), run.spend)
        return Outcome(value, (self, name, run, given))

    def decide_many(
        self,
        name: str | Sequence[str],
        frame: Any,
        *,
        on: date,
        groups: Mapping[str, Group] | None = None,
        numbers: Literal["decimal", "float"] = "decimal",
    ) -> Any:
        """Ask one or several decisions of every row of a frame, by columns.

        `frame`: a DuckDB relation, the path of a Parquet file, or what DuckDB can scan (Arrow, Polars, pandas); its
        columns are named like the input data. A list is a column of lists of structs, or one of `groups`, by the
        name of the input: the rows of another frame with the same key. Gives a DuckDB relation with a row for each
        of the frame, in its order if there are no `groups`: its columns, one for each decision, and for each table
        `<decision>.rule`, the number of the rule that fired (0: none, -1: several where one may; of a table that
        collects, bit n-1 stands for rule n).
        Values are those that `decide` gives, exactly; durations come as months or seconds. `numbers="float"` takes
        binary floats instead: quicker, and as inexact as they are.
        A DataFrame of Spark (then those of `groups` too) gives a DataFrame of Spark, without lists in columns.
        Raises NotColumns for what has no counterpart in columns, MissingColumns, UnfitColumn, NoSuchDecision.
        """
        from zhengtong.engines.rules.columns import duck, spark

        asked = [self._element(each) for each in ([name] if isinstance(name, str) else name)]
        engine = spark if spark.is_frame(frame) else duck
        return engine.decide_many(self._workshop, asked, frame, on, groups or {}, numbers)

    def statement(
        self,
        name: str | Sequence[str],
        table: str,
        rows: Callable[[str], Sequence[Sequence[Any]]],
        *,
        on: date,
        groups: Mapping[str, Group] | None = None,
        numbers: Literal["decimal", "float"] = "decimal",
    ) -> str:
        """The same as one statement of SQL for PostgreSQL, over a table or view of its own.

        `rows` runs a statement and gives its rows: with psycopg, `lambda sql: cursor.execute(sql).fetchall()`. It is
        asked what the table holds, so the statement is made for the table as it is now. The frame of a group is the
        name of a table. A context comes as JSON. Raises as `decide_many` does.
        """
        from zhengtong.engines.rules.columns import postgres

        asked = [self._element(each) for each in ([name] if isinstance(name, str) else name)]
        return postgres.planned(self._workshop, asked, table, rows, on, groups or {}, numbers).sql

    def check(self, *, on: date | None = None) -> list[Finding]:
        """What is wrong with the model, errors first, and last, as notes, what keeps it from being run over columns.

        See `Finding`. With `on`, only rules in force that day.
        """
        from zhengtong.engines.rules.columns.ability import by_columns

        with bounded():
            found = check(self._workshop, on=on)
        faulty = {each.element for each in found if each.severity == "error"}
        return [*found, *(each for each in by_columns(self._workshop, on) if each.element not in faulty)]

    def _asked(self, name: str, run: Run, inputs: Mapping[str, Any]) -> Value:
        return self._ask(self._element(name), run, into(inputs, run.spend), explains=False)[0]

    def _explained(self, name: str, run: Run, inputs: Mapping[str, Any]) -> Trace:
        """Why: the same asked again, noting every cell of every table."""
        again = Run.begin(run.on, run.now, run.limits)
        with bounded():
            return explain(self._ask(self._element(name), again, into(inputs, again.spend), explains=True)[1])

    def _ask(
        self, element: Element, run: Run, given: Mapping[str, Value], *, explains: bool
    ) -> tuple[Value, Evaluation]:
        if element.kind == "decisionService":
            parts = {each: given.get(each.name) for each in service_of(self._workshop, element).inputs}
            return run_service(self._workshop, run, element, parts, explains=explains)
        evaluation = Evaluation(self._workshop, run, given, explains=explains)
        value = evaluation.value(element)
        if element.kind == "businessKnowledgeModel" and isinstance(value, Function):
            names = [each for each in value.parameters if each in given]
            value = invoke(run, value, [given[each] for each in names], names)
        return value, evaluation

    def _element(self, name: str) -> Element:
        found = self._by_name.get(name)
        if found is None:
            raise NoSuchDecision(name=name, known="、".join(self._by_name))
        return found

    def _elements(self, kind: str) -> Iterator[Element]:
        return (each for each in self._main.elements.values() if each.kind == kind)

    def _wording(self, element: Element) -> Text:
        return note_of(element.document, element.xml, element.name).wording


class _Programs(dict[str, Program]):
    """How each decision is asked, found when it first is: quickly where that is possible."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __missing__(self, name: str) -> Program:
        quick = program_of(self.model._workshop, self.model._element(name))
        found = self[name] = quick or partial(self.model._asked, name)
        return found


_ASKABLE = ("decision", "decisionService", "businessKnowledgeModel")
