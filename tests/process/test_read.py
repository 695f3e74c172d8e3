"""BPMN is read with its lines; what cannot be read is refused, what cannot be run is told by name."""

from pathlib import Path

import pytest

from tests.process.drawings import model, xml
from zhengtong.engines.process import Model, ProcessFault, check
from zhengtong.engines.process.expressions import to_feel

HEAD = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">'


def codes(drawn: Model) -> set[str]:
    return {finding.code for finding in check(drawn)}


@pytest.mark.parametrize(
    ("written", "line", "told"),
    [
        (b"", 1, "not well-formed"),
        (b"<a>\n<b>\n</a>", 3, "not well-formed"),
        (b"<html/>", 1, "not BPMN"),
        (f"{HEAD}</bpmn:definitions>".encode(), 1, "no process"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>\n<x>&a;</x>', 1, "entities"),
        (b"\xff\xfe\x00", 1, "not well-formed"),
        (
            f'{HEAD}\n<bpmn:process id="p">\n<bpmn:task id="a b"/></bpmn:process></bpmn:definitions>'.encode(),
            3,
            "no name",
        ),
    ],
)
def test_it_refuses_what_is_not_a_process(written: bytes, line: int, told: str) -> None:
    with pytest.raises(ProcessFault) as fault:
        Model.load(written)
    assert told in fault.value.told()["en"]
    assert fault.value.line == line


def test_it_refuses_entities_that_would_grow_or_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    for entity in ('"' + "x" * 1000 + '"', f'SYSTEM "{secret}"'):
        body = xml("start -> a -> end").decode().split("\n", 1)[1].replace('name="a"', 'name="&x;"')
        with pytest.raises(ProcessFault):
            Model.load(f"<!DOCTYPE d [<!ENTITY x {entity}>]>\n{body}".encode())


def test_it_refuses_the_same_id_twice() -> None:
    with pytest.raises(ProcessFault, match="no id of its own"):
        Model.load(xml("start -> a -> end").replace(b'id="end"', b'id="a"'))


def test_it_refuses_a_file_that_is_far_too_large() -> None:
    with pytest.raises(ProcessFault, match="larger"):
        Model.load(b" " * 20_000_001)


def test_it_reads_from_a_path_and_keeps_the_text(tmp_path: Path) -> None:
    path = tmp_path / "p.bpmn"
    path.write_bytes(xml("start -> a -> end"))
    assert Model.load(path).xml == path.read_bytes()


def test_it_reads_what_a_charter_says_of_a_step() -> None:
    drawn = model(
        ""
        "user a post=fire/head act=decide clock=P3WD outputs=decision:granted|refused legalBasis=law/1\n"
        "start -> a -> end"
    )
    task = drawn.nodes["a"].task
    assert task
    assert (task.post, task.act, task.clock, task.legal_basis) == ("fire/head", "decide", "P3WD", "law/1")
    assert (task.fact, task.values) == ("decision", ("granted", "refused"))
    assert drawn.nodes["a"].legal_basis == ("law/1",)


def test_names_are_read_in_each_language() -> None:
    texts = (
        "<bpmn:extensionElements xmlns:zt='https://zhengtong.example/ns/charter'><zt:text lang='zh-Hans'>审查</zt:text>"
        "<zt:text lang='en'>Examine</zt:text></bpmn:extensionElements>"
    )
    text = f'{HEAD}<bpmn:process id="p" isExecutable="true"><bpmn:userTask id="a" name="x">{texts}</bpmn:userTask>'
    drawn = Model.load(f"{text}</bpmn:process></bpmn:definitions>".encode())
    assert drawn.nodes["a"].name == {"zh-Hans": "审查", "en": "Examine"}


def test_comments_are_no_part_of_a_condition() -> None:
    written = xml("start -> xor1\nxor1 -> a : x = 1\nxor1 => end\na -> end").replace(b"x = 1<", b"x = 1<!-- why --><")
    assert next(flow.condition for flow in Model.load(written).flows.values() if flow.condition) == "x = 1"


def test_an_unknown_extension_is_told() -> None:
    written = xml("user a\nstart -> a -> end").replace(b"zt:task ", b'zt:task colour="red" ')
    assert [f.message["en"] for f in check(Model.load(written))] == ["zt:task has no attribute 'colour'"]
    written = xml("user a\nstart -> a -> end").replace(b"zt:task ", b"zt:tusk ")
    assert "unknown-extension" in codes(Model.load(written))


def test_a_flow_to_nowhere_is_told_with_its_line() -> None:
    written = xml("start -> a -> end").replace(b'targetRef="end"', b'targetRef="nowhere"')
    finding = next(f for f in check(Model.load(written)) if f.code == "missing-target")
    assert finding.element == "f1"
    assert finding.line == written[: written.index(b"nowhere")].count(b"\n") + 1


@pytest.mark.parametrize(
    "drawn",
    [
        "complex c\nstart -> and1\nand1 -> a -> c\nand1 -> b -> c\nc -> end",
        "throw t compensate=nothing\nstart -> t -> end",
        "boundary b on=a compensate=any\nstart -> a -> end",
        "catch c compensate=any\nstart -> c -> end",
        "sub s\nstart s1 in=s\nend e1 in=s ends=cancel\ns1 -> e1\nstart -> s -> end",
        "catch c error=x\nstart -> c -> end",
        "catch c\nstart -> c -> end",
        "receive r\nstart -> r -> end",
        "end end ends=cancel\nstart -> end",
    ],
)
def test_what_cannot_be_run_is_told_by_name_and_line(drawn: str) -> None:
    finding = next(f for f in check(model(drawn)) if f.code == "not-executable")
    assert finding.line > 0
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("written", "feel"),
    [
        ("x = 1", "x = 1"),
        ("= x", "x"),
        ('${valid == true && DIRECTION == "BACKWARD"}', 'valid = true  and  DIRECTION = "BACKWARD"'),
        ("${!approved}", "not(approved)"),
        ("${clarified == 'yes'}", 'clarified = "yes"'),
        ('${ execution.getVariable("CloseCase") == true }', "CloseCase = true"),
        ('${"Yes".equals(x)}', '("Yes" = x)'),
        ('${!"Yes".equals(x) && !done}', 'not("Yes" = x)  and  not(done)'),
        ('${execution.getVariable("x").equals("Yes")}', '(x = "Yes")'),
        (
            '${execution.hasVariable("x") == false || (execution.hasVariable("y"))}',
            "(x != null) = false  or  ((y != null))",
        ),
        ("${nrOfCompletedInstances/nrOfInstances >= 0.6}", "numberOfCompletedInstances/numberOfInstances >= 0.6"),
        ("${bean.method()}", None),
        ("${a ? b : c}", None),
    ],
)
def test_other_engines_conditions_become_feel_where_that_is_harmless(written: str, feel: str | None) -> None:
    assert to_feel(written) == feel


