"""Time limits as they are written and told."""

import pytest

from zhengtong.engines.deadlines import Limit


@pytest.mark.parametrize(
    ("written", "limit", "zh", "en"),
    [
        ("P20WD", Limit(20, "working-days"), "20个工作日", "20 working days"),
        ("P1WD", Limit(1, "working-days"), "1个工作日", "1 working day"),
        ("P60D", Limit(60, "days"), "60日", "60 days"),
        ("P1M", Limit(1, "months"), "1个月", "1 month"),
        ("PT24H", Limit(24, "hours"), "24小时", "24 hours"),
    ],
)
def test_it_reads_writes_and_tells(written: str, limit: Limit, zh: str, en: str) -> None:
    assert Limit.parse(written) == limit
    assert str(limit) == written
    assert (limit.told("zh-Hans"), limit.told("en")) == (zh, en)


@pytest.mark.parametrize("written", ["", "P0D", "20WD", "P20", "P20W", "PT5D", "P5H", "P10000D", "P1D ", "P１D"])
def test_it_refuses(written: str) -> None:
    with pytest.raises(ValueError, match="not a time limit"):
        Limit.parse(written)


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        Limit(0, "days")
