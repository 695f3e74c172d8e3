"""A model is asked, and says what was decided and why."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.rules.models import decision, input_data, literal, model, table
from zhengtong.engines.rules import Model, NoSuchDecision, RulesFault, Trace

ALLOWANCE = (
    input_data("age"),
    input_data("resident", "boolean"),
    decision(
        "allowance",
        table(
            ["age", "resident"],
            [("< 80", "-", "0"), ("[80..90)", "true", "100"), (">= 90", "true", "200")],
            notes={
                2: '<zt:text lang="zh-Hans">年满八十周岁</zt:text><zt:text lang="en">Aged 80 or over</zt:text>'
                '<zt:legalBasis ref="elderly-law/12"/>'
            },
        ),
        "i-age",
        "i-resident",
        kind="number",
        note='<zt:text lang="zh-Hans">高龄津贴</zt:text><zt:text lang="en">Old-age allowance</zt:text>',
    ),
    decision("yearly", literal("allowance * 12"), "d-allowance"),
)


def test_it_decides_by_the_rule_that_applies():
    outcome = model(*ALLOWANCE).decide("yearly", {"age": 82, "resident": True})
    assert outcome.value == Decimal(1200)


def test_it_takes_and_gives_values_of_python():
    days = model(input_data("day", "date"), decision("next", literal('day + duration("P1D")'), "i-day", kind="date"))
    assert days.decide("next", {"day": date(2024, 2, 28)}).value == date(2024, 2, 29)


def test_an_input_of_the_wrong_type_is_null():
    assert model(*ALLOWANCE).decide("allowance", {"age": "82", "resident": True}).value is None


def test_it_refuses_a_decision_that_is_not_there():
    with pytest.raises(NoSuchDecision) as refused:
        model(*ALLOWANCE).decide("pension", {})
    assert "allowance" in refused.value.advice()["en"]


def test_it_says_which_inputs_a_decision_needs():
    assert model(*ALLOWANCE).inputs_of("yearly") == {"age", "resident"}


def test_the_trace_tells_which_rule_fired_on_what_law_seeing_what():
    trace = model(*ALLOWANCE).decide("yearly", {"age": 82, "resident": True}).trace
    assert trace.sentences("en") == [
        "Old-age allowance: 100. Rule 2 applies: Aged 80 or over (elderly-law/12). It saw: age is 82, which is 80 or"
        " over, under 90; resident is yes. It would be 200 if age were 90 or over.",
        "yearly: 1200.",
    ]
    assert "适用第 2 条规则：年满八十周岁（依据：elderly-law/12）。" in trace.sentences("zh-Hans")[0]


def test_the_trace_tells_what_failed_of_the_nearest_rule():
    trace = model(*ALLOWANCE).decide("allowance", {"age": 82, "resident": False}).trace
    nearest = trace.steps[0].tables[0].nearest
    assert nearest is not None
    assert (nearest.number, nearest.failed[0].test, nearest.failed[0].value) == (2, "true", "false")
    assert "asks for: resident to be yes, and it is no" in trace.sentences("en")[0]


def test_a_trace_can_be_kept_as_json():
    trace = model(*ALLOWANCE).decide("yearly", {"age": 95, "resident": True}, on=date(2026, 3, 9)).trace
    assert Trace.from_json(json.loads(json.dumps(trace.to_json()))) == trace


def test_a_rule_out_of_force_does_not_fire():
    old, new = (
        '<zt:legalBasis ref="law/1" validTo="2025-12-31"/>',
        '<zt:legalBasis ref="law/2" validFrom="2026-01-01"/>',
    )
    dated = model(
        input_data("age"),
        decision("allowance", table(["age"], [(">= 80", "100"), (">= 80", "150")], notes={1: old, 2: new}), "i-age"),
    )
    assert dated.decide("allowance", {"age": 82}, on=date(2025, 12, 31)).value == 100
    assert dated.decide("allowance", {"age": 82}, on=date(2026, 1, 1)).value == 150
    trace = dated.decide("allowance", {"age": 82}, on=date(2026, 1, 1)).trace
    assert [each.basis for each in trace.steps[0].tables[0].fired] == [["law/2"]]


def test_the_day_is_what_today_gives():
    asks = model(decision("day", literal("today()")))
    assert asks.decide("day", {}, on=date(2020, 2, 29)).value == date(2020, 2, 29)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<definitions",
        b"<html/>",
        b'<!DOCTYPE d [<!ENTITY a "b">]><definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">&a;</definitions>',
    ],
)
def test_it_refuses_what_is_no_model(data):
    with pytest.raises(RulesFault):
        Model.load(data)


def test_a_fault_in_the_logic_names_the_line():
    broken = model(decision("broken", literal("1 +")))
    with pytest.raises(RulesFault) as refused:
        broken.decide("broken", {})
    assert refused.value.line == 1


def test_a_table_can_be_read_as_it_is_on_a_day():
    [view] = model(*ALLOWANCE).tables("allowance", on=date(2026, 3, 9))
    assert (view.policy, [each["en"] for each in view.inputs]) == ("U", ["age", "resident"])
    assert view.rules[1].tests == ("[80..90)", "true")
    assert (view.rules[1].results, view.rules[1].basis) == (("100",), ("elderly-law/12",))
    assert view.rules[1].text["zh-Hans"] == "年满八十周岁"


def test_an_input_may_be_called_like_a_function():
    asked = model(
        input_data("number"), input_data("date"), decision("d", literal("number + date"), "i-number", "i-date")
    )
    assert asked.decide("d", {"number": 1, "date": 2}).value == 3


def test_the_reason_says_which_side_of_a_limit_a_value_is_on_and_what_would_have_changed_it():
    rules = [(">= 80", "true", '"granted"'), ("< 80", "-", '"refused"'), (">= 80", "false", '"refused"')]
    asked = model(
        input_data("age"),
        input_data("resident", "boolean"),
        decision("d", table(["age", "resident"], rules, kinds=["number", "boolean"]), "i-age", "i-resident"),
    )
    trace = asked.decide("d", {"age": 82, "resident": False}).trace
    (told,) = trace.sentences("en")
    assert "age is 82, which is 80 or over" in told
    assert "It would be granted if resident were yes." in told
    assert Trace.from_json(json.loads(json.dumps(trace.to_json()))) == trace
    assert "如果resident为是，则为granted。" in trace.sentences("zh-Hans")[0]
    assert "would be" not in trace.sentences("en", otherwise=False)[0]
