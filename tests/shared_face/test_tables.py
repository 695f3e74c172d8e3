"""What people download for a spreadsheet is text, whatever was written into it."""

import csv
import io

import pytest

from zhengtong.faces.shared.tables import as_csv


@pytest.mark.parametrize("value", ["=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_nothing_is_taken_for_a_formula(value):
    answer = as_csv("figures", ["Office", "Cases"], [[value, -3], ["Heping", 4]])
    assert 'filename="figures.csv"' in answer["Content-Disposition"]
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert table == [["Office", "Cases"], [f"'{value}", "-3"], ["Heping", "4"]]
