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


FEW = Limits(steps=50_000)
ITEMS = (
    "{l: for i in 1..5000 return i, t: string join(for i in l return string(i)), again: for i in 1..2000 return REST}"
)


@pytest.mark.parametrize(
    "rest",
    [
        "mean(l)",
        "count(l)",
        "l = l",
        "l != l",
        "is(l, l)",
        "-1 in l",
        "l.a",
        "l instance of list<number>",
        "(function(x: list<number>) 1)(l)",
        "contains(t, t)",
        "upper case(t)",
        'matches(t, "no")',
        't + "!"',
        "string(l)",
        "get entries(context([{key: t, value: l}]))[1].value = l",
    ],
)
def test_going_over_the_same_again_and_again_counts_each_time(rest):
    with pytest.raises(TooMuch):
        feel.Expression.parse(ITEMS.replace("REST", rest)).evaluate({}, limits=FEW)


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000 return exp(i)",
        "for i in 1..1000 return (1 + i / 1000) ** (i + 0.5)",
        "for i in 1..1000 return modulo(10 ** 6144, 7)",
        "for i in 1..1000 return string(10 ** 6144)",
        'for i in 1..10000 return matches("a", "a{1,1000}" + string(i))',
        f'replace("{"a" * 20000}", "a*b|a", "x")',
        f'for i in 1..1000 return matches("{"a" * 20000}", "[^b]*(a?){{1000}}b")',
        f"({GROWING})[-1] instance of {'list<' * 35}Any{'>' * 35}",
    ],
)
def test_hard_work_counts_for_more(text):
    with pytest.raises(TooMuch):
        feel.Expression.parse(text).evaluate({}, limits=FEW)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("odd(10 ** 6144)", False),
        ("[1][10 ** 6144]", None),
        ("date(10 ** 6144, 1, 1)", None),
        ("for i in 10 ** 6144..10 ** 6144 return i", None),
        ('substring("a", 10 ** 6144)', None),
        ("sublist([1], 1, 10 ** 6144)", None),
        ("modulo(10 ** 40, 7)", 4),
    ],
)
def test_numbers_of_thousands_of_digits_are_nothing_special(text, value):
    assert feel.evaluate(text, {}) == value


def test_an_integer_of_millions_of_digits_is_null():
    assert feel.evaluate("x", {"x": 1 << 10_000_000}) is None


def test_thousands_of_names_that_begin_alike_are_told_apart():
    names = {f"income {number}": number for number in range(5_000)}
    assert feel.evaluate(" + ".join(names), names) == sum(names.values())


@pytest.mark.parametrize(
    "text",
    ["a" + ".b" * 5000, "a" + "[1]" * 5000, "a" + "()" * 5000, "-1" + ".b" * 5000, "1" + " between 1 and 2" * 5000],
)
def test_a_chain_that_makes_the_tree_deep_cannot_be_read(text):
    with pytest.raises(feel.FeelError):
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
