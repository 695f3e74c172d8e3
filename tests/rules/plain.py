"""A plain, slow interpreter of FEEL's tree, as an oracle for the generated Python.

It shares what an operation means with the engine (arithmetic, equality, functions), but not how names, branches, loops,
functions and filters are put together: here a scope is a chain of dicts that is looked up while it runs.
"""

from collections import ChainMap
from decimal import Decimal

from zhengtong.engines.rules.feel import access, arithmetic, equality, iteration, logic, tree, types
from zhengtong.engines.rules.feel.builtins import BUILTINS
from zhengtong.engines.rules.feel.calling import invoke
from zhengtong.engines.rules.feel.expression import basic_type
from zhengtong.engines.rules.feel.values import Function
from zhengtong.engines.rules.limits import Run

ARITHMETIC = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "**": arithmetic.power,
}
OPERATIONS = {
    "=": equality.equal,
    "!=": equality.unequal,
    "<": equality.less,
    "<=": equality.less_equal,
    ">": equality.greater,
    ">=": equality.greater_equal,
    "and": logic.both,
    "or": logic.either,
}


class Missing(Exception):
    """A loop has nothing to go over."""


class Plain:
    """One evaluation."""

    def __init__(self, run):
        self.run = run

    def value(self, node, scope):
        return getattr(self, type(node).__name__)(node, scope)

    def Constant(self, node, scope):
        return node.value

    def Name(self, node, scope):
        return scope[node.name] if node.name in scope else BUILTINS.get(node.name)

    def Negation(self, node, scope):
        return arithmetic.negate(self.value(node.value, scope))

    def Binary(self, node, scope):
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if node.op in ARITHMETIC:
            return ARITHMETIC[node.op](self.run, left, right)
        return OPERATIONS[node.op](left, right)

    def Between(self, node, scope):
        value, low, high = (self.value(each, scope) for each in (node.value, node.low, node.high))
        return logic.both(equality.less_equal(low, value), equality.less_equal(value, high))

    def UnaryTest(self, node, scope):
        return logic.unary_range(node.op, self.value(node.value, scope))

    def RangeOf(self, node, scope):
        start, end = self.value(node.start, scope), self.value(node.end, scope)
        return logic.make_range(start, end, node.start_included, node.end_included)

    def In(self, node, scope):
        value = self.value(node.value, scope)
        answer = False
        for test in node.tests:
            answer = logic.either(answer, self._test(value, test, scope))
        return answer

    def _test(self, value, test, scope):
        if isinstance(test, tree.UnaryTest):
            return OPERATIONS[test.op](value, self.value(test.value, scope))
        found = self.value(test, scope)
        if tree.uses(test, "?"):
            return found
        if isinstance(test, tree.RangeOf):
            return equality.in_range(value, found)
        if found is True and not isinstance(test, tree.Constant | tree.ListOf) and type(value) is not bool:
            return True
        return equality.is_in(value, found)

    def InstanceOf(self, node, scope):
        return types.is_instance(self.value(node.value, scope), basic_type(node.type))

    def If(self, node, scope):
        return self.value(node.yes if self.value(node.condition, scope) is True else node.no, scope)

    def _rounds(self, loops, scope):
        if not loops:
            yield scope
            return
        loop = loops[0]
        source = self.value(loop.source, scope)
        if loop.end is None:
            domain = iteration.each(self.run, source)
        else:
            domain = iteration.each_between(self.run, source, self.value(loop.end, scope))
        if domain is None:
            raise Missing
        for item in domain:
            yield from self._rounds(loops[1:], scope.new_child({loop.name: item}))

    def For(self, node, scope):
        found = []
        try:
            for inner in self._rounds(node.loops, scope):
                found.append(self.value(node.body, inner.new_child({"partial": list(found)})))
        except Missing:
            return None
        return found

    def Quantified(self, node, scope):
        try:
            answers = [self.value(node.body, inner) for inner in self._rounds(node.loops, scope)]
        except Missing:
            return None
        settled = not node.every
        if settled in [each for each in answers if type(each) is bool]:
            return settled
        return node.every if all(type(each) is bool for each in answers) else None

    def FunctionOf(self, node, scope):
        names = tuple(each.name for each in node.parameters)
        kinds = tuple(basic_type(each.type) if each.type else None for each in node.parameters)

        def body(run, *values):
            return self.value(node.body, scope.new_child(dict(zip(names, values, strict=True))))

        return Function(names, body, kinds)

    def Call(self, node, scope):
        arguments = [self.value(each, scope) for each in node.arguments]
        return invoke(self.run, self.value(node.function, scope), arguments, node.names)

    def Path(self, node, scope):
        return access.member(self.value(node.value, scope), node.name)

    def Filter(self, node, scope):
        value = self.value(node.value, scope)
        if tree.is_number(node.condition):
            return access.item_at(value, node.condition.value)

        def condition(item):
            members = item if type(item) is dict else {}
            return self.value(node.condition, scope.new_child({"item": item} | members))

        return access.filtered(self.run, value, condition)

    def ListOf(self, node, scope):
        return [self.value(each, scope) for each in node.items]

    def ContextOf(self, node, scope):
        made = {}
        for entry in node.entries:
            made[entry.name] = self.value(entry.value, scope.new_child(dict(made)))
        return made


