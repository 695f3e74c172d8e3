"""Among those who share a post, a step goes to whoever has its skill and the fewest open steps."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count

from zhengtong.cases import kinds
from zhengtong.cases.decide import Candidate, choose
from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Task
from zhengtong.common.compiled import Compiled, Given
from zhengtong.common.rows import update
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM
from zhengtong.people.models import Holding, Person
from zhengtong.people.permissions import present

HOLDERS = Compiled(lambda: present(Given("on")).filter(post=Given("post")).order_by("person"))


def give_to_somebody(task: Task, *, now: datetime, but: Collection[int] = ()) -> None:
    """Choose a holder of the task's post, if several share it; not the applicant, not `but`.

    A post with one seat needs no choice and costs no query. Kin stand aside by the rule of every act, and hand back.
    """
    charter = charter_of(task.case)
    if task.post not in charter.posts or charter.post(task.post).seats < 2:
        return
    held = HOLDERS.all(post=task.post, on=day_of(now, charter))
    if len(held) < 2:
        return
    candidates = _candidates(task, held)
    left = [each for each in candidates if each.person not in {*but, task.case.applicant_id}]
    node = charter.process(task.case.procedure).nodes.get(task.node)
    choice = choose(left, skill=node.task.skill if node and node.task else "")
    if choice is None:
        return
    task.officer, task.chosen_by = Person.objects.get(pk=choice.person), {"skill": choice.skill, "load": choice.load}
    update(task, "officer", "chosen_by")
    record(
        kind=kinds.TASK_ASSIGNED,
        subject=task.case.number,
        by=PROGRAM,
        particulars={"step": task.node, "to": task.officer.handle.hex, "skill": choice.skill, "load": choice.load},
        now=now,
    )


def _candidates(task: Task, held: Sequence[Holding]) -> list[Candidate]:
    mine = Task.objects.filter(status=Task.Status.OPEN, officer__in=[each.person_id for each in held])
    loads = dict(mine.exclude(pk=task.pk).values_list("officer").annotate(Count("pk")).order_by())
    return [
        Candidate(person=each.person_id, skills=frozenset(each.skills), load=loads.get(each.person_id, 0))
        for each in held
    ]
