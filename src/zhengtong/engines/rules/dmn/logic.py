"""The logic of one element of a model: read, compiled, and with what it needs from others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from zhengtong.engines.rules.dmn import emit_table, tables  # noqa: F401  they declare how tables are read and written
from zhengtong.engines.rules.dmn.boxed import Boxes, function
from zhengtong.engines.rules.dmn.document import Document, Element
from zhengtong.engines.rules.dmn.items import Items
from zhengtong.engines.rules.dmn.library import Library
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.free import free_names
from zhengtong.engines.rules.feel.generate import Generator
from zhengtong.engines.rules.feel.types import Type
from zhengtong.engines.rules.feel.values import Value

_REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")


@dataclass(frozen=True, slots=True)
class Need:
    """What a name in the logic stands for: one element, or (an imported model) several by their names."""

    name: str
    element: Element | None
    members: tuple["Need", ...] = ()


@dataclass(frozen=True, slots=True)
class Logic:
    """Compiled logic: `body(run, *values of the needs)`, and whether what comes out conforms to `type`."""

    needs: tuple[Need, ...]
    body: Callable[..., Value]
    type: Type | None
    tree: tree.Node


class Workshop:
    """Makes the logic of elements, each once; the explaining kind apart."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.items = Items(library)
        self._trees: dict[Element, tree.Node] = {}
        self._types: dict[Element, Type | None] = {}
        self._required: dict[Element, tuple[Element, ...]] = {}
        self._needs: dict[Element, tuple[Need, ...]] = {}
        self._used: dict[Element, tuple[Need, ...]] = {}
        self._logic: dict[tuple[Element, bool], Logic] = {}

    def logic(self, element: Element, *, explains: bool = False) -> Logic:
        """The compiled logic of a decision or a business knowledge model. Raises RulesFault."""
        key = (element, explains)
        if key not in self._logic:
            self._logic[key] = self._compile(element, explains)
        return self._logic[key]

    def tree_of(self, element: Element) -> tree.Node:
        """The logic as a tree."""
        if element not in self._trees:
            names = self.library.names.beside(need.name for need in self.needs(element))
            boxes = Boxes(element.document, names.beside(_qualified(self.needs(element))))
            self._trees[element] = _read(boxes, element)
        return self._trees[element]

    def type_of(self, element: Element) -> Type | None:
        """The type that its variable declares, None where it declares none."""
        if element not in self._types:
            self._types[element] = self.items.named(element.document, element.type_name)
        return self._types[element]

    def required(self, element: Element) -> tuple[Element, ...]:
        """The elements that it requires, as the file says."""
        if element not in self._required:
            self._required[element] = tuple(self._requirements(element))
        return self._required[element]

    def _requirements(self, element: Element) -> Iterator[Element]:
        document = element.document
        for requirement in document.children(element.xml, "informationRequirement", "knowledgeRequirement"):
            for place in document.children(requirement, *_REQUIRED):
                yield self.library.need(document, place)

    def needs(self, element: Element) -> tuple[Need, ...]:
        """The names that stand for the required elements; those of an imported model are under its name."""
        if element not in self._needs:
            self._needs[element] = self._needed(element)
        return self._needs[element]

    def _needed(self, element: Element) -> tuple[Need, ...]:
        own: dict[str, Need] = {}
        imported: dict[str, list[Need]] = {}
        for required in self.required(element):
            need = Need(required.variable, required)
            alias = self.library.alias(element.document, required.document)
            if alias:
                imported.setdefault(alias, []).append(need)
            else:
                own[need.name] = need
        if element.kind == "businessKnowledgeModel":  # a function may call itself, said or not
            own.setdefault(element.variable, Need(element.variable, element))
        return (*own.values(), *(Need(alias, None, tuple(found)) for alias, found in imported.items()))

    def used(self, element: Element) -> tuple[Need, ...]:
        """Those of its needs that the logic names."""
        if element not in self._used:
            needs = self.needs(element)
            free = free_names(self.tree_of(element), {need.name for need in needs})
            self._used[element] = tuple(need for need in needs if need.name in free)
        return self._used[element]

    def _compile(self, element: Element, explains: bool) -> Logic:
        node = self.tree_of(element)
        needs = self.used(element)
        generator = Generator(self.items.resolve_in(element.document), explains=explains)
        body = generator.function(node, [need.name for need in needs])
        return Logic(needs, body, self.type_of(element), node)


def _qualified(needs: tuple[Need, ...]) -> Iterator[str]:
    for need in needs:
        yield from (member.name for member in need.members)


def _read(boxes: Boxes, element: Element) -> tree.Node:
    document: Document = element.document
    if element.kind == "businessKnowledgeModel":
        logic = element.xml.find(document.tag("encapsulatedLogic"))
        if logic is None:
            return tree.Constant(None)
        found = function(boxes, logic)
        return replace(found, result=None) if element.type_name else found  # its variable says what comes out
    return boxes.inside(element.xml)
