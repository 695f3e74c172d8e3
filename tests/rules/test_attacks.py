"""What an author or an applicant might do to hold up the engine: each is bounded, and told plainly."""

import pytest

from tests.rules.models import HEAD, decision, input_data, literal, model, table
from zhengtong.engines.rules import Limits, Model, RulesFault, TooMuch, feel
from zhengtong.engines.rules.limits import Run

FEW = Limits(steps=50_000)
PARIS = '@"2026-01-01T00:00:00@Europe/Paris"'


@pytest.mark.parametrize(
    "text",
    [
        f'for i in 1..3000 return {PARIS} + @"PT1S" * i',
        f"for i in 1..3000 return {PARIS} - {PARIS}",
        f'for i in 1..3000 return {PARIS} < @"2026-01-01T00:00:00@Asia/Shanghai"',
        f'for i in 1..3000 return {PARIS} = @"2026-01-01T00:00:00@Asia/Shanghai"',
        f"for i in 1..3000 return {PARIS} between {PARIS} and {PARIS}",
        f"for i in 1..3000 return max([{PARIS}, {PARIS}])",
        f"for i in 1..3000 return before({PARIS}, {PARIS})",
        'for i in 1..5000 return date("20" + string(i))',
        'for i in 1..5000 return date and time(2026, 1, 1, 0, 0, 0, "Nowhere/" + string(i))',
        'for i in 1..5000 return number("1" + string(i))',
        'for i in 1..1000 return range("[1.." + string(i) + "]")',
        'for i in 1..1000 return matches("a", string(i))',
        'for i in 1..1000 return split("a", string(i))',
        r'for i in 1..100 return matches("a", "\\p{L}" + string(i))',
        'for i in 1..20000 return abs(i)',
        f"for i in 1..1000 return {'+'.join(['i'] * 400)}",
        f"for i in 1..1000 return [{', '.join(['i'] * 400)}]",
        f"every i in 1..1000 satisfies {' and '.join(['i > 0'] * 200)}",
        f"for i in 1..1000, j in [{', '.join(['i'] * 400)}][item > 9999] return j",
        f"(for i in 1..1000 return i)[{'+'.join(['item'] * 400)} > 0]",
        f"{{f: function(i) {'+'.join(['i'] * 400)}, r: for i in 1..1000 return f(i)}}.r",
        "for i in 1..10000 return list replace(if i = 1 then [1] else partial[-1], 1, partial)",
        "for i in 1..10000 return insert before(if i = 1 then [1] else partial[-1], 1, i)",
        "{f: function(g, s, n) if n = 0 then s else g(g, concatenate(s, s), n - 1), r: f(f, [1], 40)}.r",
        "sort(for i in 1..1000 return i, function(x, y) count(for j in 1..1000 return 1) > 0)",
        "{y: function(f, n) if n = 0 then 1 else f(f, n - 1) + f(f, n - 1), r: y(y, 100)}.r",
        'for i in 1..2000 return "' + "x" * 80 + '" + "y" + ' + '+'.join(['"z"'] * 30),
    ],
)  # fmt: skip
def test_what_is_done_again_and_again_counts_by_what_it_takes(text):
    with pytest.raises(TooMuch):
        feel.Expression.parse(text).evaluate({}, limits=FEW)


def test_a_pattern_counts_once_however_often_it_is_used():
    run = Run.begin(None, None)
    assert run.is_new("a")
    assert not run.is_new("a")
    feel.Expression.parse('for i in 1..5000 return matches(string(i), "[0-9]+")').evaluate({}, limits=FEW)


@pytest.mark.parametrize(
    "text",
    [
        "{y: function(f) (function(x) f(x(x)))(function(x) f(x(x))), r: y(function(s) s)}.r",
        "{y: function(f) f(f), r: y(y)}.r",
        '{f: function(g, s, n) if n = 0 then s else g(g, upper case(s + s), n - 1), r: f(f, "\u0390", 25)}.r',
        '{f: function(g, s, n) if n = 0 then s else g(g, string([s]), n - 1), r: f(f, "\\"", 60)}.r',
        'replace("' + "a" * 50_000 + '", "(a)", "' + "$1" * 20_000 + '")',
        "string((for i in 1..900 return if i = 1 then [1] else [partial[-1]])[-1])",
        "for " + ", ".join(f"i{n} in 1..10" for n in range(18)) + " return 1",
        "every i in (1..10**33) satisfies i > 0",
    ],
)
def test_what_grows_without_end_is_refused(text):
    with pytest.raises(TooMuch):
        feel.evaluate(text, {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10**10**8", 10**80),
        ("10**(10**8)", None),
        ("decimal(1, 10**10)", None),
        ('@"P999999999D" * 1e6000', None),
        ('@"P999999999D" / 1e-6000', None),
        ('@"P999999999Y" * 1e6000', None),
        ('duration("P999999999999999999D") + duration("P999999999999999999D")', None),
        ('@"999999999-12-31" + @"P1D"', None),
        ('@"999999999-12-31" + @"P999999999Y"', None),
        (f'{PARIS} + @"P999999999999D"', None),
        ('@"-999999999-01-01T00:00:00@Europe/Paris" - @"P1D"', None),
        ('time(1, 1, 1, @"P999999999D")', None),
        ("date and time(2026, 1, 1, 1, 1, 1, 1e6000)", None),
        ('matches("a", "' + "(" * 49 + "a" + "){1000}" * 49 + '")', None),
        ('matches("a", "(a)\\\\1' + "(" * 40 + "){1000}" * 40 + '")', None),
    ],
)
def test_what_is_out_of_all_bounds_is_null(text, value):
    assert feel.evaluate(text, {}) == value