def test_a_condition_in_another_language_is_refused() -> None:
    assert to_feel("getVariable('x') = 1", "http://www.w3.org/1999/XPath") is None
    written = xml("start -> xor1\nxor1 -> a : ${f(x)}\nxor1 => end\na -> end")
    assert "foreign-expression" in codes(Model.load(written))
    assert "foreign-expression" in codes(model("user a each=${f(x)}\nstart -> a -> end"))
    javascript = xml("script s script=x outputs=y\nstart -> s -> end").replace(
        b"<bpmn:scriptTask", b"<bpmn:scriptTask scriptFormat='javascript'"
    )
    assert "foreign-expression" in codes(Model.load(javascript))


@pytest.mark.parametrize("setting", ["startQuantity='2'", "completionQuantity='2'", "instantiate='true'"])
def test_a_rare_attribute_that_cannot_be_honoured_is_told(setting: str) -> None:
    written = xml("start -> a -> end").replace(b"<bpmn:userTask", f"<bpmn:userTask {setting}".encode())
    assert "not-executable" in codes(Model.load(written))


def test_the_settings_of_other_engines_are_named() -> None:
    theirs = (
        b'<bpmn:userTask xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:assignee="x" camunda:formKey="y"'
    )
    findings = check(Model.load(xml("start -> a -> end").replace(b"<bpmn:userTask", theirs)))
    told = next(finding for finding in findings if finding.code == "foreign-setting")
    assert (told.element, told.severity) == ("a", "warning")
    assert "camunda:assignee, camunda:formKey" in told.message["en"]


def test_the_standards_own_name_of_a_called_process_is_the_procedure() -> None:
    written = xml("task c\nstart -> c -> end").replace(b"<bpmn:task ", b'<bpmn:callActivity calledElement="permit" ')
    call = Model.load(written.replace(b"</bpmn:task>", b"</bpmn:callActivity>")).nodes["c"].call
    assert call
    assert call.procedure == "permit"
