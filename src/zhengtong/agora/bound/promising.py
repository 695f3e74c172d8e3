"""What a promise can say: by which day, at which post, and what it carries into, of what there is."""

import re
from datetime import date, datetime

from django.db.models import QuerySet

from zhengtong.agora.bound.errors import NoSuchCarrier
from zhengtong.agora.bound.law import law_of, promised_by
from zhengtong.agora.models import Contribution
from zhengtong.agora.rounds import Round
from zhengtong.cases.law import WITH_LAW, calendar_on
from zhengtong.cases.models import Case
from zhengtong.charter.models import Enactment
from zhengtong.charter.queries import in_force_at
from zhengtong.engines.deadlines import Limit, due_on

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
NONE = ("", "")


def day_proposed(round_: Round, *, now: datetime) -> date | None:
    """The day that the charter proposes."""
    declared = round_.declared.promise
    return _after(round_, declared.within, now=now) if declared else None


def last_day(round_: Round, *, now: datetime) -> date:
    """The last day that may be promised; today where nothing may."""
    declared = round_.declared.promise
    return (_after(round_, declared.at_most, now=now) if declared else None) or round_.day(now)


def _after(round_: Round, limit: str, *, now: datetime) -> date | None:
    return due_on(start=round_.day(now), limit=Limit.parse(limit), calendar=calendar_on(now))


def keepers(round_: Round, *, now: datetime) -> list[str]:
    """The posts that may be given a promise: those with the power for its step; the supervisor where none is left."""
    if round_.declared.promise is None:
        return []
    law = law_of(round_, promised_by, now=now)
    return law.able or [law.holder("")]


def checked_carrier(into: tuple[str, str], *, now: datetime) -> tuple[str, str]:
    """What it carries into, if that is there: a service, a version of the charter, a vote on money or a project of one.

    NoSuchCarrier.
    """
    if into != NONE and not _is_there(*into, now=now):
        raise NoSuchCarrier
    return into


def _is_there(kind: str, name: str, *, now: datetime) -> bool:
    number, _, project = name.partition("#")
    match kind:
        case "service":
            found = in_force_at(now).charter.procedures.get(name)
            return found is not None and found.on_request
        case "charter":
            return _NUMBER.fullmatch(name) is not None and Enactment.objects.filter(number=int(name)).exists()
        case "round":
            return budgets(now=now).filter(number=name).exists()
        case "project":
            found_in = projects(now=now).filter(case__number=number)
            return _NUMBER.fullmatch(project) is not None and found_in.filter(number=int(project)).exists()
    return False


def budgets(*, now: datetime) -> QuerySet[Case]:
    """The votes on money, the newest first."""
    asked = in_force_at(now).charter.participation.values()
    kinds = [each.id for each in asked if any(phase.feature == "budget" for phase in each.phases)]
    return Case.objects.filter(procedure__in=kinds).select_related(*WITH_LAW).order_by("-filed_at", "-pk")


def projects(*, now: datetime) -> QuerySet[Contribution]:
    """What is voted on in them: shown, with a cost that the office has checked."""
    shown = Contribution.objects.filter(case__in=budgets(now=now).values("pk"), state=Contribution.State.SHOWN)
    return shown.filter(cost__isnull=False).select_related("case").order_by("-case__filed_at", "number")
