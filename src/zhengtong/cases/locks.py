"""Whoever changes a case holds its lock; the whole of a joint case goes first, so that parts never wait in a ring."""

from zhengtong.cases.errors import CaseIsClosed, TaskIsOver
from zhengtong.cases.models import Case, Task
from zhengtong.common.session import PROGRAM, session_of


def locked(case_id: int) -> Case:
    """The case, fresh and locked until the transaction ends."""
    return _locked(case_id, Case.objects.filter(pk=case_id).values_list("parent_id", flat=True).first())


def _locked(case_id: int, parent_id: int | None) -> Case:
    if parent_id is not None:
        with session_of(PROGRAM):  # the whole may be beyond the reach of an office that has power over a part
            Case.objects.select_for_update().only("pk").get(pk=parent_id)
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("enactment", "applicant", "enterprise", "parent__enactment", "parent__applicant")
        .get(pk=case_id)
    )


def open_case(case_id: int) -> Case:
    """The same, refused if it is closed."""
    case = locked(case_id)
    if not case.is_open:
        raise CaseIsClosed
    return case


def open_task(task_id: int) -> Task:
    """An open task with its case locked; refused if it has ended meanwhile."""
    found = Task.objects.filter(pk=task_id).values_list("case_id", "case__parent_id").first()
    if found is None:
        raise TaskIsOver
    case = _locked(*found)
    task = Task.objects.get(pk=task_id)
    task.case = case
    if task.status != Task.Status.OPEN:
        raise TaskIsOver
    return task
