"""The limit of each law, by its article, with a worked example on the calendar of 2026 as it was decreed."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from zhengtong.charter.charter import Charter, read_folder, reopen
from zhengtong.charter.model.procedure import SpecialProcedure
from zhengtong.engines.deadlines import Extension, Limit, Stop, due

QINGSHAN = Path(__file__).resolve().parents[2] / "charters" / "qingshan"

EXAMPLES = [  # procedure, limit, article, the day of the event, the last day (of 2026, or with its year), why
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
    ("not-solved", "P60D", "qingshan-participation-rules/14", (3, 2), (5, 6), "the 60th day is 1 May, a holiday"),
    ("complaint-review", "P30D", "petition-regulation/35", (3, 2), (4, 1), "the 30th day is a Wednesday"),
    ("complaint-re-review", "P30D", "petition-regulation/36", (3, 5), (4, 7), "the 30th day is Qingming"),
    ("bad-rating", "P5WD", "qingshan-rules/14", (6, 17), (6, 25), "the Dragon Boat Festival"),
    ("old-age-allowance", "P20WD", "qingshan-allowance-rules/5", (5, 18), (6, 15), "four ordinary weeks"),
    ("residence-certificate", "P1WD", "qingshan-easy-rules/2", (2, 13), (2, 14), "a Saturday that is worked"),
    ("prepackaged-food-filing", "P1WD", "food-licence-rules/42", (9, 30), (10, 8), "the National Day holidays"),
    ("hygiene-licence", "P20WD", "hygiene-rules/24", (4, 13), (5, 13), "Labour Day; Saturday 9 May is worked"),
    ("look-question", "P10WD", "qingshan-data-rules/3", (9, 14), (9, 28), "Sunday 20 is worked; Mid-Autumn Festival"),
    (
        "erase-my-data",
        "P10WD",
        "qingshan-data-rules/8",
        (2, 12),
        (3, 4),
        "Spring Festival; 14 and 28 February are worked",
    ),
    (
        "stop-processing",
        "P10WD",
        "qingshan-data-rules/10",
        (9, 14),
        (9, 28),
        "Sunday 20 is worked; Mid-Autumn Festival",
    ),
    ("moderation-appeal", "P10WD", "qingshan-participation-rules/5", (6, 12), (6, 29), "the Dragon Boat Festival"),
    ("city-conversation", "P90D", "qingshan-participation-rules/8", (7, 6), (10, 8), "the 90th day is 4 October"),
    ("satisfaction-survey", "P90D", "qingshan-participation-rules/16", (3, 2), (6, 1), "the 90th day is a Sunday"),
    ("draft-consultation", "P90D", "major-decisions-regulation/18", (3, 2), (6, 1), "the 90th day is a Sunday"),
    ("neighbourhood-budget", "P150D", "qingshan-participation-rules/8", (3, 2), (7, 30), "a Thursday"),
    ("priorities-ballot", "P150D", "qingshan-participation-rules/8", (3, 2), (7, 30), "a Thursday"),
    ("association-election", "P150D", "qingshan-participation-rules/23", (3, 2), (7, 30), "a Thursday"),
    ("proposal-round", "P150D", "qingshan-participation-rules/8", (5, 8), (10, 8), "the 150th day is 5 October"),
    ("signed-duty", "P90D", "qingshan-participation-rules/21", (3, 2), (6, 1), "the 90th day is a Sunday"),
    ("council-session", "P40D", "qingshan-participation-rules/21", (3, 2), (4, 13), "the 40th day is a Saturday"),
    ("kept-promise", "P730D", "qingshan-participation-rules/22", (3, 2), (3, 1, 2028), "a Wednesday, over a leap day"),
    ("riverside-meeting", "P40D", "qingshan-participation-rules/20", (3, 2), (4, 13), "the 40th day is a Saturday"),
    ("household-certificate", "P5WD", "qingshan-easy-rules/9", (3, 2), (3, 9), "one ordinary week"),
]

CONTESTED = [  # procedure, how long after the decision it may be filed, article, when it was learned, the last day
    ("appeal", "P60D", "reconsideration-law/20", (3, 2), (5, 6), "the 60th day is 1 May, a holiday"),
    ("complaint-review", "P30D", "petition-regulation/35", (9, 4), (10, 8), "the 30th day is 4 October, a holiday"),
    ("complaint-re-review", "P30D", "petition-regulation/36", (1, 15), (2, 14), "a Saturday that is worked: not moved"),
]
IN_COURT = [  # limit, article, when the act was learned of, the last day
    (
        "P6M",
        "litigation-law/46",
        date(2025, 8, 31),
        date(2026, 2, 28),
        "there is no 31 February; the Saturday is worked",
    ),
    ("P6M", "litigation-law/46", date(2026, 4, 3), date(2026, 10, 8), "3 October is a holiday"),
    ("P15D", "litigation-law/45", date(2026, 9, 18), date(2026, 10, 8), "the 15th day is 3 October, a holiday"),
]
STEPS = [  # procedure, step, limit, article, the day of the event, the last day
    ("food-licence", "accept", "P5WD", "licensing-law/32", (2, 11), (2, 25), "Saturday 14 is worked; Spring Festival"),
    ("appeal", "accept", "P5WD", "reconsideration-law/30", (9, 28), (10, 10), "working days, by article 88"),
    ("complaint", "accept", "P15D", "petition-regulation/23", (4, 20), (5, 6), "the 15th day is 5 May, a holiday"),
    (
        "information-request",
        "consult",
        "P15WD",
        "open-information-regulation/32",
        (3, 2),
        (3, 23),
        "three ordinary weeks",
    ),
    ("fire-check", "inspect", "P5WD", "fire-law/15", (4, 3), (4, 13), "Qingming, 4 to 6 April"),
    ("not-solved", "settle", "P10D", "qingshan-participation-rules/14", (3, 2), (3, 12), "a Thursday"),
]
EXTENDED = [  # procedure, limit and extension, article, the day of the event, the last day of both
    ("appeal", ("P60D", "P30D"), "reconsideration-law/62", (7, 6), (10, 8), "the 90th day is 4 October"),
    ("complaint", ("P60D", "P30D"), "petition-regulation/34", (3, 2), (6, 1), "the 90th day is a Sunday"),
    ("shop-sign", ("P20WD", "P10WD"), "licensing-law/42", (3, 2), (4, 14), "thirty days over Qingming"),
    ("food-licence", ("P10WD", "P5WD"), "food-licence-rules/21", (2, 9), (3, 6), "a week after 28 February"),
    ("fire-check", ("P10WD", "P10WD"), "licensing-law/42", (4, 29), (5, 29), "two weeks after 15 May"),
    ("hygiene-licence", ("P20WD", "P10WD"), "licensing-law/42", (4, 13), (5, 27), "two weeks after 13 May"),
    ("business-licence", ("P3WD", "P3WD"), "market-entity-regulation/19", (4, 2), (4, 13), "over Qingming"),
    ("information-request", ("P20WD", "P20WD"), "open-information-regulation/33", (9, 7), (11, 6), "four weeks more"),
]
STOPPED = [  # procedure, kind, article, the day of the event, from when to when it stands still, the last day
    (
        "hygiene-licence",
        "testing",
        "licensing-law/45",
        (3, 2),
        ((3, 5), (3, 19)),
        (4, 14),
        "three days, then seventeen",
    ),
    ("shop-sign", "hearing", "licensing-law/45", (3, 2), ((3, 9), (3, 27)), (4, 20), "five days, then fifteen"),
    (
        "information-request",
        "consultation",
        "open-information-regulation/33",
        (3, 2),
        ((3, 10), (3, 24)),
        (4, 14),
        "six days, then fourteen over Qingming",
    ),
    (
        "complaint-re-review",
        "hearing",
        "petition-regulation/36",
        (3, 5),
        ((3, 10), (3, 24)),
        (4, 20),
        "five days, then twenty-five: a Saturday, moved on",
    ),
]


@cache
def charter() -> Charter:
    return reopen(read_folder(QINGSHAN))


@pytest.mark.parametrize(("procedure", "limit", "article", "start", "last", "why"), EXAMPLES)
def test_the_limit_of_the_law_ends_on_this_day(
    procedure: str, limit: str, article: str, start: tuple[int, int], last: tuple[int, ...], why: str
) -> None:
    listed = charter().listed(procedure)
    assert (listed.statutory_limit, article in listed.limit_basis) == (limit, True)
    assert charter().article(article, date(2026, *start)), "the article is in force on the day"
    found = due(start=date(2026, *start), limit=Limit.parse(limit), calendar=charter().working_days())
    month, day, year = (*last, 2026)[:3]
    assert (found.on, found.provisional) == (date(year, month, day), year > 2026), why


def test_a_limit_that_ends_in_a_year_without_a_decree_is_provisional() -> None:
    found = due(start=date(2026, 12, 15), limit=Limit.parse("P20WD"), calendar=charter().working_days())
    assert (found.on, found.provisional) == (date(2027, 1, 13), True)


def declared(procedure: str, kind: str) -> SpecialProcedure:
    return next(each for each in charter().procedures[procedure].special_procedures if each.kind == kind)


def ends(start: tuple[int, int], limit: str, *, more: str = "", still: Stop | None = None) -> date | None:
    """The last day of a limit that begins in 2026."""
    return due(
        start=date(2026, *start),
        limit=Limit.parse(limit),
        calendar=charter().working_days(),
        stops=[still] if still else [],
        extensions=[Extension(Limit.parse(more), "")] if more else [],
    ).on


@pytest.mark.parametrize(("procedure", "within", "article", "learned", "last", "why"), CONTESTED)
def test_a_decision_may_be_contested_until_this_day(
    procedure: str, within: str, article: str, learned: tuple[int, int], last: tuple[int, int], why: str
) -> None:
    assert charter().procedures[procedure].within == within
    assert charter().article(article, date(2026, *learned))
    assert ends(learned, within) == date(2026, *last), why


@pytest.mark.parametrize(("limit", "article", "learned", "last", "why"), IN_COURT)
def test_an_action_may_be_brought_until_this_day(limit: str, article: str, learned: date, last: date, why: str) -> None:
    assert charter().article(article, learned)
    assert due(start=learned, limit=Limit.parse(limit), calendar=charter().working_days()).on == last, why


@pytest.mark.parametrize(("procedure", "step", "limit", "article", "start", "last", "why"), STEPS)
def test_the_step_is_due_by_its_article_on_this_day(
    procedure: str, step: str, limit: str, article: str, start: tuple[int, int], last: tuple[int, int], why: str
) -> None:
    task = charter().process(procedure).nodes[step].task
    assert task is not None
    assert (task.clock, task.legal_basis) == (limit, article)
    assert ends(start, limit) == date(2026, *last), why


@pytest.mark.parametrize(("procedure", "limits", "article", "start", "last", "why"), EXTENDED)
def test_extended_once_as_the_law_allows_it_ends_on_this_day(
    procedure: str, limits: tuple[str, str], article: str, start: tuple[int, int], last: tuple[int, int], why: str
) -> None:
    more = declared(procedure, "extension")
    assert (charter().procedures[procedure].statutory_limit, more.limit) == limits
    assert article in more.legal_basis
    assert ends(start, limits[0], more=more.limit) == date(2026, *last), why


@pytest.mark.parametrize(("procedure", "kind", "article", "start", "still", "last", "why"), STOPPED)
def test_what_the_law_does_not_count_moves_it_to_this_day(
    procedure: str,
    kind: str,
    article: str,
    start: tuple[int, int],
    still: tuple[tuple[int, int], tuple[int, int]],
    last: tuple[int, int],
    why: str,
) -> None:
    ground = declared(procedure, kind)
    assert (article in ground.legal_basis, ground.counts) == (True, False)
    stop = Stop(date(2026, *still[0]), date(2026, *still[1]), article, why)
    assert ends(start, charter().procedures[procedure].statutory_limit, still=stop) == date(2026, *last), why


@pytest.mark.parametrize("procedure", ["complaint", "complaint-review"])
def test_a_hearing_on_a_petition_is_counted_in_but_for_the_re_review(procedure: str) -> None:
    assert declared(procedure, "hearing").counts, "petition-regulation/31 lets time go on; article 36 leaves it out"
    assert not declared("complaint-re-review", "hearing").counts


def test_a_public_consultation_lasts_the_thirty_days_of_the_law_and_ends_on_a_working_day() -> None:
    timer = charter().process("draft-consultation").nodes["collect"].trigger
    assert timer is not None
    assert timer.text == "P30D"
    assert charter().article("major-decisions-regulation/15", date(2026, 3, 6))
    assert ends((3, 6), timer.text) == date(2026, 4, 7), "the 30th day is 5 April, Qingming"


@pytest.mark.parametrize("procedure", sorted(charter().procedures))
def test_every_procedure_has_a_worked_example(procedure: str) -> None:
    assert procedure in {each[0] for each in EXAMPLES}