class PlainModel:
    """A model asked the slow way: each decision anew, each table rule by rule."""

    def __init__(self, model, on):
        self.workshop, self.on = model._workshop, on
        self.elements = {each.name: each for each in model._main.elements.values()}

    def decide(self, name, inputs):
        """The FEEL value of a decision for FEEL values of the inputs."""
        return _PlainDecision(self, inputs).of(self.elements[name])


class _PlainDecision(Plain):
    def __init__(self, model, inputs):
        super().__init__(Run.begin(model.on, None))
        self.model, self.inputs = model, inputs

    def of(self, element):
        workshop = self.model.workshop
        self.resolve = workshop.items.resolve_in(element.document)
        kind = workshop.type_of(element)
        if element.kind == "inputData":
            return types.conform(self.inputs.get(element.name), kind) if kind else self.inputs.get(element.name)
        scope = ChainMap({need.name: self.of(need.element) for need in workshop.needs(element)})
        found = self.value(workshop.tree_of(element), scope)
        return types.conform(found, kind) if kind and element.kind == "decision" else found

    def Typed(self, node, scope):
        return types.conform(self.value(node.value, scope), self.resolve(node.type))

    def Tests(self, node, scope):
        if not node.tests:
            return True
        answer = False
        for test in node.tests:
            answer = logic.either(answer, self._test(scope["?"], test, scope))
        return answer if not node.negated or answer is None else not answer

    def Table(self, node, scope):
        seen = [self._input(each, scope) for each in node.inputs]
        scopes = [scope.new_child({"?": value}) for value in seen]
        allowed = all(
            self.Tests(each.allowed, inner) is True
            for each, inner in zip(node.inputs, scopes, strict=True)
            if each.allowed
        )
        rules = [each for each in node.rules if node.note.in_force(self.run.on) and each.note.in_force(self.run.on)]
        hits = [
            rule
            for rule in rules
            if allowed and all(self.Tests(cell, inner) is True for cell, inner in zip(rule.tests, scopes, strict=True))
        ]
        rows = [self._row(node, rule.results, scope) for rule in hits]
        return self._settled(node, rows, scope)

    def _input(self, node, scope):
        value = self.value(node.expression, scope)
        return types.conform(value, self.resolve(node.type)) if node.type else value

    def _row(self, node, results, scope):
        values = [self.value(each, scope) for each in results]
        kinds = [self.resolve(each.type) if each.type else None for each in node.outputs]
        fitting = [types.conform(value, kind) if kind else value for value, kind in zip(values, kinds, strict=True)]
        return (
            fitting[0] if len(fitting) == 1 else {each.name: v for each, v in zip(node.outputs, fitting, strict=True)}
        )

    def _settled(self, node, rows, scope):
        if not rows:
            defaults = [each.default or tree.Constant(None) for each in node.outputs]
            return self._row(node, defaults, scope) if any(each.default for each in node.outputs) else None
        match node.policy, node.aggregation:
            case "U", _:
                return rows[0] if len(rows) == 1 else None
            case "A", _:
                return rows[0] if all(each == rows[0] for each in rows) else None
            case "F", _:
                return rows[0]
            case "P", _:
                order = [each.value for each in node.outputs[0].allowed]
                return min(rows, key=order.index)
            case "C", "SUM":
                return None if None in rows else sum(rows)
            case "C", "COUNT":
                return Decimal(len(rows))
            case "C", ("MIN" | "MAX") as which:
                return None if None in rows else (min if which == "MIN" else max)(rows)
        return rows


def evaluate(node, context, run):
    """The value of a tree with these FEEL values for names."""
    return Plain(run).value(node, ChainMap(dict(context)))


def flat(value):
    """The value without functions, so that values of two evaluations can be compared."""
    if type(value) is list:
        return [flat(each) for each in value]
    if type(value) is dict:
        return {key: flat(each) for key, each in value.items()}
    if type(value) is Function:
        return value.parameters
    return (type(value), value.as_tuple()) if isinstance(value, Decimal) else value
