"""Single BPMN elements: their names, triggers, loops and extensions."""

from collections.abc import Iterator, Mapping

from lxml import etree

from zhengtong.common.text import Text, text
from zhengtong.engines.process import extensions, vendors
from zhengtong.engines.process.expressions import to_feel
from zhengtong.engines.process.faults import Finding
from zhengtong.engines.process.model import Flow, Loop, Node, Trigger

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZT = f"{{{extensions.NAMESPACE}}}"
_EXPRESSIONS = frozenset(
    {"loopCardinality", "completionCondition", "loopCondition", "activationCondition", "condition", "script"}
)
_WITH_EXPRESSIONS = frozenset(
    {"multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "conditionalEventDefinition"}
)
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

        self._shared = {each.get("id", ""): each for each in root if kind(each).endswith("EventDefinition")}
        self._flows = dict(self._message_flows(root))

    def _message_flows(self, root: etree._Element) -> Iterator[tuple[str, str]]:
        """By node: the name of the message that a message flow brings there or takes away."""
        flows = list(root.iter(f"{BPMN}messageFlow"))
        wanted = {_local(flow.get(end, "")) for flow in flows for end in ("sourceRef", "targetRef")}
        own = {each.get("id", ""): _message_ref(each) for each in root.iter() if each.get("id", "") in wanted}
        for flow in flows:
            source, target = _local(flow.get("sourceRef", "")), _local(flow.get("targetRef", ""))
            ref = flow.get("messageRef", "") or own.get(source, "") or own.get(target, "")
            named = self.name(ref) if ref else " ".join(flow.get("name", "").split()) or flow.get("id", "")
            yield from ((source, named), (target, named))

    def message(self, element: etree._Element, ref: str) -> str:
        """The name of the message that an element names, or that a message flow brings or takes."""
        return self.name(ref) if ref else self._flows.get(element.get("id", ""), "")

    def shared(self, ref: str) -> etree._Element | None:
        """An event definition that stands beside the processes, for several events."""
        return self._shared.get(_local(ref))

    def name(self, ref: str) -> str:
        """The name or code behind a reference, which may carry a prefix."""
        local = ref.rpartition(":")[2]
        return self._names.get(ref) or self._names.get(local) or local


def _local(ref: str) -> str:
    return ref.rpartition(":")[2]


def _message_ref(element: etree._Element) -> str:
    definition = element.find(f"{BPMN}messageEventDefinition")
    return (element if definition is None else definition).get("messageRef", "")


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
    called = element.get("calledElement", "").rpartition(":")[2]
    if called and "call" not in own and not called.startswith(("$", "#", "=")):
        own["call"] = ({"procedure": called},)
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
        activation=_child_text(element, "activationCondition"),
        enough=_child_text(element, "completionCondition"),
        one_at_a_time=element.get("ordering") == "Sequential",
        cancels_rest=element.get("cancelRemainingInstances") != "false",
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
        fault = _foreign(element, written, text("条件", "the condition")) if feel is None else None
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
    """What a node says that nobody understands."""
    for written in _expressions(element):
        if _content(written) and to_feel(_content(written), _language(written)) is None:
            yield _foreign(element, written, text("表达式", "the expression"))
    yield from vendors.faults(node, element)
    for name_, found in node.extensions.items():
        known = extensions.KNOWN.get(name_)
        if known is None:
            message = text(f"没有扩展元素 zt:{name_}。", f"there is no extension element zt:{name_}")
            yield Finding("unknown-extension", "error", node.id, node.line, message)
            continue
        for attribute in sorted({each for attributes in found for each in attributes} - known):
            message = text(f"zt:{name_} 没有属性 {attribute}。", f"zt:{name_} has no attribute {attribute!r}")
            yield Finding("unknown-extension", "error", node.id, node.line, message)


def _foreign(element: etree._Element, written: etree._Element, what: Text) -> Finding:
    told = _content(written)
    message = text(f"{what['zh-Hans']}“{told}”不是 FEEL。", f"{what['en']} {told!r} is not FEEL")
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
    shared = definitions.shared(_content(references[0])) if len(references) == 1 and not found else None
    found = [shared] if shared is not None else found
    if len(found) > 1 or (references and shared is None):
        return Trigger("multiple")
    if not found:
        if kind(element) not in {"receiveTask", "sendTask"}:
            return None
        named = definitions.message(element, element.get("messageRef", ""))
        return Trigger("message", named) if named else None
    definition = found[0]
    kind_ = kind(definition).removesuffix("EventDefinition")
    reference = next((str(value) for key, value in definition.attrib.items() if str(key).endswith("Ref")), "")
    if kind_ == "message":
        named = definitions.message(element, reference)
    else:
        named = definition.get("name", "") if kind_ == "link" else definitions.name(reference)
    return Trigger(kind_, named, _definition_text(definition))


def _definition_text(definition: etree._Element) -> str:
    """The text of timeDuration, timeDate, timeCycle or condition."""
    found = (child for child in definition if kind(child).startswith(("time", "condition")))
    texts = (_feel(child) if kind(child) == "condition" else _content(child) for child in found)
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
        at_most=int(limit) if (limit := again.get("loopMaximum", "")[:9]).isdecimal() else 0,
    )


def _child_text(element: etree._Element, name_: str) -> str:
    child = element.find(f"{BPMN}{name_}")
    return "" if child is None else _feel(child)


def _feel(written: etree._Element) -> str:
    """An expression in FEEL, as it was written where it is in another language."""
    feel = to_feel(_content(written), _language(written))
    return _content(written) if feel is None else feel


def _language(written: etree._Element) -> str:
    if kind(written) != "script":
        return written.get("language", "")
    format_ = written.getparent().get("scriptFormat", "")  # type: ignore[union-attr]  # a script is inside of its task
    return format_ and f"/{format_}/"


def _expressions(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if kind(child) in _EXPRESSIONS:
            yield child
        elif kind(child) in _WITH_EXPRESSIONS:
            yield from _expressions(child)


def _content(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext("*", with_tail=True)).strip()
