"""Which running cases go by an earlier version of their process, and what would become of each (程序从新)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from zhengtong.cases.law import WITH_LAW, charter_of, day_of
from zhengtong.cases.models import Case
from zhengtong.cases.moving import Plan, plan
from zhengtong.cases.rated import secret_from
from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.charter.queries import enacted, in_force_at, one_law
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor
from zhengtong.people.decide import Question, may_act
from zhengtong.people.permissions import grants_of

AT_ONCE = 100  # cases looked at on one page: whether one can finish from where it would be is proved for each


@dataclass(frozen=True)
class VersionRow:
    """How many running cases of a procedure go by a charter that has been followed by another."""

    procedure: str
    name: Text
    number: int
    since: date
    cases: int


@dataclass(frozen=True)
class Version:
    """The same with the cases; `redrawn` tells whether the process in force is drawn otherwise than this version's."""

    charter: Charter
    number: int
    since: date
    redrawn: bool
    plans: list[Plan]

    @property
    def moving(self) -> int:
        """How many of them have a place in the process in force."""
        return sum(each.moves for each in self.plans)


@one_law()
def older_versions(actor: Actor, *, now: datetime) -> list[VersionRow]:
    """What the supervisor's region has under way by earlier charters, the procedure with the most cases first."""
    counted = _running(actor, now=now).values_list("procedure", "enactment__number").annotate(cases=Count("pk"))
    found = [
        VersionRow(procedure, charter.listed(procedure).name, number, since, cases)
        for procedure, number, cases in counted.order_by("-cases", "procedure", "enactment__number")
        for charter, since in [_known(number)]
    ]
    return sorted(found, key=lambda each: -sum(row.cases for row in found if row.procedure == each.procedure))


@one_law()
def versions_of(actor: Actor, procedure: str, *, now: datetime, after: int = 0) -> tuple[list[Version], int]:
    """The cases of a procedure by version, the oldest first, and where the next page begins (0: there is none).

    Only those which the post has the power to supervise. Nothing is changed.
    """
    running = _running(actor, now=now).filter(procedure=procedure, pk__gt=after).order_by("pk")
    picked = list(running.select_related(*WITH_LAW, "about__enactment")[: AT_ONCE + 1])
    cases, more = picked[:AT_ONCE], len(picked) > AT_ONCE
    secret = secret_from(cases, actor)
    to = in_force_at(now).charter
    found = []
    for number in sorted({case.enactment.number for case in cases}):
        charter, since = _known(number)
        grants = grants_of(charter, actor.post, on=day_of(now, charter))
        ours = [case for case in cases if case.enactment.number == number and case.pk not in secret]
        own = [case for case in ours if _supervises(case, actor, grants, now=now)]
        plans = [plan(case, now=now) for case in own]
        found.append(Version(charter, number, since, _redrawn(charter, to, procedure), plans))
    return [each for each in found if each.plans], cases[-1].pk if more else 0


@one_law()
def supervised_cases(actor: Actor, procedure: str, numbers: Sequence[str], *, now: datetime) -> list[Case]:
    """Those of the numbers that are running cases of the procedure by an earlier charter, in the actor's region."""
    chosen = _running(actor, now=now).filter(procedure=procedure, number__in=numbers[:AT_ONCE])
    cases = list(chosen.select_related("enactment", "about__enactment").order_by("pk"))
    secret = secret_from(cases, actor)
    return [case for case in cases if case.pk not in secret]


def _running(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    to = in_force_at(now)
    region = to.charter.organisation_of(actor.post).region
    within = [code for code in to.charter.regions if to.charter.region_within(code, region)]
    older = Q(enactment__number__lt=to.enactment.number, region__in=within)
    return Case.objects.exclude(status=Case.Status.CLOSED).filter(older)


def _known(number: int) -> tuple[Charter, date]:
    found = enacted(number)
    return found.charter, found.enactment.in_force_from


def _redrawn(charter: Charter, to: Charter, procedure: str) -> bool:
    handled = {*to.procedures, *to.events}
    return procedure not in handled or charter.drawing(procedure) != to.drawing(procedure)


def _supervises(case: Case, actor: Actor, grants: Sequence[Grant], *, now: datetime) -> bool:
    """By the power alone. Whether the officer is kin to a party is asked when the case is moved."""
    on = day_of(now, charter_of(case))
    asked = Question(post=actor.post, act="supervise", matter=case.procedure, region=case.region, on=on)
    return may_act(asked, grants).allowed
