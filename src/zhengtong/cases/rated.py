"""A rating is secret from those whom it rates (好差评): who has no part in what follows one, and who reads it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Exists, OuterRef, Q

from zhengtong.cases import kinds
from zhengtong.cases.law import charter_of, day_of, office_of, procedure_of
from zhengtong.cases.models import PARTY, Case, Handover, Task
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Organisation
from zhengtong.charter.queries import in_force_at
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.common.text import Text
from zhengtong.ledger import queries as ledger
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor
from zhengtong.people.decide import Question
from zhengtong.people.models import Person
from zhengtong.people.permissions import posts_with_power

_OVERSEEN = (kinds.ASSIGNED, kinds.EXTENDED)  # by whoever supervises, who is not rated for it
_HAD = {kinds.TASK_OPENED: "post", kinds.PASSED_ON: "from", kinds.ASSIGNED: "to", kinds.HANDOVER_BY_SILENCE: "to"}


@dataclass(frozen=True)
class Readers:
    """The offices whose officers may read a rating, and those of them that it rates: nobody else could follow it up."""

    offices: list[Text]
    rated: list[Text]


def kept_from(charter: Charter, procedure: str, about: Case | None, *, region: str, on: date) -> list[str]:
    """The offices that a new case about another is kept from, since it follows a rating or a case that does.

    An office that alone could do a step of it is not: somebody has to follow a rating up.
    """
    if about is None:
        return []
    if getattr(charter.listed(procedure), "nature", "") == "rating":
        secret = served(about)
    else:
        secret = frozenset(about.kept_from if tells_of_rating(about) else ())
    return sorted(secret - _alone(charter, procedure, secret, region=region, on=on)) if secret else []


def is_secret_from(case: Case, by: Actor) -> bool:
    """Whether the case tells an officer how they, or others of their office, were rated. To them it is not there."""
    return case.pk in secret_from([case], by)


def secret_from(cases: Iterable[Case], by: Actor) -> set[int]:
    """Those of the cases, by their ids, that `is_secret_from` says it of; one query, however many they are."""
    about = [each for each in cases if each.about_id]
    if not by.post or by.person is None or not about:
        return set()
    kept = {each.pk for each in about if each.keeps_out(by.post) and tells_of_rating(each)}
    return kept | _rating(about, by.person)


def is_rated(case: Case, person: Person) -> bool:
    """Whether the case follows a rating of a case in which this person served: such a rating is not for their eyes."""
    return case.pk in _rating([case], person)


@session_of(PROGRAM_SESSION)
def _rating(cases: Iterable[Case], person: Person) -> set[int]:
    """Those of the cases that follow a rating of a case in which this person served: had a step, or acted in a post."""
    rated = {each.pk: each.about_id for each in cases if each.about_id and follows_rating(each)}
    if not rated:
        return set()
    acted = ledger.by_officer(Actor(person).handle).exclude(kind__in=_OVERSEEN)
    acted = acted.filter(subject=OuterRef("number"), at__lte=OuterRef("closed_at"))
    had = Q(tasks__officer=person) | Q(tasks__handovers__offered_by=person) | Q(Exists(acted))
    found = Case.objects.filter(Q(pk__in=rated.values()) | Q(parent__in=rated.values())).filter(had)
    theirs = {each for pair in found.values_list("pk", "parent") for each in pair}
    return {case for case, about in rated.items() if about in theirs}


def follows_rating(case: Case) -> bool:
    """Whether the case was opened by a rating of another."""
    return getattr(procedure_of(case), "nature", "") == "rating"


def tells_of_rating(case: Case) -> bool:
    """Whether it follows a rating, or is about a case that does."""
    return follows_rating(case) or (case.about is not None and tells_of_rating(case.about))


def note(case: Case, *, now: datetime) -> None:
    """Record which offices stand aside, if any do."""
    if case.kept_from:
        told = {"offices": case.kept_from}
        record(kind=kinds.KEPT_FROM, subject=case.number, by=PROGRAM, particulars=told, now=now)


def served(case: Case) -> frozenset[str]:
    """The offices that a rating of the case rates: whoever had a step of it, for however short a time, or did anything
    in it until it was closed, such as taking it in at a counter; not who only supervised them.

    Where no officer did anything, it is the office whose matter it is.
    """
    within = Q(case=case.pk) | Q(case__parent=case.pk)
    posts = set(Task.objects.filter(within).values_list("post", flat=True))
    posts |= set(Handover.objects.filter(within).values_list("from_post", flat=True))
    numbers = [case.number, *case.parts.values_list("number", flat=True)]
    for act in ledger.together(numbers).filter(at__lte=case.closed_at or datetime.max.replace(tzinfo=UTC)):
        did = "" if act.kind in _OVERSEEN else act.actor_post
        posts |= {did, str((act.particulars or {}).get(_HAD.get(act.kind, ""), ""))}
    found = {post.partition("/")[0] for post in posts if post not in {"", PARTY}}
    return frozenset(found or {_responsible(case).id})


def readers(case: Case, *, now: datetime) -> Readers:
    """Who would read a bad rating of this case, by the charter in force."""
    charter = in_force_at(now).charter
    on, procedure = day_of(now, charter), charter.head.bad_rating
    kept = kept_from(charter, procedure, case, region=case.region, on=on)
    able = {
        each.post.partition("/")[0]
        for grants in charter.grants.values()
        for each in grants
        if not each.only_given and each.acts - {"file"} and each.over(procedure)
        if case.region in each.within and each.in_force(on)
    }
    rated = served(case)
    shown = [charter.organisations[each] for each in sorted(able - set(kept))]
    return Readers([each.name for each in shown], [each.name for each in shown if each.id in rated])


def _alone(charter: Charter, procedure: str, secret: Collection[str], *, region: str, on: date) -> set[str]:
    """Those of the offices without which a step would be nobody's."""
    found = set[str]()
    for node in charter.process(procedure).nodes.values():
        if node.task is None or node.task.post == PARTY:
            continue
        asked = Question(post="", act=node.task.act, matter=procedure, region=region, on=on)
        able = {post.partition("/")[0] for post in posts_with_power(charter, asked)}
        found |= able if able <= set(secret) else set()
    return found


def _responsible(case: Case) -> Organisation:
    charter = charter_of(case)
    return office_of(charter, procedure_of(case), case.region, day_of(case.filed_at, charter))
