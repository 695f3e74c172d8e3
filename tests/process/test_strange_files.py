"""Files as other tools write them, and as nobody should: read, or refused by element and line; nothing else."""

import re

import pytest

from tests.process.drawings import NOW, xml
from tests.process.walks import Walk
from zhengtong.engines.process import (
    Model,
    ProcessFault,
    check,
    draw,
    layout,
    longest_path,
    shortest_path,
    start,
    verdict,
)
from zhengtong.engines.process.pools import Pools

BASE = xml("boundary b on=a timer=P5WD\nstart -> a -> end\nb -> end2").decode()
TASK = '<bpmn:userTask id="a" name="a">'
MORE = "</bpmn:process>"
TIMER = BASE[BASE.index("<bpmn:timerEventDefinition") : BASE.index("</bpmn:boundaryEvent")]


def with_more(inside: str) -> str:
    return BASE.replace(MORE, inside + MORE)


def with_in_task(inside: str) -> str:
    return BASE.replace(TASK, TASK + inside)


AS_OTHERS_WRITE = {
    "its namespace is the default one": BASE.replace("bpmn:", "").replace("xmlns:bpmn", "xmlns"),
    "another prefix": BASE.replace("bpmn:", "semantic-1:").replace("xmlns:bpmn", "xmlns:semantic-1"),
    "UTF-16": BASE.replace("UTF-8", "UTF-16").encode("utf-16"),
    "UTF-16 that says it is UTF-8": BASE.encode("utf-16"),
    "a mark of the byte order": b"\xef\xbb\xbf" + BASE.encode(),
    "GB 18030": BASE.replace("UTF-8", "GB18030").replace('name="a"', 'name="审查"').encode("gb18030"),
    "ids with dots": BASE.replace('"a"', '"a.b-c_1"'),
    "ids in Chinese": BASE.replace('"a"', '"审查"'),
    "remarks and instructions": BASE.replace("<bpmn:process", "<!-- x --><?x y?><bpmn:process"),
    "empty lanes": with_more(
        '<bpmn:laneSet id="l"><bpmn:lane/><bpmn:lane id="m"><bpmn:flowNodeRef>no</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:laneSet>"
    ),
    "groups, notes and data": with_more(
        '<bpmn:group id="g" categoryValueRef="x"/><bpmn:textAnnotation id="t"><bpmn:text>x</bpmn:text>'
        '</bpmn:textAnnotation><bpmn:association id="as" sourceRef="a" targetRef="t"/><bpmn:dataObject id="d"/>'
        '<bpmn:dataObjectReference id="r" dataObjectRef="d"/><bpmn:dataStoreReference id="ds"/>'
    ),
    "data going into a task": with_in_task(
        '<bpmn:ioSpecification id="io"><bpmn:dataInput id="di"/><bpmn:inputSet/><bpmn:outputSet/>'
        '</bpmn:ioSpecification><bpmn:property id="pr"/><bpmn:dataInputAssociation id="dia">'
        "<bpmn:sourceRef>r</bpmn:sourceRef><bpmn:targetRef>di</bpmn:targetRef></bpmn:dataInputAssociation>"
    ),
    "flows without ids": re.sub(r'(<bpmn:sequenceFlow) id="[^"]*"', r"\1", BASE),
    "a timer that stands beside the process": BASE.replace(
        "<bpmn:process",
        '<bpmn:timerEventDefinition id="td"><bpmn:timeDuration>P5WD</bpmn:timeDuration>'
        "</bpmn:timerEventDefinition><bpmn:process",
    ).replace(TIMER, "<bpmn:eventDefinitionRef>tns:td</bpmn:eventDefinitionRef>"),
    "an import": BASE.replace(
        "<bpmn:process", '<bpmn:import location="http://x.example/" namespace="n"/><bpmn:process'
    ),
    "a drawing of nonsense": BASE.replace(
        "</bpmn:definitions>",
        '<i:BPMNDiagram xmlns:i="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:c="http://www.omg.org/spec/DD/20100524/DC"><i:BPMNPlane><i:BPMNShape bpmnElement="a">'
        '<c:Bounds x="NaN" y="1e999" width="-5" height="1,5"/></i:BPMNShape><i:BPMNShape/>'
        '<i:BPMNEdge bpmnElement="f0"/>'
        "</i:BPMNPlane></i:BPMNDiagram></bpmn:definitions>",
    ),
}


