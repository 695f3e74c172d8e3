"""The limit of each law, by its article, with a worked example on the calendar of 2026 as it was decreed."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from zhengtong.charter.charter import Charter, read_folder, reopen
from zhengtong.engines.deadlines import Limit, due

QINGSHAN = Path(__file__).resolve().parents[2] / "charters" / "qingshan"

EXAMPLES = [  # procedure, limit, article, the day of the event, the last day, why it is that one
    ("business-licence", "P3WD", "market-entity-regulation/19", (4, 2), (4, 8), "Qingming, 4 to 6 April"),
    ("food-licence", "P10WD", "food-licence-rules/21", (2, 9), (2, 28), "Spring Festival; both Saturdays are worked"),
    ("food-licence-renewal", "P10WD", "food-licence-rules/21", (3, 2), (3, 16), "two ordinary weeks"),
    ("fire-check", "P10WD", "fire-law/15", (4, 29), (5, 15), "Labour Day; Saturday 9 May is worked"),
    ("shop-sign", "P20WD", "licensing-law/42", (3, 2), (3, 30), "four ordinary weeks"),
    ("open-restaurant", "P45WD", "licensing-law/42", (3, 2), (5, 8), "over Qingming and Labour Day"),
    (
        "information-request",
        "P20WD",
        "open-information-regulation/33",
        (9, 7),
        (10, 10),
        "two holidays, two worked days",
    ),
    ("appeal", "P60D", "reconsideration-law/62", (8, 7), (10, 8), "the 60th day is 6 October, a holiday"),
    ("complaint", "P60D", "petition-regulation/34", (3, 2), (5, 6), "the 60th day is 1 May, a holiday"),
    ("complaint-review", "P30D", "petition-regulation/35", (3, 2), (4, 1), "the 30th day is a Wednesday"),
    ("complaint-re-review", "P30D", "petition-regulation/36", (3, 5), (4, 7), "the 30th day is Qingming"),
    ("bad-rating", "P5WD", "qingshan-rules/14", (6, 17), (6, 25), "the Dragon Boat Festival"),
    ("old-age-allowance", "P20WD", "qingshan-allowance-rules/5", (5, 18), (6, 15), "four ordinary weeks"),
    ("residence-certificate", "P1WD", "qingshan-easy-rules/2", (2, 13), (2, 14), "a Saturday that is worked"),
    ("prepackaged-food-filing", "P1WD", "food-licence-rules/42", (9, 30), (10, 8), "the National Day holidays"),
    ("household-certificate", "P5WD", "qingshan-easy-rules/9", (3, 2), (3, 9), "one ordinary week"),
]


@cache
def charter() -> Charter:
    return reopen(read_folder(QINGSHAN))


@pytest.mark.parametrize(("procedure", "limit", "article", "start", "last", "why"), EXAMPLES)
def test_the_limit_of_the_law_ends_on_this_day(
    procedure: str, limit: str, article: str, start: tuple[int, int], last: tuple[int, int], why: str
) -> None:
    listed = charter().listed(procedure)
    assert (listed.statutory_limit, article in listed.limit_basis) == (limit, True)
    assert charter().article(article, date(2026, *start)), "the article is in force on the day"
    found = due(start=date(2026, *start), limit=Limit.parse(limit), calendar=charter().working_days())
    assert (found.on, found.provisional) == (date(2026, *last), False), why


def test_a_limit_that_ends_in_a_year_without_a_decree_is_provisional() -> None:
    found = due(start=date(2026, 12, 15), limit=Limit.parse("P20WD"), calendar=charter().working_days())
    assert (found.on, found.provisional) == (date(2027, 1, 13), True)
