"""Boxed expressions to the tree of FEEL (DMN 1.5, 10.2): one meaning, whether written as text or in boxes."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from lxml import etree

from zhengtong.common.text import text
from zhengtong.engines.rules.dmn.document import Document, Xml, line_of, reference
from zhengtong.engines.rules.errors import FeelError, RulesFault
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.lexer import normal
from zhengtong.engines.rules.feel.names import Names
from zhengtong.engines.rules.feel.parser import parse_expression, parse_source, parse_tests

_Found = TypeVar("_Found")
Read = Callable[["Boxes", Xml], tree.Node]


class Boxes:
    """Reads the expressions of one document, with the names that are in scope."""

    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names

    def inside(self, parent: Xml, *places: str) -> tree.Node:
        """The expression that is a child of an element, or of a child of it; null where there is none."""
        for place in places:
            found = parent.find(self.document.tag(place))
            if found is not None:
                return self.inside(found)
        child = next((each for each in parent if _local(each) in READERS), None)
        return tree.Constant(None) if child is None else self.read(child)

    def read(self, xml: Xml) -> tree.Node:
        """The tree of an expression element, held to the type that it declares."""
        node = READERS[_local(xml)](self, xml)
        return node if _local(xml) in _TYPED_INSIDE else _typed(node, xml)

    def expression(self, written: str, xml: Xml) -> tree.Node:
        """The tree of a FEEL text; RulesFault with the line where it cannot be read."""
        return self.parsed(written, parse_expression, xml) if written.strip() else _NULL

    def tests(self, written: str, xml: Xml) -> tree.Tests:
        """The same for the tests of a cell."""
        return self.parsed(written, parse_tests, xml) if written.strip() else tree.Tests(())

    def parsed(self, written: str, parse: Callable[[str, Names], _Found], xml: Xml) -> _Found:
        self.document.takes(written, xml)
        try:
            return parse(written, self.names)
        except FeelError as error:
            raise RulesFault(error.what, line_of(xml) + error.line - 1) from error

    def scoped(self, names: Iterable[str], read: Callable[[], tree.Node]) -> tree.Node:
        """Read with more names in scope."""
        self.names.push(names)
        found = read()
        self.names.pop()
        return found


_NULL = tree.Constant(None)
_TYPED_INSIDE = frozenset(["decisionTable", "functionDefinition"])  # the type is that of the results


def _typed(node: tree.Node, xml: Xml) -> tree.Node:
    kind = _kind(xml.get("typeRef"))
    return tree.Typed(node, kind) if kind else node


def _kind(written: str | None) -> tree.Named | None:
    return tree.Named(normal(written)) if written else None


def _local(xml: Xml) -> str:
    return etree.QName(xml).localname


def _literal(self: Boxes, xml: Xml) -> tree.Node:
    language = xml.get("expressionLanguage", "")
    if language and "feel" not in language.lower():
        raise RulesFault(text(f"不支持的表达式语言：{language}", f"Only FEEL is run, not {language}."), line_of(xml))
    return self.expression(self.document.text(xml), xml)


def _context(self: Boxes, xml: Xml) -> tree.Node:
    entries: list[tree.Entry] = []
    result = None
    self.names.push()
    for entry in self.document.children(xml, "contextEntry"):
        variable = entry.find(self.document.tag("variable"))
        value = self.inside(entry)
        if variable is None:
            result = value
            continue
        name = normal(variable.get("name", ""))
        entries.append(tree.Entry(name, value, _kind(reference(variable))))
        self.names.add(name)
    self.names.pop()
    return tree.ContextOf(tuple(entries), result)


def _list(self: Boxes, xml: Xml) -> tree.Node:
    return tree.ListOf(tuple(self.read(each) for each in xml if _local(each) in READERS))


def _relation(self: Boxes, xml: Xml) -> tree.Node:
    columns = list(self.document.children(xml, "column"))
    names = [normal(each.get("name", "")) for each in columns]
    kinds = [_kind(reference(each)) for each in columns]
    rows = []
    for row in self.document.children(xml, "row"):
        values = [self.read(each) for each in row if _local(each) in READERS]
        rows.append(tree.ContextOf(tuple(map(tree.Entry, names, values, kinds))))
    return tree.ListOf(tuple(rows))


def _invocation(self: Boxes, xml: Xml) -> tree.Node:
    names, values = [], []
    for binding in self.document.children(xml, "binding"):
        parameter = binding.find(self.document.tag("parameter"))
        names.append(normal(parameter.get("name", "")) if parameter is not None else "")
        values.append(self.inside(binding))
    return tree.Call(self.inside(xml), tuple(values), tuple(names))


def function(self: Boxes, xml: Xml) -> tree.FunctionOf:
    """A function definition, or the encapsulated logic of a business knowledge model."""
    parameters = tuple(_parameter(each) for each in self.document.children(xml, "formalParameter"))
    if xml.get("kind", "FEEL") != "FEEL":
        return tree.FunctionOf(parameters, _NULL, external=True)
    body = self.scoped((each.name for each in parameters), lambda: self.inside(xml))
    return tree.FunctionOf(parameters, body, result=_kind(xml.get("typeRef")))


def _parameter(xml: Xml) -> tree.Parameter:
    return tree.Parameter(normal(xml.get("name", "")), _kind(reference(xml)))


def _conditional(self: Boxes, xml: Xml) -> tree.Node:
    return tree.If(self.inside(xml, "if"), self.inside(xml, "then"), self.inside(xml, "else"))


def _filter(self: Boxes, xml: Xml) -> tree.Node:
    value = self.inside(xml, "in")
    self.names.push_members()
    condition = self.inside(xml, "match")
    self.names.pop()
    return tree.Filter(value, condition)


def _iterated(self: Boxes, xml: Xml, body: str) -> tuple[tuple[tree.Loop, ...], tree.Node]:
    name = normal(xml.get("iteratorVariable", ""))
    loop = tree.Loop(name, *_source(self, xml))
    return (loop,), self.scoped([name], lambda: self.inside(xml, body))


def _source(self: Boxes, xml: Xml) -> tuple[tree.Node, tree.Node | None]:
    """What is gone over; where it is a text, that may be `1..4`, as after the `in` of FEEL."""
    around = next(self.document.children(xml, "in"))
    only = around.find(self.document.tag("literalExpression"))
    if only is not None and ".." in (written := self.document.text(only)):
        start, end = self.parsed(written, parse_source, only)
        if end is not None:
            return start, end
    return _typed(self.inside(around), around), None


def _for(self: Boxes, xml: Xml) -> tree.Node:
    return tree.For(*_iterated(self, xml, "return"))


def _every(self: Boxes, xml: Xml) -> tree.Node:
    return tree.Quantified(True, *_iterated(self, xml, "satisfies"))


def _some(self: Boxes, xml: Xml) -> tree.Node:
    return tree.Quantified(False, *_iterated(self, xml, "satisfies"))


READERS: dict[str, Read] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "every": _every,
    "some": _some,
}
