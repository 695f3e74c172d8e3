"""A model is checked before it is put in force: what is wrong is told with an example."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.models import decision, input_data, literal, model, table
from zhengtong.engines.rules import Model


def findings(*parts, on=None):
    return [(each.code, dict(each.example)) for each in model(*parts).check(on=on)]


def tabled(rules, *, inputs=("x",), kinds=("number",), **more):
    needs = [f"i-{name}" for name in inputs]
    declared = [input_data(name, kind) for name, kind in zip(inputs, kinds, strict=True)]
    return *declared, decision("d", table(inputs, rules, **more), *needs)


def test_a_table_that_covers_all_has_no_findings():
    assert findings(*tabled([("< 10", "1"), ("[10..20)", "2"), (">= 20", "3")])) == []


@pytest.mark.parametrize(
    ("rules", "kind", "example"),
    [
        ([("< 10", "1"), ("> 10", "2")], "number", 10),
        ([("[0..10]", "1"), ("> 10", "2")], "number", -1),
        ([("true", "1")], "boolean", False),
        ([('date("2026-01-01")', "1"), ('> date("2026-01-01")', "2")], "date", date(2025, 12, 31)),
        ([('"a"', "1"), ('"b"', "2")], "string", "…"),
    ],
)
def test_a_gap_is_shown_by_a_case_that_no_rule_covers(rules, kind, example):
    assert findings(*tabled(rules, kinds=[kind])) == [("gap", {"x": example})]


def test_days_have_no_day_between_them():
    rules = [('<= date("2025-12-31")', "1"), ('>= date("2026-01-01")', "2")]
    assert findings(*tabled(rules, kinds=["date"])) == []


def test_a_gap_is_found_across_columns():
    rules = [("< 10", "true", "1"), (">= 10", "-", "2")]
    assert findings(*tabled(rules, inputs=("x", "y"), kinds=("number", "boolean"))) == [("gap", {"x": 9, "y": False})]


def test_allowed_values_bound_what_can_be_a_gap():
    assert findings(*tabled([('"a"', "1"), ('"b"', "2")], kinds=["string"], allowed={0: '"a","b"'})) == []


def test_an_overlap_is_shown_where_the_hit_policy_forbids_it():
    rules = [("<= 10", "1"), (">= 10", "2")]
    assert findings(*tabled(rules)) == [("overlap", {"x": 10})]
    assert findings(*tabled(rules, policy="ANY")) == [("overlap", {"x": 10})]
    assert findings(*tabled(rules, policy="FIRST")) == []
    assert findings(*tabled([("<= 10", "1"), (">= 10", "1")], policy="ANY")) == []


def test_a_rule_that_can_never_fire_is_told():
    assert findings(*tabled([("> 5", "1"), ("-", "2"), ("> 9", "3")], policy="FIRST")) == [("unreachable-rule", {})]
    wrong = tabled([("-", "1"), ('"c"', "2")], kinds=["string"], allowed={0: '"a","b"'}, policy="FIRST")
    assert findings(*wrong) == [("unreachable-rule", {})]


def test_rules_that_follow_each_other_in_time_do_not_overlap():
    old = '<zt:legalBasis ref="law/1" validTo="2025-12-31"/>'
    new = '<zt:legalBasis ref="law/2" validFrom="2026-01-01"/>'
    assert findings(*tabled([("-", "1"), ("-", "2")], notes={1: old, 2: new})) == []
    later = '<zt:legalBasis ref="law/2" validFrom="2025-12-31"/>'
    overlapping = tabled([("-", "1"), ("-", "2")], notes={1: old, 2: later})
    assert [code for code, _ in findings(*overlapping)] == ["overlap"]
    assert findings(*overlapping, on=date(2026, 6, 1)) == []


@pytest.mark.parametrize(
    ("rules", "outputs"),
    [
        ([('"ten"', "1"), ("-", "2")], "<output/>"),
        ([("-", '"one"')], '<output typeRef="number"/>'),
        ([("-", '"c"')], '<output><outputValues><text>"a","b"</text></outputValues></output>'),
    ],
)
def test_a_cell_of_the_wrong_type_is_told(rules, outputs):
    assert "type-fault" in [code for code, _ in findings(*tabled(rules, outputs=outputs))]


def test_a_table_that_cannot_be_analysed_is_told():
    assert [code for code, _ in findings(*tabled([("? > 5", "1")]))] == ["not-analysable"]


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST"])
def test_a_table_with_more_cells_than_can_be_compared_is_told_and_not_looked_at_for_ever(policy):
    rules = [(f"[{low}..{low + 1})", f"[{low}..{low + 1})", f"> {low}", "1") for low in range(2000)]
    wide = tabled(rules, inputs=("x", "y", "z"), kinds=("number",) * 3, policy=policy)
    assert "not-analysable" in [code for code, _ in findings(*wide)]


def test_a_table_of_some_hundred_rules_is_compared_whole():
    rules = [("< 0", "0"), *((f"[{low}..{low + 1})", "1") for low in range(500)), (">= 500", "2")]
    assert findings(*tabled(rules)) == []
    assert [code for code, _ in findings(*tabled(rules[:250] + rules[251:]))] == ["gap"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([decision("d", literal("income * 2"))], "unknown-name"),
        ([decision("d", literal("1 +"))], "unreadable"),
        ([decision("d", literal("1"), kind="tMissing")], "unknown-type"),
        ([decision("a", literal("b"), "d-b"), decision("b", literal("a"), "d-a")], "cycle"),
        ([decision("d", literal("today()"))], "reads-the-clock"),
        ([decision("d", literal("1"), "d-nowhere")], "unreadable"),
        ([decision("d", literal("1"), note='<zt:text language="en">x</zt:text>')], "unknown-extension"),
        ([decision("d", literal("1"), note='<zt:legalBasis ref="law/1" validFrom="soon"/>')], "unreadable"),
    ],
)
def test_each_fault_of_a_model_has_a_code(parts, code):
    assert code in [each for each, _ in findings(*parts)]


def test_a_finding_names_the_line_and_speaks_both_languages():
    text = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="n">\n\n'
        '<decision id="d" name="d"><variable name="d"/>\n<literalExpression><text>\n1 + </text></literalExpression>'
        "</decision></definitions>"
    )
    [found] = Model.load(text.encode()).check()
    assert (found.line, found.element) == (5, "d")
    assert found.message["zh-Hans"]
    assert found.message["en"]


def test_names_within_filters_are_members_of_what_is_filtered():
    found = findings(input_data("people", "Any"), decision("d", literal("people[age > 3]"), "i-people"))
    assert "unknown-name" not in dict(found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x + word", "+ does not go with number, string"),
        ("word * 2", "* does not go with string, number"),
        ("x < day", "< does not go with number, date"),
        ("if x = word then 1 else 2", "= does not go with number, string"),
        ("day - x", "- does not go with date, number"),
    ],
)
def test_what_is_null_whatever_the_inputs_are_is_told(text, told):
    declared = (input_data("x"), input_data("word", "string"), input_data("day", "date"))
    found = model(*declared, decision("d", literal(text), "i-x", "i-word", "i-day")).check()
    assert [(each.code, each.severity) for each in found] == [("type-fault", "warning")]
    assert told in found[0].message["en"]


def test_a_result_that_its_declared_type_forbids_is_told():
    found = model(input_data("x"), decision("d", literal("x > 1"), "i-x", kind="number")).check()
    assert [each.code for each in found] == ["type-fault"]


def test_null_goes_with_everything():
    declared = (input_data("x"), input_data("word", "string"))
    text = "if x = null or word != null then x + 1 else null"
    assert model(*declared, decision("d", literal(text), "i-x", "i-word")).check() == []


def test_what_was_found_is_told_where_the_rest_is_too_large():
    rules = [(f"[{low}..{low + 1})", "1") for low in range(1_500)]
    assert {"gap", "not-analysable"} <= dict(findings(*tabled(rules))).keys()


def test_overlaps_are_told_one_by_one_up_to_a_number_and_the_rest_is_counted():
    found = model(*tabled([("-", str(number)) for number in range(30)])).check()
    assert [each.code for each in found] == ["overlap"] * 21
    assert f"{30 * 29 // 2 - 20} more" in next(each for each in found if not each.example).message["en"]


NUMBERS = st.integers(-3, 3).map(str)
CELLS = st.one_of(
    st.just("-"),
    NUMBERS,
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), NUMBERS),
    st.builds(
        lambda left, low, width, right: f"{left}{low}..{low + width}{right}",
        st.sampled_from("[("),
        st.integers(-3, 3),
        st.integers(1, 3),
        st.sampled_from("])"),
    ),
    st.builds("not({})".format, NUMBERS),
    st.builds("{}, {}".format, NUMBERS, NUMBERS),
)
TRUTHS = st.sampled_from(["-", "true", "false"])
TEXTS = st.sampled_from(["-", '"a"', '"b"', '"a", "b"', 'not("a")'])
RULES = st.lists(st.tuples(CELLS, TRUTHS, TEXTS), min_size=1, max_size=6)


@given(RULES)
@settings(max_examples=150)
def test_every_example_holds(rules):
    """A gap hits no rule, an overlap both of the two that are told."""
    numbered = [(*cells, str(number)) for number, cells in enumerate(rules, 1)]
    form = {"inputs": ("x", "y", "z"), "kinds": ("number", "boolean", "string")}
    every = model(*tabled(numbered, policy="RULE ORDER", **form))
    for found in model(*tabled(numbered, **form)).check():
        if found.code in {"gap", "overlap"} and found.example:
            hit = [int(each) for each in every.decide("d", found.example).value or ()]
            told = [int(each) for pair in re.findall(r"rules (\d+) and (\d+)", found.message["en"]) for each in pair]
            assert (hit == []) if found.code == "gap" else (told and set(told) <= set(hit))
