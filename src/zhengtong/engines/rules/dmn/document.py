"""A DMN file, read safely: no entities, no DTD, no network; its elements by id and by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lxml import etree

from zhengtong.common.text import text
from zhengtong.engines.rules.dmn.schema import check_structure
from zhengtong.engines.rules.errors import RulesFault
from zhengtong.engines.rules.feel.lexer import normal
from zhengtong.engines.rules.limits import LARGEST_LOGIC, LARGEST_MODEL, PER_EXPRESSION

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
CHARTER = "{https://zhengtong.example/ns/charter}"

Kind = Literal["inputData", "decision", "businessKnowledgeModel", "decisionService", "knowledgeSource"]
_KINDS: tuple[Kind, ...] = ("inputData", "decision", "businessKnowledgeModel", "decisionService", "knowledgeSource")
Xml = etree._Element
_TOO_LARGE = text(
    f"文件过大，最多 {LARGEST_MODEL // 1_000_000} MB。",
    f"The file is too large: at most {LARGEST_MODEL // 1_000_000} MB are read.",
)
_TOO_LONG = text(
    "模型中的表达式过多过长；大量数据请作为输入，或拆分为几个模型。",
    "The model has too many and too long expressions; make what is data an input, or split it into several models.",
)


@dataclass(frozen=True, slots=True)
class Import:
    """Another model, whose elements are known here as `name.element`; without a name, simply as `element`."""

    name: str
    namespace: str
    location: str


@dataclass(frozen=True, eq=False, slots=True)
class Element:
    """An element of the requirements graph."""

    kind: Kind
    id: str
    name: str
    xml: Xml
    document: "Document"

    @property
    def variable(self) -> str:
        """The name under which its value is known."""
        found = self.xml.find(self.document.tag("variable"))
        return normal(found.get("name") or self.name) if found is not None else self.name

    @property
    def type_name(self) -> str | None:
        """The type that its variable declares."""
        found = self.xml.find(self.document.tag("variable"))
        return None if found is None else reference(found)

    @property
    def line(self) -> int:
        return line_of(self.xml)


class Document:
    """One file. Raises RulesFault when it is no DMN."""

    def __init__(self, data: bytes) -> None:
        self.root = parse_xml(data)
        self.prefix = f"{{{etree.QName(self.root).namespace}}}"
        if self.prefix[1:-1] not in NAMESPACES or self.root.tag != self.tag("definitions"):
            raise RulesFault(
                text("这不是 DMN 1.1–1.5 文件。", "This is not a file of DMN 1.1–1.5."), line_of(self.root)
            )
        check_structure(self.root, self.prefix[1:-1])
        self.namespace = self.root.get("namespace", "")
        self.name = self.root.get("name", "")
        self._logic = 0

    def tag(self, name: str) -> str:
        """The qualified name of a DMN element."""
        return self.prefix + name

    def children(self, parent: Xml, *names: str) -> Iterator[Xml]:
        """The children that have one of these names."""
        yield from parent.iterchildren(*map(self.tag, names))

    def text(self, parent: Xml | None, name: str = "text") -> str:
        """The text of a child, "" where there is none."""
        found = None if parent is None else parent.find(self.tag(name))
        return (found.text or "") if found is not None else ""

    def takes(self, written: str, xml: Xml) -> None:
        """Count an expression that is to be read; RulesFault where there is more of them than can be."""
        self._logic += len(written) + PER_EXPRESSION
        if self._logic > LARGEST_LOGIC:
            raise RulesFault(_TOO_LONG, line_of(xml))

    @cached_property
    def imports(self) -> list[Import]:
        return [
            Import(normal(each.get("name", "")), each.get("namespace", ""), each.get("locationURI", ""))
            for each in self.children(self.root, "import")
            if each.get("importType", "") in {"", self.prefix[1:-1]} or "DMN" in each.get("importType", "")
        ]

    @cached_property
    def elements(self) -> dict[str, Element]:
        """The elements of the graph by id; those without an id by their name."""
        found: dict[str, Element] = {}
        for kind in _KINDS:
            for xml in self.children(self.root, kind):
                element = Element(kind, xml.get("id", ""), normal(xml.get("name", "")), xml, self)
                found[element.id or element.name] = element
        return found

    @cached_property
    def items(self) -> dict[str, Xml]:
        """The item definitions by name."""
        return {normal(each.get("name", "")): each for each in self.children(self.root, "itemDefinition")}

    @cached_property
    def members(self) -> frozenset[str]:
        """Names of members that occur anywhere in the file; those of several words have to be known to read FEEL."""
        named = self.root.iter(*map(self.tag, ("itemComponent", "variable", "column", "output")))
        return frozenset(normal(name) for each in named if (name := each.get("name")))


def parse_xml(data: bytes) -> Xml:
    """The root element. RulesFault for what is not well-formed, has a DOCTYPE, or is too large."""
    if len(data) > LARGEST_MODEL:
        raise RulesFault(_TOO_LARGE)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = text(f"不是格式正确的 XML：{error.msg}", f"This is not well-formed XML: {error.msg}")
        raise RulesFault(reason, error.lineno or 0) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RulesFault(text("不允许 DOCTYPE。", "A DOCTYPE is not allowed."), 1)
    return root


def reference(xml: Xml) -> str | None:
    """The type that an element refers to, as an attribute or as a child."""
    found = xml.get("typeRef")
    if found is None:
        child = next((each for each in xml if etree.QName(each).localname == "typeRef"), None)
        found = child.text if child is not None else None
    return normal(found) if found else None


def line_of(xml: Xml) -> int:
    """The line on which an element begins, 0 where that is not known."""
    line = xml.sourceline
    return line if isinstance(line, int) else 0
