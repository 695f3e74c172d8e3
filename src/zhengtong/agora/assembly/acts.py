"""What is done in a meeting. `cases.acts.open_by_office` convenes it; its minutes end it, as a step of the chair."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from zhengtong.agora.assembly import kinds
from zhengtong.agora.assembly.decide import is_carried
from zhengtong.agora.assembly.errors import NoQuorum, NotAChoice, NotAMember, NotNow, NoWords
from zhengtong.agora.assembly.meetings import Meeting, of_case
from zhengtong.agora.assembly.models import Attendance, Motion, RollVote
from zhengtong.cases.authority import require, require_task
from zhengtong.cases.locks import open_case
from zhengtong.cases.models import Case, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person


@transaction.atomic
def put_motion(*, case: Case, title: str, text: str, by: Actor, now: datetime) -> Motion:
    """A member moves something while the agenda is open."""
    meeting, power, person = _member(case, "agenda", by=by, now=now)
    if not title.strip() or len(title) > 120 or not text.strip():
        raise NoWords
    last = meeting.case.motions.aggregate(last=Max("number"))["last"] or 0
    motion = Motion.objects.create(
        case=meeting.case,
        number=last + 1,
        title=title.strip(),
        text=text.strip()[:20_000],
        put_by=person,
        put_in=by.post,
        put_at=now,
    )
    told = {"motion": motion.number, "title": motion.title}
    record(kind=kinds.MOVED, subject=meeting.case.number, by=by, power=power, particulars=told, now=now)
    return motion


@transaction.atomic
def attend(*, case: Case, by: Actor, now: datetime) -> Attendance:
    """A member is there; saying it again changes nothing."""
    meeting, power, person = _member(case, "sitting", by=by, now=now)
    there, is_new = Attendance.objects.get_or_create(
        case=meeting.case, person=person, defaults={"post": by.post, "at": now}
    )
    if is_new:
        record(kind=kinds.ATTENDED, subject=meeting.case.number, by=by, power=power, now=now)
    return there


@transaction.atomic
def call_vote(*, case: Case, number: int, by: Actor, now: datetime) -> Motion:
    """The chair puts a motion to the vote, one at a time, if enough members are there."""
    meeting, power = _chair(case, by=by, now=now)
    motion = _motion(meeting, number)
    if motion.called_at is not None or meeting.case.motions.filter(called_at__isnull=False, closed_at=None).exists():
        raise NotNow
    _require_quorum(meeting, now=now)
    motion.called_at = now
    motion.save(update_fields=["called_at"])
    told = {"motion": number}
    record(kind=kinds.CALLED, subject=meeting.case.number, by=by, power=power, particulars=told, now=now)
    return motion


@transaction.atomic
def note_debate(*, case: Case, number: int, by: Actor, now: datetime) -> Motion:
    """The chair says that what has to be debated was, before enough members; what was said stands in the minutes."""
    meeting, power = _chair(case, by=by, now=now)
    motion = _motion(meeting, number)
    if not motion.only_debated or motion.debated_at is not None or motion.is_open:
        raise NotNow
    _require_quorum(meeting, now=now)
    motion.debated_at = now
    motion.save(update_fields=["debated_at"])
    told = {"motion": number}
    record(kind=kinds.DEBATED, subject=meeting.case.number, by=by, power=power, particulars=told, now=now)
    return motion


def _require_quorum(meeting: Meeting, *, now: datetime) -> None:
    if not meeting.is_quorate(now):
        there = meeting.case.attendances.count()
        raise NoQuorum(present=there, members=len(meeting.members(meeting.day(now))))


@transaction.atomic
def cast(*, case: Case, number: int, choice: str, by: Actor, now: datetime) -> RollVote:
    """A member who is there votes, by name; the last vote before the close counts."""
    meeting, power, person = _member(case, "sitting", by=by, now=now)
    motion = _motion(meeting, number)
    if not motion.is_open or not meeting.case.attendances.filter(person=person).exists():
        raise NotNow
    if choice not in RollVote.Choice.values:
        raise NotAChoice
    vote, _ = RollVote.objects.update_or_create(
        motion=motion, person=person, defaults={"choice": choice, "post": by.post, "at": now}
    )
    told = {"motion": number, "choice": choice}
    record(kind=kinds.VOTED, subject=meeting.case.number, by=by, power=power, particulars=told, now=now)
    return vote


@transaction.atomic
def close_vote(*, case: Case, number: int, by: Actor, now: datetime) -> Motion:
    """The chair closes the vote, and what came of it is on record."""
    meeting, power = _chair(case, by=by, now=now)
    motion = _motion(meeting, number)
    if not motion.is_open:
        raise NotNow
    choices = list(motion.votes.values_list("choice", flat=True))
    counted = {choice: choices.count(choice) for choice in RollVote.Choice.values}
    carried = is_carried(meeting.organ, yes=counted["yes"], no=counted["no"])
    motion.closed_at, motion.outcome = now, Motion.Outcome.CARRIED if carried else Motion.Outcome.LOST
    motion.save(update_fields=["closed_at", "outcome"])
    told = {"motion": number, "outcome": str(motion.outcome), **counted}
    record(kind=kinds.CLOSED, subject=meeting.case.number, by=by, power=power, particulars=told, now=now)
    return motion


def _member(case: Case, point: str, *, by: Actor, now: datetime) -> tuple[Meeting, str, Person]:
    """The meeting locked, the power to vote, and who it is; the chair is a member as well."""
    meeting = of_case(open_case(case.pk))
    if by.person is None or by.post not in meeting.posts:
        raise NotAMember
    power = require(meeting.case, by=by, act="vote", now=now)
    if meeting.at != point:
        raise NotNow
    return meeting, power, by.person


def _chair(case: Case, *, by: Actor, now: datetime) -> tuple[Meeting, str]:
    """The meeting locked, and the power of whoever has its sitting on the desk."""
    meeting = of_case(open_case(case.pk))
    task = meeting.case.tasks.filter(node=meeting.organ.sitting, status=Task.Status.OPEN).first()
    if task is None:
        raise NotNow
    task.case = meeting.case
    return meeting, require_task(task, by=by, now=now)


def _motion(meeting: Meeting, number: int) -> Motion:
    motion = meeting.case.motions.select_for_update().filter(number=number).first()
    if motion is None:
        raise NotNow
    return motion
