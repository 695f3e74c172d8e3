"""Single BPMN elements: their names, triggers, loops and extensions."""

from collections.abc import Iterator, Mapping

from lxml import etree

from zhengtong.common.text import Text, text
from zhengtong.engines.process import extensions
from zhengtong.engines.process.expressions import to_feel
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.model import Flow, Loop, Node, Trigger

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZT = f"{{{extensions.NAMESPACE}}}"
UNDETERMINED = "und"  # BCP 47: the language of a name attribute is not known


class Definitions:
    """What stands beside the processes: messages, signals, errors, escalations, by id."""

    def __init__(self, root: etree._Element) -> None:
        self._names: dict[str, str] = {}
        for element in root:
            id_, name_ = element.get("id", ""), element.get("name", "")
            if kind(element) in {"message", "signal"}:
                self._names[id_] = name_ or id_
            elif kind(element) in {"error", "escalation"}:
                self._names[id_] = element.get("errorCode") or element.get("escalationCode") or name_ or id_

    def name(self, ref: str) -> str:
        """The name or code behind a reference, which may carry a prefix."""
        local = ref.rpartition(":")[2]
        return self._names.get(ref) or self._names.get(local) or local


def kind(element: etree._Element) -> str:
    """The local name of a BPMN element; empty for remarks and elements of other namespaces."""
    tag = element.tag
    return tag.removeprefix(BPMN) if isinstance(tag, str) and tag.startswith(BPMN) else ""


def line(element: etree._Element) -> int:
    """The line on which the element begins."""
    found: object = element.sourceline
    return found if isinstance(found, int) else 0


def name(element: etree._Element) -> Text:
    """The names in each language (`zt:text`), else the name attribute."""
    own = [each for each in _own(element) if each.tag == f"{ZT}text"]
    texts = {each.get("lang", UNDETERMINED): " ".join(_content(each).split()) for each in own}
    plain = " ".join(element.get("name", "").split())
    return Text(texts or ({UNDETERMINED: plain} if plain else {}))


def node(kind_: str, element: etree._Element, parent: str, definitions: Definitions) -> Node:
    """A node without its flows."""
    own = _extensions(element)
    attached = element.get("attachedToRef", "").rpartition(":")[2]
    trigger = _trigger(element, definitions)
    undoes = element.get("isForCompensation") == "true" or bool(attached and trigger and trigger.kind == "compensate")
    interrupting = element.get("cancelActivity" if attached else "isInterrupting", "true") != "false"
    return Node(
        id=element.get("id", ""),
        kind=kind_,
        name=name(element),
        line=line(element),
        parent=parent,
        default=element.get("default", ""),
        trigger=trigger,
        attached_to=attached,
        interrupting=interrupting,
        by_event=element.get("triggeredByEvent") == "true",
        undoes=undoes,
        loop=_loop(element),
        script=_child_text(element, "script"),
        result=own.get("task", ({},))[0].get("outputs", "").partition(":")[0],
        extensions=own,
        **extensions.typed(own),  # type: ignore[arg-type]  # the fields are named and typed there
    )


def flow(element: etree._Element) -> tuple[Flow, Finding | None]:
    """A sequence flow, and what is wrong with its condition."""
    written = element.find(f"{BPMN}conditionExpression")
    condition, fault = "", None
    if written is not None and _content(written):
        feel = to_feel(_content(written), written.get("language", ""))
        condition = _content(written) if feel is None else feel
        fault = _foreign(element, written) if feel is None else None
    made = Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        line=line(element),
        name=name(element),
        condition=condition,
    )
    return made, fault


def faults(node: Node, element: etree._Element) -> Iterator[Finding]:
    """What the extensions of a node say that nobody understands."""
    for name_, found in node.extensions.items():
        known = extensions.KNOWN.get(name_)
        if known is None:
            message = text(f"没有扩展元素 zt:{name_}。", f"there is no extension element zt:{name_}")
            yield Finding("unknown-extension", "error", node.id, node.line, message)
            continue
        for attribute in sorted({each for attributes in found for each in attributes} - known):
            message = text(f"zt:{name_} 没有属性 {attribute}。", f"zt:{name_} has no attribute {attribute!r}")
            yield Finding("unknown-extension", "error", node.id, node.line, message)


def _foreign(element: etree._Element, written: etree._Element) -> Finding:
    told = _content(written)
    message = text(f"条件“{told}”不是 FEEL。", f"the condition {told!r} is not FEEL")
    return Finding("foreign-expression", "error", element.get("id", ""), line(written), message)


def _own(element: etree._Element) -> Iterator[etree._Element]:
    for block in element.iterchildren(f"{BPMN}extensionElements"):
        yield from block.iterchildren()


def _extensions(element: etree._Element) -> dict[str, tuple[Mapping[str, str], ...]]:
    found: dict[str, tuple[Mapping[str, str], ...]] = {}
    for each in _own(element):
        if isinstance(each.tag, str) and each.tag.startswith(ZT):
            local = each.tag.removeprefix(ZT)
            found[local] = (*found.get(local, ()), {str(key): str(value) for key, value in each.attrib.items()})
    return found


def _trigger(element: etree._Element, definitions: Definitions) -> Trigger | None:
    found = [child for child in element if kind(child).endswith("EventDefinition")]
    references = [child for child in element if kind(child) == "eventDefinitionRef"]
    if len(found) > 1 or references:
        return Trigger("multiple")
    if not found:
        reference = element.get("messageRef", "") if kind(element) in {"receiveTask", "sendTask"} else ""
        return Trigger("message", definitions.name(reference)) if reference else None
    definition = found[0]
    kind_ = kind(definition).removesuffix("EventDefinition")
    reference = next((str(value) for key, value in definition.attrib.items() if str(key).endswith("Ref")), "")
    named = definition.get("name", "") if kind_ == "link" else definitions.name(reference)
    return Trigger(kind_, named, _definition_text(definition))


def _definition_text(definition: etree._Element) -> str:
    """The text of timeDuration, timeDate, timeCycle or condition."""
    texts = (_content(child) for child in definition if kind(child).startswith(("time", "condition")))
    return next((each for each in texts if each), "")


def _loop(element: etree._Element) -> Loop | None:
    many = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if many is not None:
        item = many.find(f"{BPMN}inputDataItem")
        return Loop(
            kind="sequential" if many.get("isSequential") == "true" else "parallel",
            over=_child_text(many, "loopCardinality") or _child_text(many, "loopDataInputRef"),
            item="" if item is None else item.get("name", ""),
            until=_child_text(many, "completionCondition"),
        )
    again = element.find(f"{BPMN}standardLoopCharacteristics")
    if again is None:
        return None
    return Loop(
        kind="while",
        over=_child_text(again, "loopCondition"),
        test_before=again.get("testBefore") == "true",
        at_most=int(limit) if (limit := again.get("loopMaximum", "")).isdecimal() else 0,
    )


def _child_text(element: etree._Element, name_: str) -> str:
    child = element.find(f"{BPMN}{name_}")
    return "" if child is None else _content(child)


def _content(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext("*", with_tail=True)).strip()
