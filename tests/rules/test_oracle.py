"""The generated Python gives what a plain interpreter gives, on expressions made at random."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.plain import evaluate, flat
from zhengtong.engines.rules import Limits, TooMuch
from zhengtong.engines.rules.feel.builtins import BUILTINS
from zhengtong.engines.rules.feel.expression import basic_type
from zhengtong.engines.rules.feel.free import free_names
from zhengtong.engines.rules.feel.generate import Generator
from zhengtong.engines.rules.feel.names import Names
from zhengtong.engines.rules.feel.parser import parse_expression
from zhengtong.engines.rules.feel.values import into
from zhengtong.engines.rules.limits import Run, bounded

CONTEXT = into(
    {
        "x": 3,
        "list": [1, 2, None, "a"],
        "people": [{"name": "A", "a": 1}, {"name": "B", "a": None}, {"item": 2, "x": 1}],
        "d": {"a": {"b": 1}, "name": "x"},
    }
)
WORDS = "1 -2 0.5 10 null true false x list people d i a b item partial [1..3] (1..5] {} [] count list[2] people.name"
STRINGS = ('"a"', '""', '@"2020-02-29"', '@"10:00:00+01:00"', '@"P1D"', '@"-P1Y2M"', '@"2020-01-01T00:00:00Z"')
LITERALS = st.sampled_from([*WORDS.split(), *STRINGS])
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"])
NAMES = st.sampled_from(["a", "b", "x", "i"])


def _shaped(template, *parts):
    return st.tuples(*parts).map(lambda each: template.format(*each))


def _larger(inner):
    return st.one_of(
        _shaped("({} {} {})", inner, OPERATORS, inner),
        _shaped("(if {} then {} else {})", inner, inner, inner),
        _shaped("(if {0} then {1} else if {2} then {3} else {0})", inner, inner, inner, inner),
        _shaped("(for {} in {} return {})", NAMES, inner, inner),
        _shaped("(for {} in 1..3, {} in {} return {})", NAMES, NAMES, inner, inner),
        _shaped("({} {} in {} satisfies {})", st.sampled_from(["some", "every"]), NAMES, inner, inner),
        _shaped("({})[{}]", inner, inner),
        _shaped("({}).{}", inner, st.sampled_from(["a", "name", "year", "start"])),
        _shaped("[{}, {}]", inner, inner),
        _shaped("{{a: {}, b: {}}}", inner, inner),
        _shaped("{{a: {}, f: function(b) {}, r: f(a)}}", inner, inner),
        _shaped("(function({}) {})({})", NAMES, inner, inner),
        _shaped("(for {} in 1..3 return function({}) {})[2]({})", NAMES, NAMES, inner, inner),
        _shaped("({} in ({}, < {}))", inner, inner, inner),
        _shaped("({} between {} and {})", inner, inner, inner),
        _shaped("({} instance of {})", inner, st.sampled_from(["number", "list<number>", "string"])),
        _shaped("{}({})", st.sampled_from(["count", "sum", "string", "not", "flatten", "max"]), inner),
    )


EXPRESSIONS = st.recursive(LITERALS, _larger, max_leaves=10)


def _begun():
    return Run.begin(date(2026, 3, 9), datetime(2026, 3, 9, tzinfo=UTC), Limits(steps=5_000))


def _told(evaluation):
    try:
        with bounded():
            return flat(evaluation())
    except TooMuch:
        return "too much"


@settings(max_examples=300)
@given(EXPRESSIONS)
def test_the_generated_python_gives_what_a_plain_interpreter_gives(text):
    node = parse_expression(text, Names(BUILTINS))
    order = sorted(free_names(node) & CONTEXT.keys())
    compiled = Generator(basic_type).function(node, order)
    ours = _told(lambda: compiled(_begun(), *(CONTEXT[name] for name in order)))
    plain = _told(lambda: evaluate(node, CONTEXT, _begun()))
    assert ours == plain or "too much" in (ours, plain)
