"""A step of a case from which somebody stands aside (回避) goes on: to a colleague, else to another post that may, else
up. Nobody whom the case concerns gets it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from zhengtong.cases import kinds
from zhengtong.cases.assignment import HOLDERS, give_to_somebody
from zhengtong.cases.authority import competent_posts, conflicts, superior
from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Case, Ground, Handover, Recusal, Task
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM
from zhengtong.people.models import Holding, Person
from zhengtong.registry.queries import kin
from zhengtong.registry.subjects import index_of_person


@session_of(PROGRAM_SESSION)
def exclude(case: Case, person: Person, *, ground: str, reason: str, now: datetime) -> Recusal:
    """Keep somebody out of a whole case; their open steps go on with others."""
    found, _new = Recusal.objects.get_or_create(
        case=case, person=person, defaults={"ground": ground, "reason": reason, "at": now}
    )
    cases = [case, *case.parts.all()]
    Case.objects.filter(pk__in=[each.pk for each in cases]).update(stood_aside=True)
    open_steps = Task.objects.select_related("case__enactment", "case__applicant", "case__enterprise", "case__parent")
    for task in open_steps.filter(case__in=cases, status=Task.Status.OPEN).exclude(post="party").order_by("pk"):
        if give_to_another(task, now=now):
            _answerable(task.case)
    return found


def keep_out(case: Case, person: Person, *, reason: str, now: datetime) -> None:
    """Whom a case concerns has no part in handling it, if they hold a post, and neither have their kin."""
    whole = case.parent or case
    if Holding.objects.filter(person=person).exists():
        exclude(whole, person, ground=Ground.INTEREST, reason=reason, now=now)
    for officer in kin_in(case, person, now=now):
        exclude(whole, officer, ground=Ground.KIN, reason=reason, now=now)


@session_of(PROGRAM_SESSION)
def keep_from(case: Case, offices: Iterable[str], *, reason: str, now: datetime) -> None:
    """Keep whole offices out of a case that is about them; what lies on their desks goes on at others."""
    case.kept_from = sorted({*case.kept_from, *offices})
    case.save(update_fields=["kept_from"])
    told = {"offices": case.kept_from}
    record(kind=kinds.KEPT_FROM, subject=case.number, by=PROGRAM, reason=reason, particulars=told, now=now)
    for task in case.tasks.filter(status=Task.Status.OPEN).exclude(post="party").order_by("pk"):
        task.case = case
        if give_to_another(task, now=now):
            _answerable(case)


def kin_in(case: Case, person: Person, *, now: datetime) -> list[Person]:
    """Who holds a post that has a step of the case, and is kin of a person, as the registers say."""
    charter = charter_of(case)
    running = Q(case=case.parent_id or case.pk) | Q(case__parent=case.parent_id or case.pk)
    posts = Task.objects.filter(running, status=Task.Status.OPEN).values("post")
    held = Holding.objects.on(day_of(now, charter)).filter(post__in=posts).select_related("person")
    told = index_of_person(person)
    return [each.person for each in held.order_by("pk") if kin(charter, each.person, [told])]


def _answerable(case: Case) -> None:
    """The post of its first open step, as always (see work.py)."""
    first = case.tasks.filter(status=Task.Status.OPEN).exclude(post="party").order_by("pk").first()
    if first is not None and case.is_open:
        Case.objects.filter(pk=case.pk).update(post=first.post)


def give_to_another(task: Task, *, now: datetime) -> bool:
    """Whoever has the step is concerned: a colleague gets it. All of the post are: another post, and true."""
    if task.case.keeps_out(task.post):
        _pass_on(task, now=now)
        return True
    held = _held(task, task.post, now)
    free = [each for each in held if not _concerned(task, each.person, now)]
    if task.officer and _concerned(task, task.officer, now):
        task.officer, task.chosen_by = None, None
        task.save(update_fields=["officer", "chosen_by"])
        give_to_somebody(task, now=now, but=[each.person_id for each in held if each not in free])
    if not held or free:
        return False
    _pass_on(task, now=now)
    return True


def _pass_on(task: Task, *, now: datetime) -> None:
    """To the nearest post that may and has somebody who is not concerned; the same office first. Where a whole office
    is kept away, better to a post whose holder is not there today than to one that may not.
    """
    office = task.post.partition("/")[0]
    able = sorted(competent_posts(task, now=now), key=lambda post: post.partition("/")[0] != office)
    able = [post for post in able if post != task.post and not task.case.keeps_out(post)]
    others = [post for post in able if _has_somebody(task, post, now)]
    if task.case.kept_from and not others:
        others = [post for post in able if not _held(task, post, now)]
    task.handovers.filter(status=Handover.Status.OFFERED).update(status=Handover.Status.LAPSED, answered_at=now)
    told = {"step": task.node, "from": task.post}
    task.post = next(iter(others), None) or superior(task.case, task.post, now=now)
    task.officer, task.chosen_by = None, None
    task.save(update_fields=["post", "officer", "chosen_by"])
    record(
        kind=kinds.PASSED_ON,
        subject=task.case.number,
        by=PROGRAM,
        particulars=told | {"to": task.post},
        now=now,
    )
    give_to_somebody(task, now=now)


def _has_somebody(task: Task, post: str, now: datetime) -> bool:
    if task.case.keeps_out(post):
        return False
    return any(not _concerned(task, each.person, now) for each in _held(task, post, now))


def _held(task: Task, post: str, now: datetime) -> Sequence[Holding]:
    """By those who are there; while nobody is, a deputy sits in, whom every act asks for conflicts."""
    return HOLDERS.all(post=post, on=day_of(now, charter_of(task.case)))


def _concerned(task: Task, person: Person, now: datetime) -> bool:
    return bool(conflicts(task.case, person, on=day_of(now, charter_of(task.case))))
