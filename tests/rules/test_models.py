"""The parts of a model: knowledge, services, imports, boxes, types, versions."""

import pytest

from tests.rules.models import decision, input_data, literal, model
from zhengtong.engines.rules import Model, RulesFault

ADD = (
    '<businessKnowledgeModel id="b-add" name="add"><variable name="add"/><encapsulatedLogic>'
    '<formalParameter name="m" typeRef="number"/><formalParameter name="n" typeRef="number"/>'
    "<literalExpression><text>m + n</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)
FACTORIAL = (
    '<businessKnowledgeModel id="b-f" name="f"><variable name="f"/><encapsulatedLogic><formalParameter name="n"/>'
    "<literalExpression><text>if n = 0 then 1 else n * f(n - 1)</text></literalExpression></encapsulatedLogic>"
    '<knowledgeRequirement><requiredKnowledge href="#b-f"/></knowledgeRequirement></businessKnowledgeModel>'
)


def boxed(logic, **inputs):
    names = [input_data(name, "Any") for name in inputs]
    return model(*names, decision("d", logic, *(f"i-{name}" for name in inputs))).decide("d", inputs).value


def test_knowledge_is_called_as_a_function():
    assert model(ADD, decision("d", literal("add(1, 2)"), "b-add")).decide("d", {}).value == 3
    assert model(ADD, decision("d", literal("add(n: 2, m: 1)"), "b-add")).decide("d", {}).value == 3
    assert model(ADD).decide("add", {"m": 1, "n": 2}).value == 3


def test_knowledge_that_gets_the_wrong_types_gives_null():
    assert model(ADD, decision("d", literal('add("1", 2)'), "b-add")).decide("d", {}).value is None


def test_knowledge_may_call_itself():
    assert model(FACTORIAL, decision("d", literal("f(20)"), "b-f")).decide("d", {}).value == 2432902008176640000


def test_decisions_that_need_each_other_are_refused():
    circle = model(decision("a", literal("b"), "d-b"), decision("b", literal("a"), "d-a"))
    with pytest.raises(RulesFault):
        circle.decide("a", {})


def test_a_service_takes_decisions_as_inputs():
    service = (
        '<decisionService id="s-s" name="s"><variable name="s"/><outputDecision href="#d-sum"/>'
        '<inputDecision href="#d-part"/><inputData href="#i-x"/></decisionService>'
    )
    parts = (
        input_data("x"),
        decision("part", literal("1000")),
        decision("sum", literal("part + x"), "d-part", "i-x"),
        service,
        decision("asks", literal("s(x: 1, part: 2)"), "s-s"),
    )
    assert model(*parts).decide("sum", {"x": 1}).value == 1001
    assert model(*parts).decide("s", {"x": 1, "part": 5}).value == 6
    assert model(*parts).decide("asks", {}).value == 3


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        ("<list><literalExpression><text>1</text></literalExpression></list>", [1]),
        (
            "<context><contextEntry><variable name='a b'/><literalExpression><text>2</text></literalExpression>"
            "</contextEntry><contextEntry><literalExpression><text>a b * 2</text></literalExpression></contextEntry>"
            "</context>",
            4,
        ),
        (
            "<relation><column name='n'/><row><literalExpression><text>1</text></literalExpression></row></relation>",
            [{"n": 1}],
        ),
        (
            "<conditional><if><literalExpression><text>1 > 2</text></literalExpression></if>"
            "<then><literalExpression><text>1</text></literalExpression></then>"
            "<else><literalExpression><text>2</text></literalExpression></else></conditional>",
            2,
        ),
        (
            "<for iteratorVariable='i'><in><literalExpression><text>xs</text></literalExpression></in>"
            "<return><literalExpression><text>i + 1</text></literalExpression></return></for>",
            [2, 3, 4],
        ),
        (
            "<every iteratorVariable='i'><in><literalExpression><text>xs</text></literalExpression></in>"
            "<satisfies><literalExpression><text>i > 0</text></literalExpression></satisfies></every>",
            True,
        ),
        (
            "<some iteratorVariable='i'><in><literalExpression><text>xs</text></literalExpression></in>"
            "<satisfies><literalExpression><text>i > 5</text></literalExpression></satisfies></some>",
            False,
        ),
        (
            "<filter><in><literalExpression><text>xs</text></literalExpression></in>"
            "<match><literalExpression><text>item > 1</text></literalExpression></match></filter>",
            [2, 3],
        ),
        (
            "<invocation><literalExpression><text>sum</text></literalExpression><binding><parameter name='list'/>"
            "<literalExpression><text>xs</text></literalExpression></binding></invocation>",
            6,
        ),
    ],
)
def test_each_boxed_expression_means_what_its_text_would(logic, value):
    assert boxed(logic.replace(" > ", " &gt; "), xs=[1, 2, 3]) == value


