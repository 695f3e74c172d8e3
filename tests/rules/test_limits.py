"""No input and no model can make the engine run for ever, or fill the memory."""

import pytest

from tests.rules.models import decision, input_data, literal, model, table
from zhengtong.engines.rules import ExternalCode, Limits, TooMuch, feel

GROWING = "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]"


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..10**12 return i",
        "count(for i in 1..10**12 return i)",
        "some i in 1..10**12 satisfies i < 0",
        "for a in 1..1000 return for b in 1..1000 return for c in 1..1000 return 1",
        "{f: function(g, n) g(g, n + 1), r: f(f, 0)}.r",
        '{f: function(g, s, n) if n > 40 then s else g(g, s + s, n + 1), r: f(f, "ab", 0)}.r',
        GROWING,
        f"string({GROWING})",
        f"count(flatten({GROWING}))",
        f"({GROWING}) = ({GROWING})",
        "for i in 1..60 return [partial, partial]",
        "distinct values(for i in 1..20000 return i)",
        f'string join(for i in 1..1000 return "{"x" * 5000}")',
        f'replace("{"a" * 1000}", "a", "{"b" * 5000}")',
        f'matches("{"a" * 40}b", "^(a+)+\\\\1$")',
    ],
)
def test_what_asks_too_much_is_refused(text):
    with pytest.raises(TooMuch):
        feel.evaluate(text, {})


@pytest.mark.parametrize(
    "text", ["(" * 5000, "[" * 5000, "-" * 5000 + "1", "1 instance of " + "list<" * 5000, "/*" * 10]
)
def test_what_is_nested_too_deep_cannot_be_read(text):
    with pytest.raises(feel.FeelError):
        feel.evaluate(text, {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+".join(["1"] * 5000), 5000),
        (" and ".join(["true"] * 2000), True),
        (" ".join(f"if 999 = {n} then 0 else" for n in range(900)) + " 1", 1),
        ("1 in (" + ",".join(["2"] * 2000) + ")", False),
        ('matches("' + "a" * 60 + '!", "^(a+)+$")', False),
        ("10 ** 6144 * 10", None),
        ("exp(10 ** 30)", None),
    ],
)
def test_what_is_only_long_is_fine(text, value):
    assert feel.evaluate(text, {}) == value


def test_the_limits_can_be_set():
    expression = feel.Expression.parse("for i in 1..100 return i")
    with pytest.raises(TooMuch):
        expression.evaluate({}, limits=Limits(steps=50))


def test_input_that_contains_itself_is_refused():
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(TooMuch):
        feel.evaluate("x", {"x": loop})


def test_logic_in_boxes_nested_too_deep_is_refused():
    boxes = "<list>" * 110 + literal("1") + "</list>" * 110
    functions = '<functionDefinition kind="FEEL">' * 110 + literal("1") + "</functionDefinition>" * 110
    for logic in (boxes, functions):
        try:
            model(decision("deep", logic)).decide("deep", {})
        except TooMuch:
            continue


def test_code_of_other_languages_is_never_run():
    java = 'function(n) external {java: {class: "java.lang.Math", method signature: "cos(double)"}}'
    calls = model(decision("cosine", literal(f"({java})(1)")))
    with pytest.raises(ExternalCode):
        calls.decide("cosine", {})
    assert [each.code for each in calls.check()] == ["external-function"]


def test_no_text_of_an_author_gets_into_the_program():
    text = "{\"__import__('os')\": \"\\n'; import os; x = '\"}"
    assert feel.evaluate(text, {}) == {"__import__('os')": "\n'; import os; x = '"}


def test_a_table_of_a_thousand_rules_is_checked_and_decided():
    rules = [(f"[{number * 10}..{number * 10 + 10})", str(number)) for number in range(1_000)]
    asked = model(input_data("x"), decision("d", table(["x"], [("< 0", "-1"), *rules, (">= 10000", "0")]), "i-x"))
    assert asked.check() == []
    assert asked.decide("d", {"x": 5_555}).value == 555
