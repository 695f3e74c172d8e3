"""Whoever changes a case holds its lock; the whole of a joint case goes first, so that parts never wait in a ring."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhengtong.cases.errors import CaseIsClosed, TaskIsOver
from zhengtong.cases.law import WITH_LAW
from zhengtong.cases.models import Case, Task
from zhengtong.common.compiled import Compiled, Given
from zhengtong.common.session import PROGRAM, session_of

WITH_PARENT = (*WITH_LAW, "parent__enactment", "parent__applicant")


def locked(case_id: int) -> Case:
    """The case, fresh and locked until the transaction ends."""
    return _locked(case_id, Case.objects.filter(pk=case_id).values_list("parent_id", flat=True).first())


def _locked(case_id: int, parent_id: int | None) -> Case:
    if parent_id is not None:
        _lock_whole(parent_id)
    return Case.objects.select_for_update(of=("self",)).select_related(*WITH_PARENT).get(pk=case_id)


def _lock_whole(parent_id: int) -> None:
    with session_of(PROGRAM):  # the whole may be beyond the reach of an office that has power over a part
        Case.objects.select_for_update().only("pk").get(pk=parent_id)


def open_case(case_id: int) -> Case:
    """The same, refused if it is closed."""
    case = locked(case_id)
    if not case.is_open:
        raise CaseIsClosed
    return case


def open_task(task_id: int) -> Task:
    """An open task with its case locked; refused if it has ended meanwhile. One query, unless the case is a part."""
    found = _ALONE.first(task=task_id) or _of_part(task_id)
    if found is None or found.status != Task.Status.OPEN:
        raise TaskIsOver
    return found


def _of_part(task_id: int) -> Task | None:
    """A task of a part of a joint case: the whole is locked before."""
    whole = Task.objects.filter(pk=task_id).values_list("case__parent_id", flat=True).first()
    if whole is None:
        return None
    _lock_whole(whole)
    return _IN_PART.first(task=task_id)


def _locking(related: Iterable[str]) -> QuerySet[Task]:
    """The case first, as everywhere; the task as well, so that it is seen as it is after a wait for the case."""
    tasks = Task.objects.select_related("case", *(f"case__{each}" for each in related))
    return tasks.select_for_update(of=("case", "self")).filter(pk=Given("task"))


_ALONE = Compiled(lambda: _locking(WITH_LAW).filter(case__parent=None))
_IN_PART = Compiled(lambda: _locking(WITH_PARENT))