@pytest.mark.parametrize(
    "text",
    [
        "for " + ", ".join(f"i{n} in [1]" for n in range(5_000)) + " return 1",
        "some " + ", ".join(f"i{n} in [1]" for n in range(5_000)) + " satisfies true",
        "1e999999",
        "1" * 100_001,
        '"' + "\\" * 50_000,
    ],
)
def test_what_cannot_be_read_is_told(text):
    with pytest.raises(feel.FeelError):
        feel.evaluate(text, {})


def test_a_long_context_is_read_in_the_time_of_its_length():
    names = [f"a{number}" for number in range(6_000)]
    text = "{" + ", ".join(f"{name}: {number}" for number, name in enumerate(names)) + ", b: a0 + a5999}"
    assert feel.evaluate(text, {})["b"] == 5_999


def test_entries_of_a_context_see_those_before_them_only():
    assert feel.Expression.parse("{a: b, b: a, c: {a: a, d: a}, e: for b in [c], c in b return b + c}").names == {"b"}


# applicants: what is given


def nested(depth, wrap):
    value = 1
    for _ in range(depth):
        value = wrap(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        nested(100_000, lambda inner: [inner]),
        nested(100_000, lambda inner: {"a": inner}),
        nested(60, lambda inner: [inner, inner]),
        nested(60, lambda inner: {"a": inner, "b": inner}),
        [0] * 50_001,
        {"a": [0] * 30_000, "b": [0] * 30_000},
    ],
    ids=["deep list", "deep context", "shared lists", "shared contexts", "long list", "long lists"],
)
def test_an_input_that_is_too_large_is_refused(value):
    with pytest.raises(TooMuch):
        feel.Expression.parse("count(x)").evaluate({"x": value}, limits=FEW)
    asked = model(input_data("x", "Any"), decision("d", literal("count(x)"), "i-x"))
    with pytest.raises(TooMuch):
        asked.decide("d", {"x": value}, limits=FEW)


def test_a_list_of_some_hundred_thousand_is_summed():
    assert feel.evaluate("sum(x)", {"x": [1] * 300_000}) == 300_000


@pytest.mark.parametrize(
    "tests", ["count(for i in 1..1000 return i) = ?", ", ".join(f"{-number}" for number in range(3_000))]
)
def test_the_values_allowed_are_looked_at_within_the_steps_of_the_decision(tests):
    kinds = (
        f'<itemDefinition name="N"><typeRef>number</typeRef><allowedValues><text>{tests}</text></allowedValues>'
        '</itemDefinition><itemDefinition name="L" isCollection="true"><typeRef>N</typeRef></itemDefinition>'
    )
    asked = model(kinds, input_data("x", "L"), decision("d", literal("count(x)"), "i-x"))
    if "count" in tests:
        with pytest.raises(TooMuch):
            asked.decide("d", {"x": [1000] * 1000}, limits=FEW)
    else:
        assert asked.decide("d", {"x": [1000] * 1000}).value is None


# authors: what a model may be

NUMBERS = ",".join(map(str, range(3_000)))


def decided(parts, **inputs):
    return model(*parts).decide("d", inputs).value


def knowledge(name, body, *needs):
    required = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#b-{each}"/></knowledgeRequirement>' for each in needs
    )
    return (
        f'<businessKnowledgeModel id="b-{name}" name="{name}"><variable name="{name}"/><encapsulatedLogic>'
        f'<formalParameter name="x"/>{body}</encapsulatedLogic>{required}</businessKnowledgeModel>'
    )


@pytest.mark.parametrize(
    "parts",
    [
        [knowledge("f", literal("f(x + 1)"), "f"), decision("d", literal("f(1)"), "b-f")],
        [
            knowledge("f", literal("g(x + 1)"), "g"),
            knowledge("g", literal("f(x)"), "f"),
            decision("d", literal("f(1)"), "b-f"),
        ],
        [knowledge("f", literal("f(x) + f(x)"), "f"), decision("d", literal("f(1)"), "b-f")],
        [
            '<decisionService id="s-s" name="s"><variable name="s"/><outputDecision href="#d-d"/></decisionService>',
            decision("d", literal("s()"), "s-s"),
        ],
        [decision("d", literal("for i in 1..10**12 return i"))],
        [
            knowledge("f", table(["x"], [(f"? > {n} and x < 7", f"{n}") for n in range(1_000)], policy="COLLECT")),
            decision("d", literal("for i in 1..100000 return f(i)"), "b-f"),
        ],
        [
            knowledge("f", table(["x"], [(f"> {n}", f"{n}") for n in range(150)], policy="COLLECT")),
            decision("d", literal("for i in 1..100000 return f(i)"), "b-f"),
        ],
        [
            decision(
                "d",
                table(
                    ["1"],
                    [("-", f"{n}") for n in range(3_000)],
                    policy="OUTPUT ORDER",
                    outputs=f"<output><outputValues><text>{NUMBERS}</text></outputValues></output>",
                ),
            )
        ],
    ],
)  # fmt: skip
def test_a_model_that_asks_too_much_is_refused(parts):
    with pytest.raises(TooMuch):
        decided(parts)


