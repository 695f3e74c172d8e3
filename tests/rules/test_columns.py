"""A whole population decided by columns gives each person what deciding that person alone gives."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.models import decision, input_data, literal, model, table
from tests.rules.plain import PlainModel
from tests.rules.populations import dicts, frame_of, kinds_of, literals_of, population
from zhengtong.engines.rules import Model
from zhengtong.engines.rules.columns import Group, MissingColumns, NotColumns, UnfitColumn
from zhengtong.engines.rules.feel.types import Basic
from zhengtong.engines.rules.feel.values import into, out

ON = date(2026, 3, 9)
ROOT = Path(__file__).parents[2]
PUBLISHED = [
    (path, name) for path in sorted(ROOT.glob("charters/*/services/*/rules.dmn")) for name in Model.load(path).decisions
]


def same_three_ways(asked, name, rows, frame):
    """Columns, the generated Python and a plain interpreter agree, row by row."""
    plain = PlainModel(asked, ON)
    for row, decided in zip(rows, dicts(asked.decide_many(name, frame, on=ON)), strict=True):
        assert decided[name] == asked.decide(name, row, on=ON).value == out(plain.decide(name, into(row))), row


@pytest.mark.parametrize(("path", "name"), PUBLISHED, ids=lambda each: getattr(each, "parent", Path(str(each))).name)
def test_every_published_rule_decides_a_population_as_it_decides_each_person(path, name):
    asked = Model.load(path)
    kinds = kinds_of(asked, name)
    rows = population(kinds, literals_of(asked), 400)
    same_three_ways(asked, name, rows, frame_of(rows, kinds))


NUMBER, STRING, TRUTH, DAY = (Basic(each) for each in ("number", "string", "boolean", "date"))
KINDS = {"x": NUMBER, "y": NUMBER, "word": STRING, "yes": TRUTH, "day": DAY}
WHOLE = st.integers(0, 6)
NUMBERS = st.one_of(
    st.just("-"),
    WHOLE.map(str),
    WHOLE.map("not({})".format),
    WHOLE.map("null, {}".format),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), WHOLE).map(lambda each: f"{each[0]} {each[1]}.01"),
    st.tuples(st.sampled_from("[("), WHOLE, WHOLE, st.sampled_from(")]")).map(
        lambda each: f"{each[0]}{min(each[1:3])}..{max(each[1:3])}{each[3]}"
    ),
    st.just("? > y"),
    st.just("[y..6]"),
)
WORDS = st.sampled_from(["-", '"a"', '"a", "b"', 'not("a")', '< "b"', "null", 'starts with(?, "a")'])
TRUTHS = st.sampled_from(["-", "true", "false", "not(true)"])
DAYS = st.sampled_from(["-", '< date("2026-03-09")', '[date("1950-02-28")..date("2026-03-08")]', "null"])
RESULTS = st.sampled_from(["1", "2", "x + y", "x * y - 0.5", "if yes then x else y", "decimal(x / 3, 2)", "null"])
RULES = st.lists(st.tuples(NUMBERS, NUMBERS, WORDS, TRUTHS, DAYS, RESULTS), min_size=1, max_size=5)
NEEDS = [f"i-{name}" for name in KINDS]
DECLARED = [input_data(name, kind.kind) for name, kind in KINDS.items()]
POLICIES = st.sampled_from(["UNIQUE", "FIRST", "ANY", "COLLECT SUM", "COLLECT COUNT", "COLLECT MIN", "COLLECT MAX"])


@settings(max_examples=60)
@given(RULES, POLICIES, st.integers(0, 99))
def test_random_tables_decide_a_population_as_they_decide_each_person(rules, policy, seed):
    policy, _, aggregation = policy.partition(" ")
    made = table(list(KINDS), rules, policy=policy, aggregation=aggregation)
    asked = model(*DECLARED, decision("d", made, *NEEDS, kind="number"))
    rows = population(KINDS, literals_of(asked), 40, seed=seed)
    same_three_ways(asked, "d", rows, frame_of(rows, KINDS))


EXPRESSIONS = [
    "x + y * 2 - -x",
    "x / 4 + y / 100",
    "decimal(x / 3, 2)",
    "decimal(x / y, 1)",
    "floor(x / 7) + ceiling(y / -3, 1)",
    "[round up(x / 3, 1), round down(x / 3, 1), round half up(x, 1), round half down(x, 1), decimal(x, 1)]",
    "decimal(x * 1234.5, -2)",
    "modulo(x, 3) + modulo(-x, 3) + modulo(x, -3)",
    "modulo(x, y)",
    "abs(x - y)",
    "x / y > 1.5",
    "x ** 3",
    "not(yes) or x > 3 and yes",
    "x = y",
    "x != null and yes = true",
    "word = null or word + \"!\" = \"a!\"",
    "if yes then \"ja\" else word",
    "if x > y then x else null",
    "x between 2 and y",
    "x in (< 2, [4..y], 7)",
    "word in [\"a\", \"\"]",
    "max(x, y, 3) - min(x, y)",
    "sum([x, y, 2]) + count([x, y])",
    "sum([x, y, null])",
    "mean([x, y]) < 3",
    "some i in [x, y] satisfies i > 3",
    "every i in [x, y, 1] satisfies i >= 1",
    "count([x, y, 5][item > 4])",
    "sum(for i in 1..4 return i * x)",
    "[x, y][-1]",
    "{a: x, b: {c: a + 1}}.b.c",
    "(function(n, m) n * m)(x, y)",
    "day.year * 100 + day.month + day.weekday",
    "day + duration(\"P1M\") > date(\"2000-01-31\")",
    "(date(\"2026-03-09\") - day).days",
    "day + duration(\"P3D\") = date(\"1950-03-03\")",
    "years and months duration(day, date(\"2026-03-09\")).years",
    "years and months duration(date(\"2026-03-09\"), day).months",
    "years and months duration(day, date(\"2026-03-09\")) >= duration(\"P75Y\")",
    "[{w: \"a\", v: 10}, {w: \"b\", v: 20}][w = word].v[1]",
    "string length(word) + x",
    "contains(word, \"别\") and ends with(word, \"的\")",
    "x + word",
    "x < word",
    "list contains([1, 2, x], 2)",
    "is(x, y)",
    "all([yes, x > 2])",
]  # fmt: skip


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_means_the_same_by_columns(text):
    asked = model(*DECLARED, decision("d", literal(text), *NEEDS))
    rows = population(KINDS, literals_of(asked), 300)
    same_three_ways(asked, "d", rows, frame_of(rows, KINDS))


def test_a_rule_that_fired_is_a_column_of_small_integers():
    asked = model(input_data("x"), decision("d", table(["x"], [("< 2", "1"), ("> 4", "2")]), "i-x"))
    frame = frame_of([{"x": each} for each in (1, 3, 5, None)], {"x": NUMBER})
    assert [each["d.rule"] for each in dicts(asked.decide_many("d", frame, on=ON))] == [1, 0, 2, 0]


def test_the_first_rule_hides_those_after_it():
    rules = [("-", "1"), ("2", "2")]
    asked = model(input_data("x"), decision("d", table(["x"], rules, policy="FIRST"), "i-x"))
    (found,) = dicts(asked.decide_many("d", frame_of([{"x": 2}], {"x": NUMBER}), on=ON))
    assert (found["d"], found["d.rule"]) == (1, 1)


def test_several_rules_of_a_table_that_wants_one_are_told_as_minus_one():
    asked = model(input_data("x"), decision("d", table(["x"], [("< 4", "1"), ("> 2", "2")]), "i-x"))
    frame = frame_of([{"x": each} for each in (1, 3, 5)], {"x": NUMBER})
    assert [(each["d"], each["d.rule"]) for each in dicts(asked.decide_many("d", frame, on=ON))] == [
        (1, 1),
        (None, -1),
        (2, 2),
    ]


def test_the_rules_of_a_table_that_collects_are_bits():
    made = table(["x"], [("< 4", "1"), ("> 2", "2")], policy="COLLECT", aggregation="SUM")
    asked = model(input_data("x"), decision("d", made, "i-x"))
    frame = frame_of([{"x": each} for each in (1, 3, 9)], {"x": NUMBER})
    assert [(each["d"], each["d.rule"]) for each in dicts(asked.decide_many("d", frame, on=ON))] == [
        (1, 1),
        (3, 3),
        (2, 2),
    ]


def test_numbers_are_exact_far_beyond_binary_floats():
    asked = model(input_data("x"), decision("d", literal("x * x + 0.1 + 0.2"), "i-x"))
    frame = duckdb.sql("SELECT 123456789012345.67::DECIMAL(18, 2) AS x")
    (found,) = dicts(asked.decide_many("d", frame, on=ON))
    assert found["d"] == asked.decide("d", {"x": Decimal("123456789012345.67")}).value


def test_decimals_kept_as_binary_floats_are_taken_as_the_decimals_that_they_stand_for():
    asked = model(input_data("x"), decision("d", literal("x * 3"), "i-x"))
    assert dicts(asked.decide_many("d", duckdb.sql("SELECT 0.1::DOUBLE AS x"), on=ON))[0]["d"] == Decimal("0.3")


def test_a_result_that_could_need_more_than_34_digits_is_refused():
    asked = model(input_data("x"), decision("d", literal("x * x * x"), "i-x"))
    with pytest.raises(NotColumns, match="34"):
        asked.decide_many("d", duckdb.sql("SELECT 123456789012345.67::DECIMAL(18, 2) AS x"), on=ON)


@pytest.mark.parametrize("text", ["x / 3 + 1", "sqrt(x)", "string(x)", "for i in [x], j in [1] return i", "sort([x])"])
def test_what_has_no_exact_counterpart_is_refused_with_the_decision_that_holds_it(text):
    asked = model(input_data("x"), decision("d", literal(text), "i-x"))
    with pytest.raises(NotColumns, match="“d” cannot be run over columns"):
        asked.decide_many("d", frame_of([{"x": 1}], {"x": NUMBER}), on=ON)


def test_a_column_that_is_missing_is_named():
    asked = model(input_data("x"), input_data("y"), decision("d", literal("x + y"), "i-x", "i-y"))
    with pytest.raises(MissingColumns, match="y"):
        asked.decide_many("d", frame_of([{"x": 1}], {"x": NUMBER}), on=ON)


def test_a_column_of_another_kind_is_refused():
    asked = model(input_data("x"), decision("d", literal("x + 1"), "i-x"))
    with pytest.raises(UnfitColumn, match="string"):
        asked.decide_many("d", duckdb.sql("SELECT 'a' AS x"), on=ON)


def test_the_rows_keep_their_order_and_their_columns():
    asked = model(input_data("x"), decision("d", literal("x + 1"), "i-x"))
    frame = duckdb.sql("SELECT 100 - i AS x, i AS person FROM range(5000) t(i)")
    found = dicts(asked.decide_many("d", frame, on=ON))
    assert [each["person"] for each in found] == list(range(5000))
    assert all(each["d"] == each["x"] + 1 for each in found)


def test_an_empty_frame_stays_empty():
    asked = model(input_data("x"), decision("d", literal("x + 1"), "i-x"))
    assert dicts(asked.decide_many("d", frame_of([], {"x": NUMBER}), on=ON)) == []


PEOPLE = (
    '<itemDefinition id="p" name="people" isCollection="true">'
    '<itemComponent name="age"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="income"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="role"><typeRef>string</typeRef>'
    '<allowedValues><text>"child", "parent", "guest"</text></allowedValues></itemComponent></itemDefinition>'
)
OF_HOUSEHOLDS = [
    "sum(household.income)",
    "sum(household[age < 18].income)",
    "count(household[role = \"child\"])",
    "count(household[age >= 18 and income > 100]) * 10",
    "max(household.age) - min(household[role != \"guest\"].age)",
    "decimal(mean(household.income), 2)",
    "some m in household satisfies m.age > 64",
    "every m in household satisfies m.income < 2000",
    "list contains(household.role, \"guest\")",
    "sum(for m in household return if m.age < 18 then 50 else m.income * 0.1)",
    "sum(household[age < 18].income) > sum(household[age >= 18].income)",
]  # fmt: skip
ROLES = [None, "child", "parent", "guest"]
MEMBERS = [
    [
        {
            "age": (7 * home + 13 * place) % 90,
            "income": None if (home + place) % 20 == 0 else Decimal(home * 100 + place),
            "role": ROLES[1 + (home + place) % 3],
        }
        for place in range(home % 5)
    ]
    for home in range(60)
]


def households(*expressions):
    needed = [decision(f"d{number}", literal(each), "i-household") for number, each in enumerate(expressions)]
    return model(PEOPLE, input_data("household", "people"), *needed)


@pytest.mark.parametrize("text", OF_HOUSEHOLDS)
def test_members_listed_in_a_column_are_summed_for_each_household(text):
    asked = households(text)
    rows = [{"household": each} for each in [*MEMBERS, None]]
    connection = duckdb.connect()
    kind = 'STRUCT(age INTEGER, income DECIMAL(12, 2), "role" VARCHAR)[]'
    connection.execute(f"CREATE TABLE rows (household {kind})")
    connection.executemany("INSERT INTO rows VALUES (?)", [[each["household"]] for each in rows])
    found = dicts(asked.decide_many("d0", connection.table("rows"), on=ON))
    assert [each["d0"] for each in found] == [asked.decide("d0", each).value for each in rows]


@pytest.mark.parametrize("text", OF_HOUSEHOLDS)
def test_members_in_a_frame_of_their_own_are_found_by_their_key(text):
    asked = households(text)
    connection = duckdb.connect()
    connection.execute("CREATE TABLE persons (home INTEGER, age INTEGER, income DECIMAL(12, 2), role VARCHAR)")
    everybody = [(home, *each.values()) for home, those in enumerate(MEMBERS) for each in those]
    connection.executemany("INSERT INTO persons VALUES (?, ?, ?, ?)", everybody)
    homes = connection.sql(f"SELECT {len(MEMBERS) - 1} - i AS home FROM range({len(MEMBERS)}) t(i)")
    group = Group(connection.table("persons"), "home")
    found = {
        each["home"]: each["d0"] for each in dicts(asked.decide_many("d0", homes, on=ON, groups={"household": group}))
    }
    assert [found[home] for home in range(len(MEMBERS))] == [
        asked.decide("d0", {"household": each}).value for each in MEMBERS
    ]


def test_a_household_with_a_value_that_is_not_allowed_is_null_as_a_whole():
    asked = households("count(household)")
    frame = duckdb.sql("SELECT [{'age': 1, 'income': 2, 'role': r}] AS household FROM (VALUES ('child'), ('dog')) t(r)")
    assert [each["d0"] for each in dicts(asked.decide_many("d0", frame, on=ON))] == [1, None]


def test_six_decisions_are_asked_at_once():
    asked = households(*OF_HOUSEHOLDS[:6])
    frame = duckdb.sql("SELECT [{'age': 1, 'income': 2.5, 'role': 'child'}] AS household")
    (found,) = dicts(asked.decide_many([f"d{number}" for number in range(6)], frame, on=ON))
    assert [found[f"d{number}"] for number in range(6)] == [Decimal("2.5"), Decimal("2.5"), 1, 0, 0, Decimal("2.5")]


def test_floats_are_close_to_the_decimals_and_say_what_they_are():
    asked = model(*DECLARED, decision("d", literal("decimal(x / 3 + y * 1.1, 2)"), *NEEDS))
    rows = population(KINDS, literals_of(asked), 200)
    found = dicts(asked.decide_many("d", frame_of(rows, KINDS), on=ON, numbers="float"))
    for row, each in zip(rows, found, strict=True):
        exact = asked.decide("d", row).value
        assert each["d"] is None if exact is None else abs(Decimal(each["d"]) - exact) < Decimal("0.02")


def test_a_check_notes_what_keeps_a_decision_from_being_run_over_columns():
    asked = model(
        input_data("x"), decision("by", literal("x * 2"), "i-x"), decision("not_by", literal("sqrt(x)"), "i-x")
    )
    (note,) = asked.check()
    assert (note.code, note.severity, note.element) == ("not-by-columns", "note", "d-not_by")
    assert note.message["en"] == "It cannot be run over columns: the function “sqrt” (not_by)"
