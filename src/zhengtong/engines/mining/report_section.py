"""A section of a report: a title, sentences, a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengtong.common.text import Text, text

Row = Sequence[str | Text]
CASES, TIMES, SHARE = text("案件", "Cases"), text("次数", "Times"), text("占比", "Share")
STEP, FROM, TO = text("步骤", "Step"), text("从", "From"), text("到", "To")
BY_THE_CLOCK = text("中位数（自然时间）", "Median, by the clock")
MEDIAN, MEAN = text("中位数", "Median"), text("平均", "Mean")
MOST = 15  # rows of a table


@dataclass(frozen=True)
class Section:
    """A title, sentences, and a table that may be empty."""

    title: Text
    notes: Sequence[Text] = ()
    columns: Sequence[Text] = ()
    rows: Sequence[Row] = ()


def unit(*, working: bool) -> Text:
    """What days are counted."""
    return text("工作日", "working days") if working else text("天", "days")
