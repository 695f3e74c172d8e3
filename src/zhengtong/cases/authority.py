"""May this officer do this to this case now? The power is named in every act, or the act is refused with the reason."""

from collections.abc import Sequence
from datetime import datetime

from zhengtong.cases.errors import ConflictOfInterest, NoSuchPost, NotYourTask, ReasonsMissing, UnknownBasis
from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Case, Task
from zhengtong.charter.model import Power
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import require_power
from zhengtong.registry.queries import represents


def require(case: Case, *, by: Actor, act: str, now: datetime) -> Power:
    """The power for `act` in this case, or a refusal; nobody decides in a case of their own."""
    if by.person is not None and by.person.pk == case.applicant_id and not case.is_of_office:
        raise ConflictOfInterest
    charter = charter_of(case)
    return require_power(charter, by=by, act=act, procedure=case.procedure, region=case.region, on=day_of(now, charter))


def require_task(task: Task, *, by: Actor, now: datetime, act: str = "") -> Power:
    """The same for a step that is on the officer's own desk."""
    if task.post != by.post:
        raise NotYourTask
    return require(task.case, by=by, act=act or task.act, now=now)


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


def checked_reasons(case: Case, *, reasons: str, basis: Sequence[str], now: datetime) -> None:
    """An adverse decision carries reasons, and articles that are in force."""
    charter = charter_of(case)
    if not reasons.strip() or not basis:
        raise ReasonsMissing
    for ref in basis:
        if charter.article(ref, day_of(now, charter)) is None:
            raise UnknownBasis(basis=ref)


def checked_post(case: Case, post: str) -> str:
    """A post that exists in the charter."""
    organisation, _, name = post.partition("/")
    declared = charter_of(case).organisations.get(organisation)
    if declared is None or declared.post(name) is None:
        raise NoSuchPost(post=post)
    return post
