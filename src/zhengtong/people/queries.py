"""Who stands in for whom: the powers that were delegated, and who is absent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.common.text import Text
from zhengtong.people.models import Absence, Delegation, Holding, Person
from zhengtong.people.permissions import present
from zhengtong.people.wording import acts_told, post_title, post_told


@dataclass(frozen=True)
class DelegationTold:
    """One delegation in words."""

    delegation: Delegation
    from_post: Text
    to_post: Text
    power: Text
    acts: Text
    matters: list[Text]
    region: Text
    running: bool  # else it is still to come


@dataclass(frozen=True)
class AbsenceTold:
    """A post whose holder is not there, and who sits in it; `covered` is no while a colleague of the post is there."""

    absence: Absence
    post: Text
    deputy: Text
    running: bool
    covered: bool


@dataclass(frozen=True)
class SeatTold:
    """A post that somebody holds; `deputy` is empty where the charter names none."""

    post: str
    told: Text
    deputy: Text
    away: AbsenceTold | None


def delegations(charter: Charter, *, on: date, post: str = "") -> list[DelegationTold]:
    """Those that run or are still to come: all, or those that a post gave or was given."""
    found = _not_over(Delegation.objects.all(), on)
    if post:
        found = found.filter(Q(from_post=post) | Q(to_post=post))
    return [_delegation(charter, each, on) for each in found.order_by("from_on", "pk")]


def absences(charter: Charter, *, on: date, post: str = "") -> list[AbsenceTold]:
    """Those that run or are still to come: all, or those for which a post sits in."""
    found = _not_over(Absence.objects.all(), on)
    return _absences(charter, found.filter(deputy=post) if post else found, on)


def seats(charter: Charter, person: Person, *, on: date) -> list[SeatTold]:
    """The posts that a person holds, and whether they are there."""
    held = Holding.objects.on(on).filter(person=person).order_by("from_on", "post").values_list("post", flat=True)
    theirs = _absences(charter, _not_over(Absence.objects.filter(person=person), on), on)
    away = {each.absence.post: each for each in reversed(theirs)}
    posts = [post for post in dict.fromkeys(held) if post in charter.posts]
    return [SeatTold(post, post_told(charter, post), _deputy(charter, post), away.get(post)) for post in posts]


def holds_any(person: Person, *, on: date) -> bool:
    """Whether a person holds a post on the day, present or not."""
    return bool(Holding.objects.on(on).filter(person=person).exists())


def delegable(charter: Charter, post: str, *, on: date) -> list[Grant]:
    """What the post holds by the charter itself and a law in force lets it delegate."""
    held = (each for each in charter.grants.get(post, ()) if each.in_force(on))
    return [each for each in held if _law_in_force(charter, each.power, on)]


def _law_in_force(charter: Charter, power: str, on: date) -> bool:
    rule = charter.powers[power].delegation
    return rule is not None and all(charter.article(each, on) for each in rule.legal_basis)


def _not_over(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    return rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))


def _delegation(charter: Charter, given: Delegation, on: date) -> DelegationTold:
    power = charter.powers.get(given.power)
    region = charter.regions.get(given.region)
    return DelegationTold(
        delegation=given,
        from_post=_told(charter, given.from_post),
        to_post=_told(charter, given.to_post),
        power=power.name if power else Text(),
        acts=acts_told(given.acts),
        matters=[each.name for each in charter.all_listed() if each.id in given.matters],
        region=region.name if region else Text(),
        running=given.from_on <= on,
    )


def _absences(charter: Charter, rows: QuerySet[Any], on: date) -> list[AbsenceTold]:
    found = list(rows.order_by("from_on", "pk"))
    attended = set(present(on).filter(post__in=_posts(found)).values_list("post", flat=True)) if found else set()
    return [
        AbsenceTold(
            absence=each,
            post=_told(charter, each.post),
            deputy=_told(charter, each.deputy),
            running=each.from_on <= on,
            covered=each.post not in attended,
        )
        for each in found
    ]


def _posts(absences: Iterable[Absence]) -> set[str]:
    return {each.post for each in absences}


def _deputy(charter: Charter, post: str) -> Text:
    deputy = charter.post(post).deputy
    return post_told(charter, f"{post.partition('/')[0]}/{deputy}") if deputy else Text()


def _told(charter: Charter, post: str) -> Text:
    return post_told(charter, post) if post in charter.posts else post_title(charter, post)
