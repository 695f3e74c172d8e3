"""Each kind of box, hit policy and conversion by itself, as level 3 of the TCK asks for it."""

from datetime import date

import pytest

from tests.rules.models import decision, input_data, literal, model, table

ONE_TO_THREE = [("-", "1"), ("-", "2"), ("-", "3")]
FIRST_IS_THREE = '<output name="o"><outputValues><text>3,2,1</text></outputValues></output>'


def boxed(name, more="", **parts):
    inner = "".join(f"<{part}>{literal(text)}</{part}>" for part, text in parts.items())
    return f"<{name} {more}>{inner}</{name}>"


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        (boxed("conditional", **{"if": "1 > 0", "then": "1", "else": "2"}), 1),
        (boxed("conditional", **{"if": "null", "then": "1", "else": "2"}), 2),
        (boxed("filter", **{"in": "[1, 2, 3]", "match": "item > 1"}), [2, 3]),
        (boxed("for", 'iteratorVariable="i"', **{"in": "1..3", "return": "i * 2"}), [2, 4, 6]),
        (boxed("for", 'iteratorVariable="i"', **{"in": "1..3", "return": "count(partial)"}), [0, 1, 2]),
        (boxed("every", 'iteratorVariable="i"', **{"in": "[1, 2]", "satisfies": "i > 0"}), True),
        (boxed("some", 'iteratorVariable="i"', **{"in": "[1, 2]", "satisfies": "i > 2"}), False),
        (
            f'<relation><column name="a"/><column name="b"/><row>{literal("1")}{literal("2")}</row></relation>',
            [{"a": 1, "b": 2}],
        ),
        (
            f'<context><contextEntry><variable name="a"/>{literal("1")}</contextEntry>'
            f"<contextEntry>{literal('a + 1')}</contextEntry></context>",
            2,
        ),
        (f"<list>{literal('1')}{literal('[2]')}</list>", [1, [2]]),
    ],
)
def test_a_box_means_what_its_text_would(logic, value):
    assert model(decision("d", logic)).decide("d", {}).value == value


@pytest.mark.parametrize(
    ("policy", "aggregation", "value"),
    [
        ("COLLECT", "SUM", 6),
        ("COLLECT", "MIN", 1),
        ("COLLECT", "MAX", 3),
        ("COLLECT", "COUNT", 3),
        ("COLLECT", "", [1, 2, 3]),
        ("RULE ORDER", "", [1, 2, 3]),
        ("OUTPUT ORDER", "", [3, 2, 1]),
        ("PRIORITY", "", 3),
        ("FIRST", "", 1),
        ("UNIQUE", "", None),
        ("ANY", "", None),
    ],
)
def test_each_hit_policy_settles_three_rules_that_fire(policy, aggregation, value):
    logic = table(["x"], ONE_TO_THREE, policy=policy, aggregation=aggregation, outputs=FIRST_IS_THREE)
    assert model(input_data("x"), decision("d", logic, "i-x")).decide("d", {"x": 1}).value == value


def item(name, kind, *, many=False, constraint=""):
    several = 'isCollection="true"' if many else ""
    return f'<itemDefinition name="{name}" {several}><typeRef>{kind}</typeRef>{constraint}</itemDefinition>'


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("number", [3], 3),
        ("number", "3", None),
        ("L", 3, [3]),
        ("L", [3, "a"], None),
        ("date and time", date(2026, 1, 1), "2026-01-01T00:00:00Z"),
        ("Pair", [1], None),
        ("Pair", [1, 2], [1, 2]),
        ("Large", [2, 1], None),
        ("Large", [2, 3], [2, 3]),
    ],
)
def test_what_is_given_is_made_to_conform(kind, given, value):
    kinds = (
        item("L", "number", many=True),
        item("Pair", "number", many=True, constraint="<typeConstraint><text>count(?) = 2</text></typeConstraint>"),
        item("Large", "number", many=True, constraint="<allowedValues><text>&gt; 1</text></allowedValues>"),
    )
    said = "string(x)" if kind == "date and time" else "x"
    asked = model(*kinds, input_data("x", kind), decision("d", literal(said), "i-x"))
    assert asked.decide("d", {"x": given}).value == value


SERVICE = (
    '<decisionService id="s-s" name="s"><variable name="s"/><outputDecision href="#d-d"/>'
    '<inputDecision href="#d-f"/><inputData href="#i-x"/></decisionService>'
)


@pytest.mark.parametrize("call", ["s(1, 2)", "s(x: 1, f: 2)"])
def test_a_service_decides_from_nothing_but_what_it_is_given(call):
    parts = (input_data("x"), decision("f", literal("10")), decision("d", literal("x * f"), "i-x", "d-f"), SERVICE)
    assert model(*parts, decision("e", literal(call), "s-s")).decide("e", {"x": 5}).value == 2


@pytest.mark.parametrize("said", [True, False])
def test_knowledge_may_call_itself_whether_its_requirement_says_so_or_not(said):
    need = '<knowledgeRequirement><requiredKnowledge href="#b-f"/></knowledgeRequirement>' if said else ""
    factorial = (
        '<businessKnowledgeModel id="b-f" name="fact"><variable name="fact"/><encapsulatedLogic>'
        f'<formalParameter name="n"/>{literal("if n = 0 then 1 else n * fact(n - 1)")}</encapsulatedLogic>{need}'
        "</businessKnowledgeModel>"
    )
    asked = model(factorial, decision("d", literal("fact(5)"), "b-f"))
    assert asked.decide("d", {}).value == 120
    assert [each.code for each in asked.check() if each.severity == "error"] == []