@pytest.mark.parametrize("written", AS_OTHERS_WRITE)
def test_it_is_read_as_the_same_process(written: str) -> None:
    source = AS_OTHERS_WRITE[written]
    model = Model.load(source if isinstance(source, bytes) else source.encode())
    assert (len(model.nodes), len(model.flows)) == (5, 3)
    assert verdict(check(model)) == "sound"
    assert Walk(model, 1).go().state.is_over
    assert draw(model, "en").startswith("<svg")


VENDORS = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
    "operaton": "http://operaton.org/schema/1.0/bpmn",
    "drools": "http://www.jboss.org/drools",
}
DRAWERS = {"signavio": "http://www.signavio.com", "bizagi": "http://www.bizagi.com/bpmn20", "x": "http://x.example/"}


@pytest.mark.parametrize("vendor", [*VENDORS, *DRAWERS])
def test_the_settings_of_engines_are_named_the_notes_of_drawing_tools_left_alone(vendor: str) -> None:
    told = f'<bpmn:extensionElements><{vendor}:listener event="create"><{vendor}:y/>x</{vendor}:listener>'
    source = BASE.replace("<bpmn:extensionElements>", told, 1)
    source = source.replace("xmlns:zt", f'xmlns:{vendor}="{(VENDORS | DRAWERS)[vendor]}" xmlns:zt')
    source = source.replace(TASK, f'<bpmn:userTask id="a" name="a" {vendor}:assignee="x">')
    codes = {finding.code for finding in check(Model.load(source.encode()))}
    assert ("foreign-setting" in codes) == (vendor in VENDORS)


TOLD = {
    "a task without an id": (with_more('<bpmn:userTask name="alone"/>'), "no-id"),
    "two definitions in one event": (
        BASE.replace(TIMER, TIMER + "<bpmn:eventDefinitionRef>other</bpmn:eventDefinitionRef>"),
        "not-executable",
    ),
    "several processes": (
        BASE.replace(MORE, MORE + '<bpmn:process id="q" isExecutable="true"><bpmn:startEvent id="q1"/></bpmn:process>'),
        "several-processes",
    ),
    "a choreography beside it": (
        BASE.replace("<bpmn:process", '<bpmn:choreography id="c"/><bpmn:process'),
        "not-executable",
    ),
    "an element that BPMN does not know": (with_more('<bpmn:fancyTask id="f"/>'), "not-executable"),
    "a boundary event on nothing": (BASE.replace('attachedToRef="a"', 'attachedToRef="z"'), "missing-target"),
    "a boundary event on itself": (BASE.replace('attachedToRef="a"', 'attachedToRef="b"'), "missing-target"),
    "a boundary event on an event": (BASE.replace('attachedToRef="a"', 'attachedToRef="end"'), "missing-target"),
    "a default flow that is not there": (BASE.replace(TASK, TASK.replace(">", ' default="z">')), "missing-target"),
    "a flow without ends": (with_more('<bpmn:sequenceFlow id="z"/>'), "missing-target"),
    "a flow out of a sub-process": (
        with_more(
            '<bpmn:subProcess id="s"><bpmn:userTask id="i"/><bpmn:sequenceFlow id="z" sourceRef="i" targetRef="end"/>'
            "</bpmn:subProcess>"
        ),
        "crosses-border",
    ),
    "a link that leads nowhere": (
        with_more('<bpmn:intermediateThrowEvent id="t"><bpmn:linkEventDefinition/></bpmn:intermediateThrowEvent>'),
        "missing-target",
    ),
    "a gateway for events before a task": (
        with_more('<bpmn:eventBasedGateway id="g"/><bpmn:sequenceFlow id="z" sourceRef="g" targetRef="a"/>'),
        "not-an-event",
    ),
    "a gateway for events before nothing": (with_more('<bpmn:eventBasedGateway id="g"/>'), "not-an-event"),
    "an event sub-process that nothing starts": (
        with_more('<bpmn:subProcess id="s" triggeredByEvent="true"><bpmn:startEvent id="i"/></bpmn:subProcess>'),
        "not-executable",
    ),
    "a flow into an event sub-process": (
        with_more(
            '<bpmn:subProcess id="s" triggeredByEvent="true"><bpmn:startEvent id="i"><bpmn:signalEventDefinition/>'
            '</bpmn:startEvent></bpmn:subProcess><bpmn:sequenceFlow id="z" sourceRef="a" targetRef="s"/>'
        ),
        "flow-into-start",
    ),
    "a day that there is not": (
        BASE.replace("P5WD</bpmn:timeDuration>", "2026-02-30</bpmn:timeDuration>"),
        "bad-timer",
    ),
    "a duration without end": (
        BASE.replace("P5WD</bpmn:timeDuration>", f"P{'9' * 5000}D</bpmn:timeDuration>"),
        "bad-timer",
    ),
    "interrupting again and again": (
        BASE.replace("P5WD</bpmn:timeDuration>", "R3/PT1H</bpmn:timeDuration>"),
        "bad-repeat",
    ),
    "repeating without a pause": (BASE.replace("P5WD</bpmn:timeDuration>", "R/PT0S</bpmn:timeDuration>"), "bad-timer"),
    "repeating never": (BASE.replace("P5WD</bpmn:timeDuration>", "R0/PT1H</bpmn:timeDuration>"), "bad-timer"),
    "a time table": (BASE.replace("P5WD</bpmn:timeDuration>", "0 0 9 * * MON</bpmn:timeDuration>"), "bad-timer"),
    "repeating no number of times": (with_in_task("<bpmn:multiInstanceLoopCharacteristics/>"), "not-executable"),
}


