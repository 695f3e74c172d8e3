"""May this officer do this to this case now? The power is named in every act, or the act is refused with the reason."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, get_args

from django.db.models import Q

from zhengtong.cases.errors import AboutThatOffice, NoSuchCase, NoSuchPost, NotYourTask, ReasonsMissing, UnknownBasis
from zhengtong.cases.hearings import require_apart
from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Case, Decision, Proposal, Recusal, Representative, Task
from zhengtong.cases.rated import is_rated
from zhengtong.cases.representing import accepted, declared
from zhengtong.cases.solved import follows_word
from zhengtong.charter.model import PartyAct
from zhengtong.common.compiled import Compiled, Given, Together
from zhengtong.people import permissions
from zhengtong.people.actor import Actor
from zhengtong.people.decide import Against, Answer, Question
from zhengtong.people.models import Person
from zhengtong.people.permissions import SEATED, ask
from zhengtong.registry.queries import MANDATES, represents, ties

STOOD_ASIDE = Compiled(
    lambda: Recusal.objects.filter(Q(case=Given("whole")) | Q(case__parent=Given("whole")), person=Given("person"))
)
SPEAKS = Compiled(
    lambda: Representative.objects.filter(
        case=Given("whole"), person=Given("person"), status=Representative.Status.ACCEPTED
    )
)
KNOWN = Together(seated=SEATED, aside=STOOD_ASIDE, mandated=MANDATES, speaks=SPEAKS)


def may(case: Case, *, by: Actor, act: str, now: datetime) -> Answer:
    """The one question about this case, with the reasons for the answer."""
    charter = charter_of(case)
    on = day_of(now, charter)
    asked: dict[str, Any] = {"by": by, "act": act, "procedure": case.procedure, "region": case.region, "on": on}
    if by.person is not None:
        known = _known(case, by.person, on=on, post=by.post)
        against = _conflicts(case, by.person, known, on=on)
        if case.keeps_out(by.post):
            against |= {Against.SPOKEN_OF}
        asked |= {"conflicts": against, "seated": known["seated"]}
    return ask(charter, **asked)


def require(case: Case, *, by: Actor, act: str, now: datetime) -> str:
    """The power for `act` in this case, or a refusal that says why not and who may."""
    return permissions.require(charter_of(case), may(case, by=by, act=act, now=now))


def require_task(task: Task, *, by: Actor, now: datetime, act: str = "") -> str:
    """The same for a step that is on the officer's own desk."""
    if task.post != by.post:
        raise NotYourTask
    if by.person is not None:
        require_apart(task, by.person.pk)
    return require(task.case, by=by, act=act or task.act, now=now)


def conflicts(case: Case, person: Person, *, on: date) -> frozenset[Against]:
    """What keeps this person away from the case (回避), whatever the post: a joint case is one with its parts."""
    return _conflicts(case, person, _known(case, person, on=on), on=on)


def _known(case: Case, person: Person, *, on: date, post: str = "") -> dict[str, bool]:
    """What one query knows of a person, in a post, and a case."""
    whole = case.parent_id or case.pk
    return KNOWN.ask(person=person.pk, post=post, on=on, whole=whole, enterprise=case.enterprise_id)


def _conflicts(case: Case, person: Person, known: Mapping[str, bool], *, on: date) -> frozenset[Against]:
    party = None if case.is_of_office else case.applicant
    told: dict[str, Any] = {"procedure": case.procedure, "on": on, "mandated": known["mandated"]}
    tied = ties(charter_of(case), person, to=party, enterprise=case.enterprise, **told)
    found = {Against.OWN_COMPANY} if tied.own_company else set()
    if (party and person.pk == party.pk) or known["speaks"]:
        found.add(Against.OWN_CASE)
    elif tied.kin:
        found.add(Against.KIN)
    if known["aside"]:
        found.add(Against.STOOD_ASIDE)
    if case.about_id and not follows_word(case) and _decided_before(case, person):
        found.add(Against.EARLIER_DECISION)
    if is_rated(case, person):
        found.add(Against.RATED)
    return frozenset(found)


def _decided_before(case: Case, person: Person) -> bool:
    """Whether the person decided what this case is about, or what that one was about, and so on."""
    about, seen = case.about, set[int]()
    while about is not None and about.pk not in seen:
        seen.add(about.pk)
        about = about.about
    theirs = Q(case__in=seen) | Q(case__parent__in=seen)
    decided = Decision.objects.filter(theirs, officer=person).exists()
    return decided or Proposal.objects.filter(theirs, proposed_by=person, status=Proposal.Status.CONFIRMED).exists()


def is_party(case: Case, by: Actor, *, now: datetime) -> bool:
    """Whether somebody, not in a post, is the applicant or may act for the enterprise whose case it is."""
    if by.person is None or by.post or case.is_of_office:
        return False
    if by.person.pk == case.applicant_id:
        return True
    charter = charter_of(case)
    return case.enterprise is not None and represents(
        charter, by.person, case.enterprise, procedure=case.procedure, on=day_of(now, charter)
    )


def allowed(case: Case, by: Actor, *, now: datetime) -> frozenset[str]:
    """What somebody in no post may do in the case: its party all, who represents many what the charter says."""
    if is_party(case, by, now=now):
        return frozenset(get_args(PartyAct))
    rule = declared(case)
    return frozenset(rule.may) if rule and accepted(case, by) else frozenset()


def sees(case: Case, by: Actor, *, now: datetime) -> bool:
    """Whether the case is there for somebody in no post."""
    return is_party(case, by, now=now) or accepted(case, by)


def require_party(case: Case, by: Actor, *, act: str, now: datetime) -> None:
    """To everybody who may not do this as its party, or in its name, the case is not there."""
    if act not in allowed(case, by, now=now):
        raise NoSuchCase


def checked_reasons(case: Case, *, reasons: str, basis: Sequence[str], now: datetime) -> None:
    """An adverse decision carries reasons, and articles that are in force."""
    charter = charter_of(case)
    if not reasons.strip() or not basis:
        raise ReasonsMissing
    for ref in basis:
        if charter.article(ref, day_of(now, charter)) is None:
            raise UnknownBasis(basis=ref)


def competent_posts(task: Task, *, now: datetime) -> list[str]:
    """The posts that have the power for a step by the charter, the nearest first."""
    charter, case = charter_of(task.case), task.case
    asked = Question(post=task.post, act=task.act, matter=case.procedure, region=case.region, on=day_of(now, charter))
    return permissions.posts_with_power(charter, asked)


def superior(case: Case, post: str, *, now: datetime) -> str:
    """The post above: who supervises in the office, else in the office above it, else the supervisor of all; passing
    over the offices that the case is about, while there is another.
    """
    charter = charter_of(case)
    on = day_of(now, charter)
    office = charter.organisations.get(post.partition("/")[0])
    while office is not None and office.in_force(on):
        for each in office.posts:
            ref = f"{office.id}/{each.id}"
            if each.supervises and each.in_force(on) and ref != post and not case.keeps_out(ref):
                return ref
        office = charter.organisations.get(office.parent or "")
    return charter.competent(charter.head.supervisor, case.region, on)


def checked_post(case: Case, post: str) -> str:
    """A post that exists in the charter, of an office that the case is not about."""
    charter = charter_of(case)
    if post not in charter.posts:
        raise NoSuchPost(post=post)
    if case.keeps_out(post):
        raise AboutThatOffice(office=charter.organisation_of(post).short)
    return post