def test_thousands_of_rules_that_fire_are_each_found_at_once():
    rules = [("-", f"x + {number}") for number in range(5_000)]
    asked = model(input_data("x"), decision("d", table(["x"], rules, policy="COLLECT", aggregation="COUNT"), "i-x"))
    assert asked.decide("d", {"x": 1}).value == 5_000


def test_a_table_of_a_hundred_thousand_rules_is_refused_before_it_is_read():
    rules = [(f"{number}", "1") for number in range(60_000)]
    with pytest.raises(RulesFault, match="expressions"):
        model(input_data("x"), decision("d", table(["x"], rules), "i-x")).decide("d", {"x": 5})
    with pytest.raises(RulesFault, match="10 MB"):
        Model.load((HEAD + " " * 10_000_000 + "</definitions>").encode())


def ladder(height):
    """Types each of which holds the next twice: small to write, and endless to write out."""
    steps = "".join(
        f'<itemDefinition name="T{n}"><itemComponent name="a"><typeRef>T{n + 1}</typeRef></itemComponent>'
        f'<itemComponent name="b"><typeRef>T{n + 1}</typeRef></itemComponent></itemDefinition>'
        for n in range(height)
    )
    return f'{steps}<itemDefinition name="T{height}"><typeRef>number</typeRef></itemDefinition>'


def test_types_within_types_are_not_written_out():
    parts = [
        ladder(60),
        input_data("x", "T0"),
        decision("d", literal("x instance of T0"), "i-x"),
        decision("e", literal("(function(y: T0) y) instance of function<T0>->T0"), kind="boolean"),
    ]
    asked = model(*parts)
    assert asked.decide("d", {"x": {"a": 1}}).value is False
    assert asked.decide("e", {}).value is True
    assert [each.severity for each in asked.check() if each.severity == "error"] == []


def test_types_that_contain_themselves_are_not_looked_into_for_ever():
    itself = '<itemDefinition name="T"><itemComponent name="a"><typeRef>T</typeRef></itemComponent></itemDefinition>'
    parts = [itself, input_data("x", "T"), decision("d", literal("x.a"), "i-x")]
    assert decided(parts, x={"a": {"a": None}}) == {"a": None}
    model(*parts).check()


def test_decisions_that_all_rest_on_each_other_are_checked_within_bounds():
    pairs = [
        decision(f"{side}{n}", literal(f"a{n - 1} + b{n - 1}"), f"d-a{n - 1}", f"d-b{n - 1}")
        for n in range(1, 90)
        for side in "ab"
    ]
    asked = model(decision("a0", literal("1")), decision("b0", literal("1")), *pairs)
    assert asked.decide("a89", {}).value == 2**89
    assert "too long" in next(each for each in asked.check() if each.code == "not-by-columns").message["en"]


def test_a_chain_of_thousands_of_decisions_is_refused_and_checked_within_bounds():
    rest = [decision(f"d{n}", literal(f"d{n - 1} + 1"), f"d-d{n - 1}") for n in range(1, 2_000)]
    asked = model(decision("d0", literal("1")), *rest)
    with pytest.raises(TooMuch):
        asked.decide("d1999", {})
    assert [each for each in asked.check() if each.severity == "error"] == []


def test_models_that_import_each_other_or_themselves_are_read_once():
    def importing(name, *others):
        imports = "".join(
            f'<import name="{each}" namespace="https://test.example/{each}" '
            'importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
            for each in others
        )
        head = HEAD.replace("https://test.example/m", f"https://test.example/{name}")
        return (head + imports + decision("d", literal("1")) + "</definitions>").encode()

    shelf = {f"https://test.example/{name}": importing(name, "a", "b", "m") for name in "ab"}
    asked = Model.load(importing("m", "a", "b", "m"), imports=shelf)
    assert asked.decide("d", {}).value == 1
    assert asked.check() == []


@pytest.mark.parametrize(
    "xml",
    [
        HEAD + "<a>" * 5_000 + "</a>" * 5_000 + "</definitions>",
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD + "&b;</definitions>",
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + HEAD + "&a;</definitions>",
        HEAD + decision("d", "<decisionTable>" + "<rule/>" * 100_000 + "</decisionTable>") + "</definitions>",
        "",
        "\0\1\2",
    ],
)
def test_a_file_that_is_no_model_is_refused(xml):
    with pytest.raises(RulesFault):
        Model.load(xml.encode())