def test_types_of_the_model_hold_what_comes_in():
    items = (
        '<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>'
        '<itemComponent name="age"><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues>'
        "</itemComponent></itemDefinition>"
        '<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
    )
    count = model(items, input_data("p", "tPeople"), decision("d", literal("count(p)"), "i-p"))
    assert count.decide("d", {"p": [{"name": "Ann", "age": 82}]}).value == 1
    assert count.decide("d", {"p": {"name": "Ann", "age": 82}}).value == 1
    assert count.decide("d", {"p": [{"name": "Ann", "age": 182}]}).value is None
    assert count.decide("d", {"p": [{"name": "Ann"}]}).value is None


def imported(namespace, *parts, imports=()):
    listed = "".join(
        f'<import name="{name}" namespace="{of}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
        for name, of in imports
    )
    return (
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="{namespace}" '
        f'namespace="{namespace}">{listed}{"".join(parts)}</definitions>'
    ).encode()


def test_a_model_imports_others_by_ways_that_keep_their_inputs_apart():
    base = imported("a", input_data("who", "string"), decision("hello", literal('"Hello " + who'), "i-who"))
    need = '<informationRequirement><requiredDecision href="{}#{}"/></informationRequirement>'
    asks = '<decision id="d-{0}" name="{0}"><variable name="{0}"/>{1}{2}</decision>'
    b = imported("b", asks.format("greet", need.format("a", "d-hello"), literal("base.hello")), imports=[("base", "a")])
    c = imported("c", asks.format("greet", need.format("a", "d-hello"), literal("base.hello")), imports=[("base", "a")])
    main = imported(
        "m",
        asks.format(
            "both", need.format("b", "d-greet") + need.format("c", "d-greet"), literal('one.greet + ", " + two.greet')
        ),
        imports=[("one", "b"), ("two", "c")],
    )
    made = Model.load(main, imports={"a": base, "b": b, "c": c})
    inputs = {"one": {"base": {"who": "Ann"}}, "two": {"base": {"who": "Bo"}}}
    assert made.decide("both", inputs).value == "Hello Ann, Hello Bo"
    assert made.decide("both", {"who": "Cy"}).value == "Hello Cy, Hello Cy"


def test_a_model_imported_without_a_name_is_as_if_it_were_here():
    base = imported("a", input_data("who", "string"), ADD)
    main = imported(
        "m",
        '<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="a#i-who"/>'
        '</informationRequirement><knowledgeRequirement><requiredKnowledge href="a#b-add"/></knowledgeRequirement>'
        + literal("who + string(add(1, 2))")
        + "</decision>",
        imports=[("", "a")],
    )
    assert Model.load(main, imports={"a": base}).decide("d", {"who": "x"}).value == "x3"


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_of_the_standard_is_read(namespace):
    text = (
        f'<definitions xmlns="{namespace}" xmlns:feel="http://www.omg.org/spec/FEEL/20140401" name="m" namespace="n">'
        '<inputData id="i" name="x"><variable name="x" typeRef="feel:number"/></inputData>'
        '<decision id="d" name="d"><variable name="d" typeRef="feel:number"/><informationRequirement>'
        '<requiredInput href="#i"/></informationRequirement><literalExpression><text>x + 1</text></literalExpression>'
        "</decision></definitions>"
    )
    assert Model.load(text.encode()).decide("d", {"x": 1}).value == 2


