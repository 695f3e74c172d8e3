"""A rating is secret from those whom it rates (好差评): who has no part in what follows one, and who reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from zhengtong.cases import kinds
from zhengtong.cases.authority import tells_of_rating
from zhengtong.cases.law import charter_of, day_of, office_of, procedure_of
from zhengtong.cases.models import Case, Task
from zhengtong.cases.work import PARTY
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Organisation
from zhengtong.charter.queries import in_force_at
from zhengtong.common.text import Text
from zhengtong.ledger import queries as ledger
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM
from zhengtong.people.decide import Question
from zhengtong.people.permissions import posts_with_power


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


def note(case: Case, *, now: datetime) -> None:
    """Record which offices stand aside, if any do."""
    if case.kept_from:
        told = {"offices": case.kept_from}
        record(kind=kinds.KEPT_FROM, subject=case.number, by=PROGRAM, particulars=told, now=now)


def served(case: Case) -> frozenset[str]:
    """The offices that a rating of the case rates: where a step of it was, or who took it in at a counter.

    Where no officer did anything, it is the office whose matter it is.
    """
    steps = Task.objects.filter(Q(case=case.pk) | Q(case__parent=case.pk)).exclude(post=PARTY)
    posts = set(steps.values_list("post", flat=True))
    posts |= set(ledger.of(case.number).filter(kind=kinds.FILED).values_list("actor_post", flat=True))
    found = {post.partition("/")[0] for post in posts if post}
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
