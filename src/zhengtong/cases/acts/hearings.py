"""A hearing is asked for, arranged in time for everybody to prepare, and held."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.cases import authority, hearings, kinds, letters
from zhengtong.cases.drive import step
from zhengtong.cases.errors import NoReason, NoSuchCase
from zhengtong.cases.hearing_errors import HearingTooSoon, NoSuchHearing
from zhengtong.cases.interests import addressed
from zhengtong.cases.law import calendar_on, charter_of, day_of
from zhengtong.cases.locks import open_case, open_task
from zhengtong.cases.models import Case, Hearing, Interest, Task
from zhengtong.cases.work import special_procedure
from zhengtong.engines import process
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor


@transaction.atomic
def ask_for_hearing(*, case: Case, reason: str, by: Actor, now: datetime) -> Hearing:
    """The party asks to be heard before the decision, or somebody whose interests it touches, in their time;
    or an office that may hold hearings orders one.

    Raises `NoSuchHearing` where the procedure has none, it is too late, or one was asked for before.
    """
    case = open_case(case.pk)
    power = authority.require(case, by=by, act="hear", now=now) if by.post else ""
    by_others = not by.post and "ask-hearing" not in authority.allowed(case, by, now=now)
    if by_others:
        _require_interest(case, by, now=now)
    if not hearings.can_be_asked(case):
        raise NoSuchHearing
    if not reason.strip():
        raise NoReason
    hearing = Hearing.objects.create(
        case=case, by_office=bool(by.post), by_others=by_others, reason=reason.strip()[:2000], asked_at=now
    )
    special = special_procedure(case, "hearing")
    record(
        kind=kinds.HEARING_ASKED,
        subject=case.number,
        by=by,
        power=power,
        basis=special.legal_basis,
        reason=hearing.reason,
        now=now,
    )
    step(case, process.MessageArrived(hearings.MESSAGE), now=now)
    if not case.tasks.filter(act="hear", status=Task.Status.OPEN).exists():
        raise NoSuchHearing
    return hearing


@transaction.atomic
def arrange_hearing(*, task: Task, at: datetime, place: str, by: Actor, now: datetime, note: str = "") -> Hearing:
    """Say when and where, so long ahead as the law has it; saying it again moves the hearing."""
    task = open_task(task.pk)
    power = authority.require_task(task, by=by, act="hear", now=now)
    case, hearing = task.case, hearings.of_task(task, lock=True)
    special = special_procedure(case, "hearing")
    require_notice(case, at, special.notice, now=now)
    hearing.at, hearing.place, hearing.note, hearing.arranged_at = at, place, note, now
    hearing.save(update_fields=["at", "place", "note", "arranged_at"])
    record(
        kind=kinds.HEARING_ARRANGED,
        subject=case.number,
        by=by,
        power=power,
        basis=special.legal_basis,
        particulars={"at": at.isoformat(), "place": place},
        now=now,
    )
    told: dict[str, Any] = hearings.invitation(hearing, now=now)
    letters.write(case, "hearing", now=now, **told)
    for each in case.interests.select_related("person").order_by("pk"):
        letters.write(case, "hearing", now=now, to=each.person, **told, **addressed(each))
    return hearing


def _require_interest(case: Case, by: Actor, *, now: datetime) -> None:
    """Whoever was told of the case, and whose days to ask are not over; to all others it is not there."""
    theirs = Interest.objects.filter(case=case, person=by.person).first() if by.person else None
    if theirs is None:
        raise NoSuchCase
    if day_of(now, charter_of(case)) > theirs.ask_until:
        raise NoSuchHearing


def require_notice(case: Case, at: datetime, notice: str | None, *, now: datetime) -> None:
    """Everybody has the days between to prepare: seven working days by 行政许可法 48 and 行政处罚法 64."""
    charter = charter_of(case)
    today = day_of(now, charter)
    free = due_on(start=today, limit=Limit.parse(notice), calendar=calendar_on(now)) if notice else today
    if at <= now or (notice and (free is None or day_of(at, charter) <= free)):
        raise HearingTooSoon(after=str(free or today))