def looped(source, body, kind="Any"):
    return (
        f"<for iteratorVariable='i'><in typeRef='{kind}'>{literal(source)}</in><return>{literal(body)}</return></for>"
    )


def related(kind, cell):
    return f"<relation><column name='n' typeRef='{kind}'/><row>{literal(cell)}</row></relation>"


def called(kind, body):
    function = f"<functionDefinition typeRef='{kind}'>{literal(body)}</functionDefinition>"
    return f"<invocation>{function}</invocation>"


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        (looped("1..3", "count(partial)"), [0, 1, 2]),
        (looped("[1..3]", "i"), [1, 2, 3]),
        (looped("[7]", "i", "number"), [7]),
        (looped('["a"]', "i", "number"), None),
        (related("number", '"a"'), [{"n": None}]),
        (called("string", "1"), None),
        (called("number", "[1]"), 1),
        ("<context/>", {}),
        ("<list/>", []),
        ("<literalExpression><text/></literalExpression>", None),
        ("", None),
    ],
)
def test_what_the_boxes_declare_is_held(logic, value):
    assert boxed(logic) == value


def test_knowledge_without_logic_gives_null():
    empty = '<businessKnowledgeModel id="b-k" name="k"><variable name="k"/></businessKnowledgeModel>'
    assert model(empty, decision("d", literal("k(1)"), "b-k")).decide("d", {}).value is None


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("s(1, 2)", 3),
        ("s(part: 2, x: 1)", 3),
        ("s([1], 2)", 3),
        ("s(null, 2)", None),
        ('s("a", 2)', None),
        ("s(1)", None),
        ("s(x: 1)", None),
        ("s(x: 1, part: 2, more: 3)", None),
        ("for i in 1..2 return s(i, 0)", [1, 2]),
    ],
)
def test_a_service_is_called_as_a_function(call, value):
    service = (
        '<decisionService id="s-s" name="s"><variable name="s"/><outputDecision href="#d-sum"/>'
        '<inputDecision href="#d-part"/><inputData href="#i-x"/></decisionService>'
    )
    parts = (input_data("x"), decision("part", literal("1")), decision("sum", literal("part + x"), "d-part", "i-x"))
    assert model(*parts, service, decision("d", literal(call), "s-s")).decide("d", {}).value == value


ITEMS = """
<itemDefinition name="tLetter"><typeRef>string</typeRef><allowedValues><text>"a", "b"</text></allowedValues>
</itemDefinition>
<itemDefinition name="tFew" isCollection="true"><typeRef>string</typeRef><allowedValues><text>"a", "b"</text>
</allowedValues><typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tShort"><typeRef>string</typeRef><typeConstraint><text>string length(?) &lt; 3</text>
</typeConstraint></itemDefinition>
<itemDefinition name="tFunction"><functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/>
</functionItem></itemDefinition>
"""


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("tLetter", '"a"', "a"),
        ("tLetter", '["a"]', "a"),
        ("tLetter", '"c"', None),
        ("tFew", '["a", "b"]', ["a", "b"]),
        ("tFew", '"a"', ["a"]),
        ("tFew", '["a", "c"]', None),
        ("tFew", '["a", "b", "a"]', None),
        ("tFew", "[]", []),
        ("tShort", '"ab"', "ab"),
        ("tShort", '"abc"', None),
        ("number", '"1"', None),
        ("number", "[1]", 1),
        ("number", "[1, 2]", None),
        ("tFunction", "function(x: string) x", None),
    ],
)
def test_a_result_conforms_to_its_type_or_is_null(kind, text, value):
    assert model(ITEMS, decision("d", literal(text), kind=kind)).decide("d", {}).value == value


def test_a_type_of_functions_tells_its_functions():
    asks = decision("d", literal("[f(1), f instance of tFunction]"), "d-f")
    assert model(ITEMS, decision("f", literal("function(x: number) x + 1"), kind="tFunction"), asks).decide(
        "d", {}
    ).value == [2, True]
