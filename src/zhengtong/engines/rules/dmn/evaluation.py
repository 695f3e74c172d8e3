"""One question to a model: each element is asked once, and what it needs before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhengtong.common.text import text
from zhengtong.engines.rules.dmn.document import Document, Element
from zhengtong.engines.rules.dmn.logic import Need, Workshop
from zhengtong.engines.rules.errors import RulesFault
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.calling import invoke
from zhengtong.engines.rules.feel.types import FunctionType, Type, conform
from zhengtong.engines.rules.feel.values import Function, Value
from zhengtong.engines.rules.limits import Run


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that was asked: its value, and which of the run's entries on tables are its own."""

    element: Element
    value: Value
    tables: slice


class Evaluation:
    """The values of the elements in one run."""

    def __init__(self, workshop: Workshop, run: Run, inputs: Mapping[str, Value], *, explains: bool = False) -> None:
        self.workshop, self.run, self.inputs = workshop, run, inputs
        self.explains = explains
        self.values: dict[Element, Value] = {}
        self.asked: list[Asked] = []
        self.seen: dict[Element, Value] = {}  # the input data that were looked at
        self._open: list[Element] = []

    def value(self, element: Element) -> Value:
        """The value of an element, which for knowledge and services is a function."""
        if element not in self.values:
            if element in self._open:
                return self._once_more(element)
            self._open.append(element)
            if len(self._open) > self.run.limits.depth:
                raise RulesFault(text("决策依赖链过长。", "The chain of decisions is too long."), element.line)
            self.values[element] = self._find(element)
            self._open.pop()
        return self.values[element]

    def _once_more(self, element: Element) -> Value:
        """An element that is needed for itself: a function may call itself, a decision cannot."""
        if element.kind != "businessKnowledgeModel":
            raise RulesFault(text(f"“{element.name}”依赖自身。", f"“{element.name}” needs itself."), element.line)
        node = self.workshop.tree_of(element)
        parameters = tuple(each.name for each in node.parameters) if isinstance(node, tree.FunctionOf) else ()
        return Function(parameters, lambda run, *arguments: invoke(run, self.values[element], arguments))

    def _find(self, element: Element) -> Value:
        match element.kind:
            case "inputData":
                return self._input(element)
            case "decision":
                return self._decision(element)
            case "businessKnowledgeModel":
                return self._knowledge(element)
            case "decisionService":
                return service_function(self.workshop, self.run, self, element)
        return None

    def _input(self, element: Element) -> Value:
        value = self._given_value(element)
        kind = self.workshop.type_of(element)
        value = value if kind is None else conform(value, kind)
        self.seen[element] = value
        return value

    def _given_value(self, element: Element) -> Value:
        """From the inputs, by the name; of an imported model by `import.name`, or within the input `import`."""
        alias = self.workshop.library.alias(self.workshop.library.main, element.document)
        if alias:
            below = self.inputs.get(alias)
            if isinstance(below, dict) and element.name in below:
                return below[element.name]
            if f"{alias}.{element.name}" in self.inputs:
                return self.inputs[f"{alias}.{element.name}"]
        return self.inputs.get(element.name)

    def _decision(self, element: Element) -> Value:
        logic = self.workshop.logic(element, explains=self.explains)
        values = self._needed(logic.needs)
        before = len(self.run.hits)
        value = logic.body(self.run, *values)
        value = value if logic.type is None else conform(value, logic.type)
        self.asked.append(Asked(element, value, slice(before, len(self.run.hits))))
        return value

    def _knowledge(self, element: Element) -> Value:
        logic = self.workshop.logic(element, explains=self.explains)
        own: Value = logic.body(self.run, *self._needed(logic.needs))
        if not isinstance(own, Function):
            return own
        return Function(own.parameters, own.body, own.kinds, _result(logic.type), element.name)

    def _needed(self, needs: Iterable[Need]) -> list[Value]:
        return [
            self.value(need.element)
            if need.element
            else dict(zip(_names(need), self._needed(need.members), strict=True))
            for need in needs
        ]


def _names(need: Need) -> list[str]:
    return [member.name for member in need.members]


def _result(kind: Type | None) -> Type | None:
    """What a variable that holds a function declares of its results: a function type, or (before 1.3) their type."""
    return kind.result if isinstance(kind, FunctionType) else kind


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service (10.4): what it takes, and what it gives."""

    inputs: tuple[Element, ...]
    outputs: tuple[Element, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(each.variable for each in self.inputs)


def service_of(workshop: Workshop, element: Element) -> Service:
    """The parts of a service, in the order in which they are parameters."""
    document: Document = element.document

    def listed(*names: str) -> tuple[Element, ...]:
        return tuple(workshop.library.need(document, each) for each in document.children(element.xml, *names))

    return Service(listed("inputData") + listed("inputDecision"), listed("outputDecision"))


def run_service(
    workshop: Workshop, run: Run, element: Element, given: Mapping[Element, Value], *, explains: bool = False
) -> tuple[Value, Evaluation]:
    """Decide what the service puts out, from nothing but what it is given."""
    service = service_of(workshop, element)
    inside = Evaluation(workshop, run, {}, explains=explains)
    for each in service.inputs:
        kind = workshop.type_of(each)
        value = given.get(each)
        inside.values[each] = value if kind is None else conform(value, kind)
        inside.seen[each] = inside.values[each]
    value = {each.variable: inside.value(each) for each in service.outputs}
    only = inside.value(service.outputs[0]) if len(service.outputs) == 1 else value
    kind = _result(workshop.type_of(element))
    return only if kind is None else conform(only, kind), inside


def service_function(workshop: Workshop, run: Run, around: Evaluation, element: Element) -> Function:
    """The service as a function, as decisions call it."""
    service = service_of(workshop, element)

    def body(run: Run, *arguments: Value) -> Value:
        given = dict(zip(service.inputs, arguments, strict=True))
        value, inside = run_service(workshop, run, element, given, explains=around.explains)
        around.asked.extend(inside.asked)
        return value

    kinds = tuple(workshop.type_of(each) for each in service.inputs)
    return Function(service.parameters, body, kinds, _result(workshop.type_of(element)), element.name)