@pytest.mark.parametrize("written", TOLD)
def test_what_is_wrong_is_told_by_element_and_line_and_nothing_raises(written: str) -> None:
    source, code = TOLD[written]
    model = Model.load(source.encode())
    found = [finding for finding in check(model) if finding.code == code]
    assert found
    assert all(0 < finding.line <= source.count("\n") + 1 for finding in found)
    assert draw(model, "en").startswith("<svg")
    assert layout(source.encode())
    assert longest_path(model).days >= shortest_path(model).days >= 0
    for each in [model, *Pools.load(source.encode()).models.values()]:
        Walk(each, 1).go(50)


REFUSED = {
    "an id with a blank": (BASE.replace('"a"', '"a b"'), "no name"),
    "an id with a sign that states are written with": (BASE.replace('"a"', '"a#2"'), "no name"),
    "two tasks of the same id": (with_more('<bpmn:userTask id="a"/>'), "no id of its own"),
    "another encoding than it says": (BASE.replace('name="a"', 'name="é"').encode("latin-1"), "not well-formed"),
    "an encoding that there is not": (BASE.replace("UTF-8", "klingon"), "not well-formed"),
    "a prefix that is not declared": (BASE.replace(TASK, TASK.replace(">", ' foo:x="1">')), "not well-formed"),
    "a thousand levels": (
        with_in_task("<bpmn:documentation>" + "<a>" * 1000 + "</a>" * 1000 + "</bpmn:documentation>"),
        "not well-formed",
    ),
    "BPMN 1": (BASE.replace("20100524", "20090101"), "is not BPMN 2.0"),
    "a collaboration only": (
        BASE[: BASE.index("<bpmn:process")] + '<bpmn:collaboration id="c"/></bpmn:definitions>',
        "only: collaboration",
    ),
    "a choreography only": (
        BASE[: BASE.index("<bpmn:process")] + '<bpmn:choreography id="c"/></bpmn:definitions>',
        "only: choreography",
    ),
    "bytes": (bytes(range(256)), "not well-formed"),
}


@pytest.mark.parametrize("written", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line(written: str) -> None:
    source, told = REFUSED[written]
    with pytest.raises(ProcessFault) as fault:
        Model.load(source if isinstance(source, bytes) else source.encode())
    assert told in fault.value.told()["en"]
    assert fault.value.line > 0


def test_a_process_without_anything_has_no_start() -> None:
    model = Model.load(
        b"<d:definitions xmlns:d='http://www.omg.org/spec/BPMN/20100524/MODEL'><d:process id='p'/></d:definitions>"
    )
    assert [finding.code for finding in check(model)] == ["no-start"]
    with pytest.raises(ProcessFault, match="no start"):
        start(model, {}, NOW)


def test_lines_beyond_the_sixty_five_thousandth_are_told_as_they_are() -> None:
    source = BASE.replace("<bpmn:sequenceFlow", "\n" * 70_000 + "<bpmn:sequenceFlow", 1).replace(
        'targetRef="a"', 'targetRef="z"'
    )
    finding = next(each for each in check(Model.load(source.encode())) if each.code == "missing-target")
    assert finding.line > 70_000
