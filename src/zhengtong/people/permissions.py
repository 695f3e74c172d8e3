"""Who may act: gathers what is known of a post and of who sits in it, and asks the one question (see decide.py)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from zhengtong.charter.charter import Charter
from zhengtong.charter.grants import Grant
from zhengtong.common.compiled import Compiled, Given
from zhengtong.common.session import Session
from zhengtong.common.text import Text
from zhengtong.people.actor import Actor
from zhengtong.people.decide import CONFLICTS, Against, Answer, Question, may_act
from zhengtong.people.errors import ConflictOfInterest, NoPower, NotTheHolder, Powerless
from zhengtong.people.models import Absence, Delegation, Holding, Person
from zhengtong.people.wording import competent_told, conflicts_told, explained, nearest_told, post_title, short_of

REACHING_NO_CASE = frozenset({"file", "enact", "rekey", "correct", "restrict"})


def posts_of(person: Person, *, on: date) -> list[str]:
    """The posts that `person` may sit in on the day: those held, then those whose holders are absent."""
    return list(seats_of(person, on=on))


def seat_of(person: Person, post: str, *, on: date) -> str | None:
    """How `person` sits in the post on the day: empty where it is theirs, `absence:<id>`, or None: not at all."""
    if SEATED.exists(person=person.pk, post=post, on=on):
        return ""
    return seats_of(person, on=on).get(post)


def seats_of(person: Person, *, on: date) -> dict[str, str]:
    """The same, each with `absence:<id>` where it is sat in for somebody else; who is absent sits nowhere."""
    held = Holding.objects.on(on).filter(person=person).order_by("from_on", "post").values_list("post", flat=True)
    posts = dict.fromkeys(held, "")
    if not posts:
        return {}
    away = set(Absence.objects.on(on).filter(person=person).values_list("post", flat=True))
    seats = {post: "" for post in posts if post not in away}
    for absence in Absence.objects.on(on).filter(deputy__in=seats).exclude(person=person).order_by("pk"):
        if absence.post not in posts and not _attended(absence.post, on):
            seats.setdefault(absence.post, f"absence:{absence.pk}")
    return seats


def present(on: date | Given) -> QuerySet[Holding]:
    """The posts that are held on the day by somebody who is not absent."""
    away = Absence.objects.on(on).filter(person=OuterRef("person"), post=OuterRef("post"))
    return Holding.objects.on(on).exclude(Exists(away))


SEATED = Compiled(lambda: present(Given("on")).filter(person=Given("person"), post=Given("post")))


def _attended(post: str, on: date) -> bool:
    """Whether any holder of the post is there."""
    return present(on).filter(post=post).exists()


def grants_of(charter: Charter, post: str, *, on: date) -> tuple[Grant, ...]:
    """What a post may do: by the charter, and by what other posts have delegated to it for that day."""
    delegated = Delegation.objects.on(on).filter(to_post=post).order_by("pk")
    return (*charter.grants.get(post, ()), *(grant for each in delegated for grant in _delegated(charter, each, on)))


def _grants_of_any_day(charter: Charter, post: str, on: date) -> tuple[Grant, ...]:
    """The same with the delegations that are over or still to come, so that a refusal can say so."""
    ever = Delegation.objects.filter(to_post=post).order_by("pk")
    return (*charter.grants.get(post, ()), *(grant for each in ever for grant in _delegated(charter, each, on)))


def session_in(charter: Charter, post: str, *, on: date) -> Session:
    """What the database lets a post reach beside the cases that its office has: the matters and regions of its powers.

    To take in applications reaches nothing yet, and what belongs to no case reaches none.
    """
    grants = [each for each in grants_of(charter, post, on=on) if _reaches(each, on)]
    matters = {matter for each in grants for matter in each.matters or ("*",)}
    return Session(
        kind="office",
        office=post.partition("/")[0],
        matters="*" if "*" in matters else ",".join(sorted(matters)),
        regions=",".join(sorted({code for each in grants for code in each.within})),
    )


def _reaches(grant: Grant, on: date) -> bool:
    return grant.in_force(on) and not grant.only_given and bool(grant.acts - REACHING_NO_CASE)


def all_grants(charter: Charter, *, on: date) -> list[Grant]:
    """What every post may do on that day, in the order of the charter; what was delegated comes last."""
    declared = [grant for grants in charter.grants.values() for grant in grants if grant.in_force(on)]
    delegations = Delegation.objects.on(on).order_by("pk")
    return [*declared, *(grant for each in delegations for grant in _delegated(charter, each, on))]


def _delegated(charter: Charter, delegation: Delegation, on: date) -> list[Grant]:
    """What the delegating post still has of it; nothing once it has lost the power."""
    return [
        replace(
            grant,
            post=delegation.to_post,
            acts=grant.acts & frozenset(delegation.acts),
            matters=frozenset(matter for matter in delegation.matters if grant.over(matter)),
            within=grant.within & frozenset(_below(charter, delegation.region)),
            region=delegation.region,
            from_on=delegation.from_on,
            to_on=delegation.to_on,
            via=f"delegation:{delegation.pk}",
        )
        for grant in charter.grants.get(delegation.from_post, ())
        if grant.power == delegation.power and grant.in_force(on)
    ]


def _below(charter: Charter, region: str) -> list[str]:
    return [code for code in charter.regions if charter.region_within(code, region)]


def acts_of(charter: Charter, post: str, *, on: date) -> frozenset[str]:
    """The acts that a post has in some matter somewhere: what its desk offers."""
    return frozenset(act for grant in grants_of(charter, post, on=on) if grant.in_force(on) for act in grant.acts)


def ask(
    charter: Charter,
    *,
    by: Actor,
    act: str,
    procedure: str,
    region: str,
    on: date,
    conflicts: frozenset[Against] = frozenset(),
    seated: bool = False,
) -> Answer:
    """May `by` do this act, in their post, in a case of `procedure` in `region`, on that day? With the reasons.

    `seated` is true where it is known that the post is their own today, and they are there (`SEATED`).
    """
    seat = "" if by.person is None or seated else seat_of(by.person, by.post, on=on)
    against = conflicts if seat is not None else conflicts | {Against.NOT_SEATED}
    asked = Question(post=by.post, act=act, matter=procedure, region=region, on=on, against=against)
    answer = may_act(asked, charter.grants.get(by.post, ()))
    if answer.grant is None:
        answer = may_act(asked, _grants_of_any_day(charter, by.post, on))
    if answer.grant and seat:
        return replace(answer, grant=replace(answer.grant, via=seat))
    return answer


def answer_for(
    charter: Charter, *, post: str, act: str, matter: str, region: str, on: date
) -> tuple[Answer, list[Text]]:
    """May the post, whoever sits in it; and the answer in sentences."""
    asked = Question(post=post, act=act, matter=matter, region=region, on=on)
    return told(charter, may_act(asked, _grants_of_any_day(charter, post, on)))


def told(charter: Charter, answer: Answer) -> tuple[Answer, list[Text]]:
    """An answer with its sentences, and with who may instead where it is no."""
    competent = [] if answer.grant else posts_with_power(charter, answer.question)
    return answer, explained(charter, answer, competent=competent)


def require(charter: Charter, answer: Answer) -> str:
    """What the act rests on, to be named in it; or the refusal, which says what the post lacks and who has it."""
    asked, against = answer.question, set(answer.against)
    if Against.NOT_SEATED in against:
        raise NotTheHolder(post=post_title(charter, asked.post))
    if against & CONFLICTS:
        raise ConflictOfInterest(why=conflicts_told(answer))
    if against:
        raise NoPower(
            post=post_title(charter, asked.post),
            short=short_of(answer),
            matter=charter.listed(asked.matter).name,
            region=charter.regions[asked.region].name,
            nearest=nearest_told(charter, answer),
            competent=competent_told(charter, posts_with_power(charter, asked)),
        )
    return answer.power


def require_power(charter: Charter, *, by: Actor, act: str, procedure: str, region: str, on: date) -> str:
    """Ask, and refuse where the answer is no."""
    return require(charter, ask(charter, by=by, act=act, procedure=procedure, region=region, on=on))


def require_any(charter: Charter, *, by: Actor, on: date) -> str:
    """The first power of the post, for what any post may do in answer to another; refused without a seat or a power."""
    if by.person is None or seat_of(by.person, by.post, on=on) is None:
        raise NotTheHolder(post=post_title(charter, by.post))
    held = [each for each in grants_of(charter, by.post, on=on) if each.in_force(on)]
    if not held:
        raise Powerless(post=post_title(charter, by.post))
    return held[0].reference


def posts_with_power(charter: Charter, asked: Question) -> list[str]:
    """Every post that may do the act by the charter itself, nearest organisations first."""
    found = [post for post in charter.grants if _may(replace(asked, post=post, against=frozenset()), charter)]
    return sorted(found, key=lambda ref: -len(charter.regions_above(charter.organisation_of(ref).region)))


def _may(asked: Question, charter: Charter) -> bool:
    grants: Sequence[Grant] = charter.grants[asked.post]
    return may_act(asked, grants).allowed
