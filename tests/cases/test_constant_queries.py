"""A list costs the same number of queries with one row and with six, and its pages neither skip nor repeat."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.restaurant import apply
from zhengtong.cases import acts, queries
from zhengtong.cases.models import Case, Task
from zhengtong.ledger.acts import sequence
from zhengtong.observatory.queries import figures
from zhengtong.observatory.rollup import bring_up_to_date

MORE = 5


def cost(ask: Callable[[], object]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


@pytest.fixture
def grow(cast, monday):
    """Files one application, and five more when it is called."""
    first = apply(cast, now=monday)

    def more() -> None:
        for number in range(MORE):
            apply(cast, now=monday, key=f"more-{number}")

    return first, more


def constant(ask: Callable[[], object], grow: Callable[[], None]) -> bool:
    ask()  # what is read once for all time is not counted
    before = cost(ask)
    grow()
    return cost(ask) == before


def test_a_citizens_list(cast, monday, grow):
    _first, more = grow
    assert constant(lambda: queries.cases_of(cast.lin_yue.person, now=monday, enterprises=[cast.linjiang]), more)
    assert len(queries.cases_of(cast.lin_yue.person, now=monday)) == 1 + MORE


def test_a_desk(cast, monday, grow):
    _first, more = grow
    assert constant(lambda: queries.desk(cast.window, now=monday), more)
    assert len(queries.desk(cast.window, now=monday)) == 1 + MORE


def test_the_offers_of_other_posts(cast, monday, grow):
    def offer() -> None:
        for task in Task.objects.filter(post=cast.window.post, handovers=None):
            acts.hand_over(task=task, to_post="services-bureau/window", reason="…", by=cast.window, now=monday)

    _first, more = grow
    offer()
    there = cast.officer("services-bureau/window")
    assert constant(lambda: queries.offers(there, now=monday), lambda: (more(), offer()))
    assert len(queries.offers(there, now=monday)) == 1 + MORE


def test_a_supervisors_list(cast, monday, grow):
    _first, more = grow
    later = monday + timedelta(days=60)
    Case.objects.update(due_on=monday.date())

    def late() -> None:
        more()
        Case.objects.update(due_on=monday.date())

    assert constant(lambda: queries.supervised(cast.supervisor, now=later), late)
    assert len(queries.supervised(cast.supervisor, now=later)) == 1 + MORE


def test_a_case_and_a_step_of_it(cast, monday, grow):
    first, more = grow
    assert constant(lambda: queries.case_for(cast.lin_yue, first.number, now=monday), more)
    step = first.tasks.get()
    assert constant(lambda: queries.task_for(cast.window, step.pk, now=monday), lambda: None)


def test_the_public_figures(cast, monday, grow):
    _first, more = grow

    def count() -> None:
        sequence(now=monday)
        bring_up_to_date(now=monday)

    count()
    assert constant(lambda: figures(now=monday), lambda: (more(), count()))
    assert figures(now=monday).whole.filed.value


def test_a_page_asks_once_which_law_is_in_force(client, cast, monday, grow, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    client.force_login(cast.lin_yue.person.account)
    client.get("/cases")
    with CaptureQueriesContext(connection) as asked:
        client.get("/cases")
    assert sum('"in_force_from" <=' in query["sql"] for query in asked.captured_queries) == 1


def test_pages_of_cases_filed_at_one_moment_neither_skip_nor_repeat(cast, monday, grow):
    _first, more = grow
    more()
    seen: list[str] = []
    place = None
    while page := queries.cases_of(cast.lin_yue.person, now=monday, before=place, limit=2):
        seen += [row.number for row in page]
        place = page[-1].filed_at, page[-1].number
    assert len(seen) == len(set(seen)) == 1 + MORE


def test_pages_of_a_desk_end_with_the_steps_whose_clock_stands_still(cast, monday, grow):
    first, more = grow
    Task.objects.filter(case=first).update(due_on=None)
    more()
    seen: list[int] = []
    place = None
    while page := queries.desk(cast.window, now=monday, after=place, limit=2):
        seen += [row.id for row in page]
        place = page[-1].due_on, page[-1].id
    assert len(seen) == len(set(seen)) == 1 + MORE
    assert seen[-1] == first.tasks.get().pk


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a plan is told in each database's own words")
def test_a_desk_is_read_from_its_index_and_not_sorted(cast, monday):
    with CaptureQueriesContext(connection) as asked:
        queries.desk(cast.window, now=monday)
    (sql,) = (query["sql"] for query in asked.captured_queries if 'FROM "cases_task"' in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert "open_tasks_by_post" in plan
    assert "TEMP B-TREE" not in plan
