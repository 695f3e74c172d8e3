"""What a step is compared with writes what a step writes, and a step asks no more than it must."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import step
from bench.house import LIN_YUE
from zhengtong.cases.models import Case, Task
from zhengtong.ledger.models import Act
from zhengtong.people.models import Person


@pytest.fixture
def examined(cast, monday, monkeypatch):
    """A case of Lin Yue's that waits to be examined."""
    monkeypatch.setattr(step, "NOW", monday)
    monkeypatch.setattr(step, "_OFFICERS", {})
    assert Person.objects.get(id_number=LIN_YUE).pk == cast.lin_yue.person.pk
    return [step._examined(f"bench-{number}") for number in range(2)]


def written(take, pk: int) -> dict[str, int]:
    """How many rows of each kind a step adds."""
    before = {model: model.objects.count() for model in (Case, Task, Act)}
    take(pk)
    return {model.__name__: model.objects.count() - count for model, count in before.items()}


def test_a_step_and_the_bare_rows_write_the_same(examined):
    assert written(step._kernel, examined[0]) == written(step._bare, examined[1]) == {"Case": 0, "Task": 1, "Act": 2}


def test_a_step_asks_for_its_case_and_for_what_binds_the_officer_and_writes_five_rows(examined):
    step._kernel(examined[1])  # what is kept in memory, such as keys, is read once
    with CaptureQueriesContext(connection) as asked:
        step._kernel(examined[0])
    own = [each["sql"] for each in asked if "charter_enactment" not in each["sql"] or "cases_task" in each["sql"]]
    statements = [sql for sql in own if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    apart = 0 if connection.vendor == "postgresql" else 2  # what waits of an act is written along with it, or after it
    assert sum(not sql.startswith(("SELECT", "(SELECT")) for sql in statements) == 5 + apart
    assert len(statements) == 9 + apart
