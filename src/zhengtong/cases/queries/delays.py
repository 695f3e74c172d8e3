"""The delays of notice, in words, for the second officer; and how many there were, for everybody."""

from dataclasses import dataclass
from datetime import date, datetime

from zhengtong.cases.authority import may
from zhengtong.cases.law import WITH_LAW, day_of, procedure_of
from zhengtong.cases.models import Case
from zhengtong.cases.rated import secret_from
from zhengtong.charter.charter import Charter
from zhengtong.charter.queries import in_force_at, one_law
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor
from zhengtong.people.wording import post_told
from zhengtong.registry import queries
from zhengtong.registry.models import Delay
from zhengtong.registry.queries import DelaysCounted


@dataclass(frozen=True)
class DelayTold:
    """One delay: for which case, until when, why, by whom and by what law."""

    delay: Delay
    case_name: Text
    officer: str
    post: Text
    reason: str
    basis: list[str]
    until: date
    confirmed: bool
    own: bool  # the reader proposed it


@one_law()
def delays_told(actor: Actor, *, now: datetime) -> list[DelayTold]:
    """What waits for this supervisor, and what is in force in their charge."""
    charter = in_force_at(now).charter
    found = queries.delays(on=day_of(now, charter))
    numbers = Case.objects.filter(number__in={each.case for each in found})
    known = list(numbers.select_related(*WITH_LAW, "about"))
    secret = secret_from(known, actor)
    cases = {each.number: each for each in known if each.pk not in secret}
    theirs = [each for each in found if each.case in cases and _supervised(cases[each.case], actor, now=now)]
    return [_told(charter, each, cases[each.case], actor) for each in theirs]


@one_law()
def delay_told(actor: Actor, case: Case, *, now: datetime) -> DelayTold | None:
    """The delay of one case, for whoever handles it."""
    delay = queries.delay_of(case.number)
    return None if delay is None else _told(in_force_at(now).charter, delay, case, actor)


@one_law()
def delays_counted(*, now: datetime) -> DelaysCounted | None:
    """For the public; nothing where the charter knows no delay."""
    charter = in_force_at(now).charter
    if charter.privacy is None or charter.privacy.delay is None:
        return None
    return queries.delays_counted(on=day_of(now, charter))


def _supervised(case: Case, actor: Actor, *, now: datetime) -> bool:
    answer = may(case, by=actor, act="supervise", now=now)
    return answer.allowed or bool(answer.against)


def _told(charter: Charter, delay: Delay, case: Case, actor: Actor) -> DelayTold:
    return DelayTold(
        delay=delay,
        case_name=procedure_of(case).name,
        officer=str(delay.proposed_by.name),
        post=post_told(charter, delay.proposed_post),
        reason=str(delay.reason),
        basis=list(delay.legal_basis),
        until=delay.until,
        confirmed=delay.state == Delay.State.CONFIRMED,
        own=actor.person is not None and delay.proposed_by_id == actor.person.pk,
    )
