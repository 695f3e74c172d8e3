"""A list costs the same number of queries with one row and with six, and its pages neither skip nor repeat."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.restaurant import apply, part
from zhengtong.cases import acts, queries
from zhengtong.cases.models import Case, Task
from zhengtong.observatory.queries import figures
from zhengtong.observatory.rollup import catch_up

MORE = 5


def cost(ask: Callable[[], object]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection, ) as asked:
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
    first, more = grow
    catch_up(now=monday)

    def counted() -> None:
        more()
        catch_up(now=monday)

    assert constant(lambda: figures(now=monday), counted)


def test_a_page_asks_once_which_law_is_in_force(client, cast, monday, grow, settings):
    settings.ZHENGTONG_CLOCK = monday.isoformat()
    client.force_login(cast.lin_yue.person.account)
    client.get("/cases")
    with CaptureQueriesContext(connection) as asked:
        client.get("/cases")
    assert sum('FROM "charter_enactment"' in query["sql"] for query in asked.captured_queries) == 1


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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is told in SQLite's words")
def test_the_desk_is_read_from_an_index(cast, monday):
    with CaptureQueriesContext(connection) as asked:
        queries.desk(cast.window, now=monday)
    sql = next(query["sql"] for query in asked.captured_queries if "cases_task" in query["sql"])
    tasks = Task.objects.filter(post="a", status="open")
    assert sql
    plan = tasks.explain()
    assert "open_tasks_by_post" in plan
