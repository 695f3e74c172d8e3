"""Which single input would have changed an answer, and from which value on."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zhengtong.engines.rules.what_if import Choice, Scale, single_changes

TENTH = Scale(Decimal("0.1"), least=Decimal(0))


def area(known: Any) -> str:
    if known["where"] == "exit":
        return "refused"
    return "granted" if known["width"] * known["height"] <= 12 else "officer"


def test_a_choice_and_the_nearest_value_on_a_scale() -> None:
    known = {"where": "door", "width": Decimal(4), "height": Decimal(5)}
    domains = {"where": Choice(["door", "exit"]), "width": TENTH, "height": TENTH}
    told = [(each.name, each.would, each.answer) for each in single_changes(area, known, domains)]
    assert told == [
        ("where", "exit", "refused"),
        ("width", Decimal("2.4"), "granted"),
        ("height", Decimal(3), "granted"),
    ]


def test_where_no_single_fact_helps_nothing_is_told() -> None:
    known = {"where": "exit", "width": Decimal(9), "height": Decimal(9)}
    assert single_changes(area, known, {"width": TENTH, "height": TENTH}) == []


def test_a_narrow_window_is_found_where_a_table_names_it() -> None:
    def ask(known: Any) -> bool:
        return 1000 <= known["x"] <= 1001

    scale = Scale(marks=[Decimal(1000), date(2026, 1, 1)])
    assert [each.would for each in single_changes(ask, {"x": Decimal(3)}, {"x": scale})] == [Decimal(1000)]


def test_days_are_halved_out_and_the_end_of_the_calendar_is_none() -> None:
    def old(known: Any) -> bool:
        return known["born"] <= date(1946, 3, 2)

    (change,) = single_changes(old, {"born": date(1951, 7, 9)}, {"born": Scale()})
    assert change.would == date(1946, 3, 2)
    assert single_changes(old, {"born": date(9999, 12, 31)}, {"born": Scale()}) == []


def test_what_is_unknown_or_no_scale_is_not_moved() -> None:
    assert single_changes(lambda known: known["x"], {"x": None}, {"x": Scale()}) == []
    assert single_changes(lambda known: 1, {"x": True}, {"x": Scale()}) == []


@given(border=st.integers(-500, 500), was=st.integers(-500, 500))
def test_the_border_is_exact_wherever_it_lies(border: int, was: int) -> None:
    def ask(known: Any) -> bool:
        return known["x"] >= border

    (change,) = single_changes(ask, {"x": was}, {"x": Scale()})
    assert change.would == (border if was < border else border - 1)
    assert ask({"x": change.would}) is change.answer is not ask({"x": was})
