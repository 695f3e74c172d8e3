"""Others whose interests a case touches are told of it, give their views, and are heard (see acts/hearings.py)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from zhengtong.cases import authority, kinds, letters
from zhengtong.cases.acts.hearings import require_notice
from zhengtong.cases.aside import keep_out
from zhengtong.cases.errors import NoReason
from zhengtong.cases.hearing_errors import NobodyToTell, NoSuchInterest
from zhengtong.cases.hearings import invitation
from zhengtong.cases.identifying import identified
from zhengtong.cases.interests import addressed, hearing_for_others, takes_views
from zhengtong.cases.law import calendar_on, charter_of, day_of
from zhengtong.cases.locks import locked, open_task
from zhengtong.cases.models import Hearing, Interest, Task
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import text
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor

NOT_HERE = text("本事项没有规定", "the charter gives others no hearing here")
DECIDED = text("本件已经决定", "it is decided")
THE_PARTY = text("是当事人本人", "it is the party")
MOST = 2000


@transaction.atomic
def tell_interested(
    *, task: Task, id_number: str, what: str, by: Actor, now: datetime, came_forward: bool = False
) -> Interest:
    """Whoever has a step of the case tells somebody of it, and of their right to a hearing; who was told stays told.

    An officer who is told is kept out of the case, and so is their kin in a post that has a step of it.
    NobodyToTell, NoReason; HearingTooSoon: the hearing has to be moved.
    """
    task = open_task(task.pk)
    power = authority.require_task(task, by=by, now=now)
    case, charter = task.case, charter_of(task.case)
    special = hearing_for_others(case)
    if special is None or special.interested is None:
        raise NobodyToTell(why=NOT_HERE)
    if case.accepted_at is None or case.is_decided:
        raise NobodyToTell(why=DECIDED)
    if not what.strip():
        raise NoReason
    person = identified(
        charter=in_force_at(now).charter, id_number=id_number, by=by, case=case.number, case_open=True, now=now
    )
    if authority.is_party(case, Actor(person), now=now):
        raise NobodyToTell(why=THE_PARTY)
    known = Interest.objects.filter(case=case, person=person).first()
    if known is not None:
        return known
    hearing = Hearing.objects.filter(case=case, held_at=None).exclude(at=None).first()
    if hearing is not None and hearing.at is not None:
        require_notice(case, hearing.at, special.notice, now=now)
    until = due_on(start=day_of(now, charter), limit=Limit.parse(special.interested), calendar=calendar_on(now))
    made = Interest.objects.create(
        case=case,
        person=person,
        what=what.strip()[:MOST],
        came_forward=came_forward,
        post=by.post,
        told_at=now,
        ask_until=until or day_of(now, charter),
    )
    record(
        kind=kinds.INTERESTED_TOLD,
        subject=case.number,
        person=str(person.handle),
        by=by,
        power=power,
        basis=special.legal_basis,
        particulars={"until": made.ask_until},
        now=now,
    )
    _write(made, hearing, now=now)
    keep_out(case, person, reason=made.what, now=now)
    return made


@transaction.atomic
def give_views(*, interest: Interest, views: str, by: Actor, now: datetime) -> Interest:
    """They say what they think, until it is decided; once more, and it replaces what they said."""
    case = locked(interest.case_id)
    made = Interest.objects.select_related("person").get(pk=interest.pk)
    if by.person is None or by.post or made.person_id != by.person.pk or not takes_views(case):
        raise NoSuchInterest
    if not views.strip():
        raise NoReason
    made.case, made.views, made.views_at = case, views.strip()[:MOST], now
    made.save(update_fields=["views", "views_at"])
    record(kind=kinds.VIEWS_GIVEN, subject=case.number, person=str(made.person.handle), by=by, now=now)
    return made


def _write(made: Interest, hearing: Hearing | None, *, now: datetime) -> None:
    case, to = made.case, made.person
    letters.write(
        case, "interested", now=now, to=to, interest_what=made.what, hearing_until=made.ask_until, **addressed(made)
    )
    if hearing is not None and hearing.at is not None:
        told: dict[str, Any] = invitation(hearing, now=now)
        letters.write(case, "hearing", now=now, to=to, **told, **addressed(made))
