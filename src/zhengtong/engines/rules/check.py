"""What is wrong with a model, found before it is put in force."""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from zhengtong.common.text import Text, text
from zhengtong.engines.rules.check_table import check_table
from zhengtong.engines.rules.dmn.document import CHARTER, Document, Element, Xml, line_of, reference
from zhengtong.engines.rules.dmn.logic import Workshop
from zhengtong.engines.rules.dmn.notes import EXTENSIONS, note_of
from zhengtong.engines.rules.errors import RulesFault
from zhengtong.engines.rules.feel import tree
from zhengtong.engines.rules.feel.free import free_names
from zhengtong.engines.rules.findings import Finding


def check(workshop: Workshop, on: date | None) -> list[Finding]:
    """Every fault of the main model, errors first, then by line."""
    document = workshop.library.main
    found = [*_imports(workshop), *_types(workshop, document), *_cycles(workshop), *_extensions(document)]
    for element in document.elements.values():
        found += _element(workshop, element, on)
    return sorted(found, key=lambda each: (each.severity != "error", each.line))


def _imports(workshop: Workshop) -> Iterator[Finding]:
    document = workshop.library.main
    for wanted in document.imports:
        if wanted.namespace not in workshop.library.documents:
            what = text(f"找不到导入的模型“{wanted.namespace}”。", f"The imported model {wanted.namespace} is missing.")
            yield Finding("missing-import", "error", document.root.get("id", ""), line_of(document.root), what)


def _types(workshop: Workshop, document: Document) -> Iterator[Finding]:
    for xml in document.root.iter():
        name = reference(xml) if xml.tag in _typed(document) else None
        if name and workshop.items.named(document, name) is None:
            yield _at(xml, "unknown-type", text(f"没有类型“{name}”。", f"There is no type “{name}”."))


def _typed(document: Document) -> frozenset[str]:
    names = ("variable", "inputExpression", "output", "itemDefinition", "itemComponent", "formalParameter", "column")
    return frozenset(map(document.tag, names))


def _extensions(document: Document) -> Iterator[Finding]:
    """Elements of our namespace that are unknown, or say what cannot be."""
    for xml in document.root.iter(f"{CHARTER}*"):
        known = EXTENSIONS.get(etree.QName(xml).localname)
        if known is None or not set(xml.attrib) <= known:
            what = text("未知的 zt 扩展元素或属性。", "This element of zt, or one of its attributes, is not known.")
            yield _at(xml, "unknown-extension", what)
    for element in document.elements.values():
        try:
            note_of(document, element.xml)
        except RulesFault as fault:
            yield Finding("unreadable", "error", element.id, fault.line, fault.what)


def _at(xml: Xml, code: str, what: Text) -> Finding:
    return Finding(code, "error", xml.get("id", ""), line_of(xml), what)


def _cycles(workshop: Workshop) -> Iterator[Finding]:
    """Decisions that need themselves. A function may call itself, within the limits."""
    done: set[Element] = set()
    for element in workshop.library.main.elements.values():
        cycle = _cycle(workshop, element, [], done)
        if cycle:
            names = " → ".join(each.name for each in cycle)
            what = text(f"决策互相依赖成环：{names}", f"Decisions need each other in a circle: {names}")
            yield Finding("cycle", "error", cycle[0].id, cycle[0].line, what)


def _cycle(workshop: Workshop, element: Element, path: list[Element], done: set[Element]) -> list[Element]:
    if element in path:
        return [*path[path.index(element) :], element]
    if element in done or element.kind != "decision":
        return []
    done.add(element)
    try:
        required = list(workshop.required(element))
    except RulesFault:
        return []
    return next((found for each in required if (found := _cycle(workshop, each, [*path, element], done))), [])


def _element(workshop: Workshop, element: Element, on: date | None) -> Iterator[Finding]:
    if element.kind not in {"decision", "businessKnowledgeModel"}:
        return
    try:
        node = workshop.tree_of(element)
    except RulesFault as fault:
        yield Finding("unreadable", "error", element.id, fault.line or element.line, fault.what)
        return
    for each in _CHECKS:
        yield from each(workshop, element, node)
    for table in tree.walk(node):
        if isinstance(table, tree.Table):
            yield from check_table(workshop, element, table, on)


def _names(workshop: Workshop, element: Element, node: tree.Node) -> Iterator[Finding]:
    known = {need.name for need in workshop.needs(element)}
    for name in sorted(free_names(node) - known):
        if _is_member_of_filter(node, name):
            continue
        what = text(
            f"“{name}”未知：既没有声明为所需的信息，也不是函数。",
            f"“{name}” is not known: the decision does not require it, and it is no function.",
        )
        yield Finding("unknown-name", "error", element.id, element.line, what)


def _is_member_of_filter(node: tree.Node, name: str) -> bool:
    """Within a filter, the members of an item are names; which there are is known when it runs."""
    used = (each for each in tree.walk(node) if isinstance(each, tree.Filter))
    return any(tree.uses(each.condition, name) for each in used)


def _external(workshop: Workshop, element: Element, node: tree.Node) -> Iterator[Finding]:
    if any(isinstance(each, tree.FunctionOf) and each.external for each in tree.walk(node)):
        what = text(
            "用其他语言（如 Java、PMML）编写的函数不会被执行，请改写为 FEEL。",
            "A function in another language (Java, PMML) is never run; write it in FEEL.",
        )
        yield Finding("external-function", "error", element.id, element.line, what)


def _clock(workshop: Workshop, element: Element, node: tree.Node) -> Iterator[Finding]:
    for name in ("today", "now"):
        called = (each for each in tree.walk(node) if isinstance(each, tree.Call))
        if any(each.function == tree.Name(name) for each in called):
            what = text(
                f"规则读取了 {name}()：同一案件改日再算结果可能不同。请把日期作为输入。",
                f"The rule reads {name}(), so it may come out otherwise on another day; take the day as an input.",
            )
            yield Finding("reads-the-clock", "warning", element.id, element.line, what)


_CHECKS = (_names, _external, _clock)
