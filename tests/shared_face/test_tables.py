"""What people download for a spreadsheet is text, whatever was written into it."""

import csv
import io
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from zhengtong.faces.shared.tables import as_csv


@pytest.mark.parametrize(
    "value", ["=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "－1", "＠A1"]
)
def test_nothing_is_taken_for_a_formula(value):
    answer = as_csv("figures", ["Office", "Cases"], [[value, -3], ["Heping", 4]])
    assert 'filename="figures.csv"' in answer["Content-Disposition"]
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert table == [["Office", "Cases"], [f"'{value}", "-3"], ["Heping", "4"]]


def test_a_text_that_is_translated_as_it_is_written_and_a_heading_are_no_formulas_either_and_numbers_stay():
    answer = as_csv("figures", [gettext_lazy("=1+1"), "Cost"], [[gettext_lazy("@SUM(A1)"), Decimal(-3)], [None, True]])
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert table == [["'=1+1", "Cost"], ["'@SUM(A1)", "-3"], ["", "True"]]
