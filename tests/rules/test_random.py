"""What holds of any text and of any table."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.models import decision, input_data, model, table
from zhengtong.engines.rules import FeelError, TooMuch, feel

WORDS = "true null if then else for i in return some every satisfies and or not between x list item count sum partial"
SIGNS = "( ) [ ] { } : , .. . + - * / ** = < > @ ? instance\tof number function 1 2.5"
PIECES = st.sampled_from([*WORDS.split(), *SIGNS.split(" "), '"a"', '@"P1D"'])
CONTEXT = {"x": 2, "list": [1, 2, 3]}


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_any_text_has_a_value_or_is_refused(text):
    try:
        feel.evaluate(text, CONTEXT)
    except (FeelError, TooMuch):
        return


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_any_signs_have_a_value_or_are_refused(text):
    try:
        feel.evaluate(text, CONTEXT)
    except (FeelError, TooMuch):
        return


NUMBERS = st.integers(0, 6)
CELLS = st.one_of(
    st.just("-"),
    NUMBERS.map(str),
    NUMBERS.map("not({})".format),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), NUMBERS).map(lambda each: f"{each[0]} {each[1]}"),
    st.tuples(st.sampled_from("[("), NUMBERS, NUMBERS, st.sampled_from(")]")).map(
        lambda each: f"{each[0]}{min(each[1:3])}..{max(each[1:3])}{each[3]}"
    ),
)
POINTS = [Decimal(half) / 2 for half in range(-2, 15)]


@settings(max_examples=40)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_gaps_and_overlaps_are_found_if_and_only_if_there_are_some(cells):
    rules = [(*tests, str(number)) for number, tests in enumerate(cells)]
    declared = [input_data("x"), input_data("y")]
    collects = model(*declared, decision("d", table(["x", "y"], rules, policy="COLLECT"), "i-x", "i-y"))
    found = model(*declared, decision("d", table(["x", "y"], rules), "i-x", "i-y")).check()

    def hits(x, y):
        return len(collects.decide("d", {"x": x, "y": y}).value or [])

    seen = [hits(x, y) for x in POINTS for y in POINTS]
    codes = {each.code for each in found}
    assert ("gap" in codes, "overlap" in codes) == (0 in seen, max(seen) > 1)
    for finding in found:
        if finding.example:
            count = hits(**finding.example)
            assert count == 0 if finding.code == "gap" else count > 1
