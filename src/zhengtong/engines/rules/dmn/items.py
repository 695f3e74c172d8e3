"""Item definitions as types (DMN 1.5, 7.3.2)."""

from collections.abc import Callable

from zhengtong.engines.rules.dmn.document import Document, Xml, reference
from zhengtong.engines.rules.dmn.library import Library
from zhengtong.engines.rules.errors import FeelError
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.expression import generic_type
from zhengtong.engines.rules.feel.generate import Generator
from zhengtong.engines.rules.feel.lexer import normal
from zhengtong.engines.rules.feel.parser import parse_tests
from zhengtong.engines.rules.feel.types import ANY, BASIC, Constrained, ContextType, FunctionType, ListType, Type
from zhengtong.engines.rules.feel.values import Value
from zhengtong.engines.rules.limits import Run, Spend, free


class Items:
    """The types of a library, each made when it is first asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._made: dict[tuple[int, str], Type | None] = {}

    def named(self, document: Document, name: str | None) -> Type | None:
        """The type of that name as the document knows it; None where there is none."""
        if not name:
            return None
        key = (id(document), name)
        if key not in self._made:
            self._made[key] = ANY  # a definition that contains itself is not looked into further
            try:
                self._made[key] = self._find(document, name)
            except RecursionError:
                del self._made[key]
                raise
        return self._made[key]

    def resolve_in(self, document: Document) -> Callable[[tree.TypeTree], Type | None]:
        """How types in the FEEL of a document are found."""

        def resolve(found: tree.TypeTree) -> Type | None:
            if isinstance(found, tree.Named):
                return self.named(document, found.name)
            return generic_type(found, resolve)

        return resolve

    def _find(self, document: Document, name: str) -> Type | None:
        if name in document.items:
            return self._item(document, document.items[name])
        plain = name.split(":")[-1] if ":" in name else name.removeprefix("feel.")
        if plain in BASIC:
            return BASIC[plain]
        if ":" in name:
            return self.named(document, plain)
        alias, _, rest = name.partition(".")
        other = self.library.imported(document, alias) if rest else None
        return self.named(other, rest) if other else self._unnamed(document, name)

    def _unnamed(self, document: Document, name: str) -> Type | None:
        """A type of a model that is imported without a name."""
        others = (self.library.documents.get(each.namespace) for each in document.imports if not each.name)
        return next((self._item(each, each.items[name]) for each in others if each and name in each.items), None)

    def _item(self, document: Document, xml: Xml) -> Type:
        single = self._single(document, xml)
        allowed = self._allowed(document, xml, "allowedValues", single)
        if xml.get("isCollection") in {"true", "1"}:
            allowed = ListType(allowed)
        return self._allowed(document, xml, "typeConstraint", allowed)

    def _single(self, document: Document, xml: Xml) -> Type:
        components = list(document.children(xml, "itemComponent"))
        if components:
            return ContextType({normal(each.get("name", "")): self._item(document, each) for each in components})
        function = xml.find(document.tag("functionItem"))
        if function is not None:
            return self._function(document, function)
        name = reference(xml)
        return (self.named(document, name) if name else None) or ANY

    def _function(self, document: Document, xml: Xml) -> Type:
        parameters = document.children(xml, "parameters")
        kinds = tuple(self.named(document, reference(each)) or ANY for each in parameters)
        return FunctionType(kinds, self.named(document, xml.get("outputTypeRef")) or ANY)

    def _allowed(self, document: Document, xml: Xml, constraint: str, base: Type) -> Type:
        written = document.text(xml.find(document.tag(constraint))).strip()
        if not written or written == "-":
            return base
        try:
            tests = parse_tests(written, self.library.names.beside(()))
        except FeelError:
            return base  # check() tells of it
        return Constrained(base, allowing(tests, self.resolve_in(document)), tests)


class _Within(Run):
    """A run within another: its steps count for that one as well."""

    around: Spend = staticmethod(free)

    def spend(self, steps: int) -> None:
        super().spend(steps)
        self.around(steps)


def allowing(tests: tree.Tests, resolve: Callable[[tree.TypeTree], Type | None]) -> Callable[[Value, Spend], bool]:
    """Whether a value passes the tests."""
    compiled = Generator(resolve).function(tests, ["?"])

    def allows(value: Value, spend: Spend) -> bool:
        run = _Within.begin(None, None)
        run.around = spend
        return compiled(run, value) is True

    return allows
