"""Decision tables: every hit policy and aggregation, what is allowed, what comes out when nothing is hit."""

import pytest

from tests.rules.models import decision, input_data, model, table

BANDS = [("< 10", '"low"', "1"), ("[5..20]", '"mid"', "2"), ("> 15", '"high"', "3")]
OUTPUTS = (
    '<output id="o" name="band"><outputValues><text>"high","mid","low"</text></outputValues></output><output name="n"/>'
)


def decided(policy, x, *, rules=BANDS, outputs=OUTPUTS, aggregation="", **more):
    made = model(
        input_data("x"),
        decision("d", table(["x"], rules, policy=policy, outputs=outputs, aggregation=aggregation, **more), "i-x"),
    )
    return made.decide("d", {"x": x}).value


def row(band, n):
    return {"band": band, "n": n}


@pytest.mark.parametrize(
    ("policy", "x", "value"),
    [
        ("UNIQUE", 2, row("low", 1)),
        ("UNIQUE", 7, None),
        ("ANY", 2, row("low", 1)),
        ("ANY", 7, None),
        ("FIRST", 7, row("low", 1)),
        ("PRIORITY", 7, row("mid", 2)),
        ("PRIORITY", 17, row("high", 3)),
        ("RULE ORDER", 7, [row("low", 1), row("mid", 2)]),
        ("OUTPUT ORDER", 7, [row("mid", 2), row("low", 1)]),
        ("COLLECT", 17, [row("mid", 2), row("high", 3)]),
    ],
)
def test_each_hit_policy_settles_in_its_way(policy, x, value):
    assert decided(policy, x) == value


@pytest.mark.parametrize(("aggregation", "value"), [("SUM", 3), ("MIN", 1), ("MAX", 2), ("COUNT", 2)])
def test_what_is_collected_can_be_put_together(aggregation, value):
    rules = [(test, n) for test, _, n in BANDS]
    assert decided("COLLECT", 7, rules=rules, outputs='<output id="o"/>', aggregation=aggregation) == value


def test_texts_have_no_sum():
    assert decided("COLLECT", 7, rules=[("-", '"a"'), ("-", '"b"')], outputs="<output/>", aggregation="SUM") is None


def test_any_lets_rules_agree():
    assert decided("ANY", 7, rules=[("< 10", "1"), ("> 5", "1")], outputs='<output id="o"/>') == 1


def test_when_nothing_is_hit_the_default_comes_out():
    default = "<defaultOutputEntry><text>0</text></defaultOutputEntry>"
    rules = [("> 100", "1")]
    assert decided("UNIQUE", 7, rules=rules, outputs=f"<output>{default}</output>") == 0
    assert decided("UNIQUE", 7, rules=rules, outputs="<output/>") is None


def test_a_value_that_is_not_allowed_hits_nothing_and_is_told():
    made = model(input_data("x"), decision("d", table(["x"], [("-", "1")], allowed={0: "[0..5]"}), "i-x"))
    assert made.decide("d", {"x": 3}).value == 1
    outcome = made.decide("d", {"x": 7})
    assert outcome.value is None
    assert "x is 7, which is not among the values allowed ([0..5])" in outcome.trace.sentences("en")[0]


@pytest.mark.parametrize(
    ("test", "x", "hit"),
    [
        ("5", 5, True),
        ("5, 7", 7, True),
        ("not(5, 7)", 7, False),
        ("not(5, 7)", 6, True),
        ("(5..7]", 5, False),
        ("]5..7[", 6, True),
        ("< 5, > 9", 10, True),
        ("? > 5 and ? < 9", 7, True),
        ("[1, 2, 5]", 5, True),
        ("x * 1", 5, True),
        ("null", None, True),
        ("> 3", None, False),
        ("not(> 3)", None, False),
        ("true", 1, False),
        ("-", None, True),
        ("", 4, True),
    ],
)
def test_the_cells_of_a_table_are_unary_tests(test, x, hit):
    assert decided("UNIQUE", x, rules=[(test, '"yes"')], outputs="<output/>") == ("yes" if hit else None)


def test_an_output_that_does_not_conform_is_null():
    assert decided("UNIQUE", 1, rules=[("-", '"text"')], outputs='<output typeRef="number"/>') is None
