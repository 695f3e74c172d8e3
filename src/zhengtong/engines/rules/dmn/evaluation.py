"""One question to a model: each element is asked once, and what it needs before it.

An imported model may be reached by several ways, each with inputs of its own (`a.b.Person` is not `c.b.Person`), so a
place is an element and the way to it: the names of the imports from the model that is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhengtong.common.text import text
from zhengtong.engines.rules.dmn.document import Element
from zhengtong.engines.rules.dmn.logic import Need, Workshop
from zhengtong.engines.rules.errors import RulesFault
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.calling import invoke
from zhengtong.engines.rules.feel.types import conform, result_type
from zhengtong.engines.rules.feel.values import Function, Value
from zhengtong.engines.rules.limits import Run

Way = tuple[str, ...]
Place = tuple[Element, Way]


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
        self.values: dict[Place, Value] = {}
        self.asked: list[Asked] = []
        self.seen: dict[Place, Value] = {}  # the input data that were looked at
        self._open: list[Place] = []

    def value(self, element: Element, way: Way = ()) -> Value:
        """The value of an element, which for knowledge and services is a function."""
        place = element, way
        if place not in self.values:
            if element.kind == "inputData":
                return self._input(element, way)
            if place in self._open:
                return self._once_more(element, way)
            self._open.append(place)
            if len(self._open) > self.run.limits.depth:
                raise RulesFault(text("决策依赖链过长。", "The chain of decisions is too long."), element.line)
            self.values[place] = self._find(element, way)
            self._open.pop()
        return self.values[place]

    def _once_more(self, element: Element, way: Way) -> Value:
        """An element that is needed for itself: a function may call itself, a decision cannot."""
        if element.kind != "businessKnowledgeModel":
            raise RulesFault(text(f"“{element.name}”依赖自身。", f"“{element.name}” needs itself."), element.line)
        node = self.workshop.tree_of(element)
        parameters = tuple(each.name for each in node.parameters) if isinstance(node, tree.FunctionOf) else ()
        return Function(parameters, lambda run, *arguments: invoke(run, self.values[element, way], arguments))

    def _find(self, element: Element, way: Way) -> Value:
        match element.kind:
            case "decision":
                return self._decision(element, way)
            case "businessKnowledgeModel":
                return self._knowledge(element, way)
            case "decisionService":
                return service_function(self, element)
        return None

    def _input(self, element: Element, way: Way) -> Value:
        value = given_at(self.inputs, (*way, element.name)) if way else self.inputs.get(element.name)
        kind = self.workshop.type_of(element)
        value = value if kind is None else conform(value, kind, self.run.spend)
        self.seen[element, way] = self.values[element, way] = value
        return value

    def _decision(self, element: Element, way: Way) -> Value:
        logic = self.workshop.logic(element, explains=self.explains)
        values = self._needed(logic.needs, way)
        before = len(self.run.hits)
        value = logic.body(self.run, *values)
        value = value if logic.type is None else conform(value, logic.type, self.run.spend)
        self.asked.append(Asked(element, value, slice(before, len(self.run.hits))))
        return value

    def _knowledge(self, element: Element, way: Way) -> Value:
        logic = self.workshop.logic(element, explains=self.explains)
        own: Value = logic.body(self.run, *self._needed(logic.needs, way))
        if not isinstance(own, Function):
            return own
        return Function(own.parameters, own.body, own.kinds, result_type(logic.type) or own.result, element.name)

    def _needed(self, needs: Iterable[Need], way: Way) -> list[Value]:
        return [
            self.value(need.element, way)
            if need.element
            else {each.name: self.value(each.element, (*way, need.name)) for each in need.members if each.element}
            for need in needs
        ]


def given_at(inputs: Mapping[str, Value], path: Way) -> Value:
    """The input at a path: within contexts named like the imports, or under the joined name, or by its name alone."""
    found: Value = inputs
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    if found is None and len(path) > 1:
        found = inputs.get(".".join(path))
        return given_at(inputs, path[1:]) if found is None else found
    return found


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

    def listed(*names: str) -> tuple[Element, ...]:
        children = element.document.children(element.xml, *names)
        return tuple(workshop.library.need(element.document, each) for each in children)

    return Service(listed("inputData") + listed("inputDecision"), listed("outputDecision"))


def run_service(
    workshop: Workshop, run: Run, element: Element, given: Mapping[Element, Value], *, explains: bool = False
) -> tuple[Value, Evaluation]:
    """Decide what the service puts out, from nothing but what it is given."""
    service = service_of(workshop, element)
    inside = Evaluation(workshop, run, {}, explains=explains)

    def way_to(each: Element) -> Way:
        alias = workshop.library.alias(element.document, each.document)
        return (alias,) if alias else ()

    for each in service.inputs:
        kind = workshop.type_of(each)
        value = given.get(each)
        inside.values[each, way_to(each)] = value if kind is None else conform(value, kind, run.spend)
        inside.seen[each, way_to(each)] = inside.values[each, way_to(each)]
    values = {each.variable: inside.value(each, way_to(each)) for each in service.outputs}
    found: Value = next(iter(values.values())) if len(values) == 1 else values
    kind = result_type(workshop.type_of(element))
    return found if kind is None else conform(found, kind, run.spend), inside


def service_function(around: Evaluation, element: Element) -> Function:
    """The service as a function, as decisions call it."""
    workshop = around.workshop
    service = service_of(workshop, element)

    def body(run: Run, *arguments: Value) -> Value:
        given = dict(zip(service.inputs, arguments, strict=True))
        value, inside = run_service(workshop, run, element, given, explains=around.explains)
        around.asked.extend(inside.asked)
        return value

    kinds = tuple(workshop.type_of(each) for each in service.inputs)
    return Function(service.parameters, body, kinds, result_type(workshop.type_of(element)), element.name)
