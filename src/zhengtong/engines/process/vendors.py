"""What a file says that this engine does not do: settings of other engines, and rare attributes of BPMN itself."""

from collections.abc import Iterator

from lxml import etree

from zhengtong.common.text import text
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.model import Node

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_ENGINES = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://camunda.org/schema/zeebe/1.0": "zeebe",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://www.jboss.org/drools": "drools",
    "https://www.jboss.org/drools": "drools",
}
_HARMLESS = frozenset({"modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon", "diagramRelationId"})
_ONLY = {  # attribute, and what it may be: everything else changes how tokens go
    "instantiate": ("false",),
    "eventGatewayType": ("Exclusive",),
    "behavior": ("All",),
    "waitForCompletion": ("true",),
    "startQuantity": ("1",),
    "completionQuantity": ("1",),
}
_INSIDE = ("multiInstanceLoopCharacteristics", "compensateEventDefinition")


def faults(node: Node, element: etree._Element) -> Iterator[Finding]:
    """A warning that names the settings of other engines, an error for each attribute that cannot be honoured."""
    inside = (child for name in _INSIDE for child in element.iterchildren(f"{_BPMN}{name}"))
    for each in (element, *inside):
        for attribute, allowed in _ONLY.items():
            value = each.get(attribute, allowed[0])
            if value not in allowed:
                told = f"{attribute}={value!r}"
                message = text(f"不能执行 {told}。", f"{told} cannot be run")
                yield Finding("not-executable", "error", node.id, node.line, message)
    names = sorted(set(_settings(element)))
    if names:
        told = ", ".join(names)
        message = text(
            f"这里不理会其他引擎的设置：{told}", f"what other engines are told is not looked at here: {told}"
        )
        yield Finding("foreign-setting", "warning", node.id, node.line, message)


def _settings(element: etree._Element) -> Iterator[str]:
    yield from filter(None, (_named(str(name)) for name in element.attrib))
    for block in element.iterchildren(f"{_BPMN}extensionElements"):
        yield from filter(None, (_named(each.tag) for each in block if isinstance(each.tag, str)))


def _named(tag: str) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    engine = _ENGINES.get(space, "")
    return f"{engine}:{local}" if engine and local not in _HARMLESS else ""
