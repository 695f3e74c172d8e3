"""FEEL by itself: each line is an expression and what it comes to."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from zhengtong.engines.rules import feel

NAMES = {
    "x": 3,
    "list": [1, 2, 3],
    "first name": "Ann",
    "a-b": 7,
    "a": 10,
    "b": 4,
    "people": [{"name": "Ann", "age": 82}, {"name": "Bo", "age": 17}],
    "days in week": 7,
    "nothing": None,
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2 = 0.3", True),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        ("2 ** 3 ** 2", 64),
        ("-2 ** 2", 4),
        ("1 / 0", None),
        ("10 - 2 - 3", 5),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ("9999999999999999999999999999999999 + 0.5", Decimal("1e34")),
        ("decimal(2.5, 0) = 2 and decimal(1.5, 0) = 2", True),
        ("modulo(-12, 5)", 3),
        ("floor(-1.5)", -2),
        ("-1234567890123456789012345678901234", Decimal("-1234567890123456789012345678901234")),
        ("abs(-1234567890123456789012345678901234)", Decimal("1234567890123456789012345678901234")),
        ("odd(10 ** 40 + 1)", False),
        ("round half up(-5.5, 0)", -6),
    ],
)
def test_numbers_are_decimal_and_exact(text, value):
    assert feel.evaluate(text, NAMES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true and null", None),
        ("false and null", False),
        ("null and false", False),
        ("true or null", True),
        ("false or null", None),
        ("null or 1", None),
        ("not(null)", None),
        ("1 = null", False),
        ("null = null", True),
        ('1 = "1"', None),
        ('1 < "a"', None),
        ("nothing > 1", None),
        ("some i in [1, null] satisfies i > 5", None),
        ("every i in [1, null] satisfies i > 5", False),
        ("if nothing then true else false", False),
        ("1 in [1, 2]", True),
        ("5 in (< 3, [4..6))", True),
        ("5 in (null..10]", None),
        ("1 between 0 and 2", True),
    ],
)
def test_logic_has_three_values(text, value):
    assert feel.evaluate(text, NAMES) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("first name", "Ann"),
        ("a-b", 7),
        ("a - b", 7),  # by the standard spaces do not count: the name that is known comes first
        ("(a)-b", 6),
        ("days in week * 2", 14),
        ('{first name: "Bo", told: first name}.told', "Bo"),
        ("{a in b: 1}.a in b", 1),
        ("people[age >= 18].name", ["Ann"]),
        ("people[item.age < 18][1].name", "Bo"),
        ("[{item: 1}, {item: 2}][item > 1]", [{"item": 2}]),
        ("list[-1]", 3),
        ("list[x]", 3),
        ("list[item > x - 2]", [2, 3]),
        ("list[5]", None),
        ("nothing.name", None),
        ("string length(first name)", 3),
        ("/* a comment */ x // another", 3),
    ],
)
def test_names_may_have_spaces_and_signs(text, value):
    assert feel.evaluate(text, NAMES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for i in 1..3 return i * i", [1, 4, 9]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1..3) return i", [1, 2]),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
        ("for i in [1, 2], j in [i, 10] return i * j", [1, 10, 4, 20]),
        ('count(for d in @"2024-02-28"..@"2024-03-01" return d)', 3),
        ("(for i in 1..3 return function(n) n + i)[2](10)", 12),
        ("{base: 5, add: function(n) n + base, made: add(2)}.made", 7),
        ("{twice: function(f, n) f(f(n)), r: twice(function(n) n * 3, 2)}.r", 18),
        ("sort(list, function(x, y) x > y)", [3, 2, 1]),
        ("(function(m: number, n: number) m - n)(n: 1, m: 5)", 4),
        ('(function(a: number) a)("x")', None),
        ('if x = 1 then "a" else if x = 2 then "b" else if x = 3 then "c" else "d"', "c"),
    ],
)
def test_loops_and_functions(text, value):
    assert feel.evaluate(text, NAMES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('date("2024-02-29") + duration("P1Y")', date(2025, 2, 28)),
        ('date("2024-01-31") + duration("P1M")', date(2024, 2, 29)),
        ('@"2026-03-09" - @"2026-03-01"', timedelta(days=8)),
        ('@"2026-03-09T10:00:00" + @"PT90M"', datetime(2026, 3, 9, 11, 30)),  # noqa: DTZ001  local time has no zone
        (
            'date and time(@"2026-03-09", @"10:00:00+08:00")',
            datetime(2026, 3, 9, 10, tzinfo=timezone(timedelta(hours=8))),
        ),
        ('@"23:30:00" + @"PT1H"', time(0, 30)),
        ('@"2026-07-01T12:00:00@Europe/Paris" = @"2026-07-01T10:00:00Z"', True),
        ('string(years and months duration(@"2011-12-22", @"2013-08-24"))', "P1Y8M"),
        ('string(duration("PT555M"))', "PT9H15M"),
        ('date("2023-02-29")', None),
        ('string(date("-99999-12-31"))', "-99999-12-31"),
        ('string(@"999999999-12-31" - @"2000-01-01") != null', True),
        ('@"999999999-12-31" + @"P1D"', None),
        ('week of year(@"2005-01-01")', 53),
        ('day of week(@"2026-03-09")', "Monday"),
        ('@"2026-03-09".weekday', 1),
        ('duration("P1DT2H").hours', 2),
        ('time("24:00:00") = time("00:00:00")', True),
        ('time("23:59:60")', None),
        ('before(@"2026-03-01", [@"2026-03-02"..@"2026-03-09"])', True),
    ],
)
def test_dates_follow_the_calendar(text, value):
    assert feel.evaluate(text, NAMES) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('substring("\\U01F40Eab", 2)', "ab"),
        ('string([1, "a", {k: null}])', '[1, "a", {k: null}]'),
        ('split("a;b;;", ";")', ["a", "b", "", ""]),
        ('string join(["a", null, "b"], "-")', "a-b"),
        ('number("1.000,5", ".", ",")', Decimal("1000.5")),
        ('upper case("straße")', "STRASSE"),
        ('context put({x: 1, y: {a: 0}}, ["y", "a"], 2)', {"x": 1, "y": {"a": 2}}),
        ("distinct values([1, 2, 1, null, null])", [1, 2, None]),
        ("append([1], 2, [3])", [1, 2, [3]]),
        ("concatenate([1], [2, [3]])", [1, 2, [3]]),
        ("flatten([[1, [2]], 3])", [1, 2, 3]),
        ("median([8, 2, 5, 7])", 6),
        ("count(null)", None),
        ("sum(1, 2, 3)", 6),
        ('range("[1..3)") = [1..3)', True),
        ("abs()", None),
        ("[1..3] instance of range<number>", True),
        ("function(a: number) a instance of number", None),
    ],
)
def test_functions_of_the_standard(text, value):
    found = feel.evaluate(text, NAMES)
    assert value is None or found == value


def test_the_names_of_an_expression_can_be_told():
    assert feel.names("if age > limit.years then count(people[x]) else for i in xs return i") == {
        "age",
        "limit",
        "people",
        "x",
        "xs",
    }


@pytest.mark.parametrize(
    "text", ["1 +", "(1", "if x then 1", '"open', "[1, 2", "{a 1}", "x instance of", "#", "1 2", ""]
)
def test_a_text_that_cannot_be_read_is_refused_with_its_place(text):
    with pytest.raises(feel.FeelError) as refused:
        feel.evaluate(text, NAMES)
    assert refused.value.line == 1
    assert refused.value.told()["zh-Hans"]


def test_binary_floats_are_taken_by_their_shortest_form():
    assert feel.evaluate("f + 0.2", {"f": 0.1}) == Decimal("0.3")


def test_a_value_that_feel_does_not_have_is_refused():
    with pytest.raises(TypeError):
        feel.evaluate("x", {"x": object()})
