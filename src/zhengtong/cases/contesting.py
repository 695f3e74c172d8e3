"""Who may contest a decision, by which procedure and until when: once, and on the party's own case."""

from datetime import datetime

from django.db.models import QuerySet

from zhengtong.cases.contest_errors import ContestedBefore
from zhengtong.cases.errors import NotContestable
from zhengtong.cases.law import calendar_on, day_of
from zhengtong.cases.models import Case
from zhengtong.cases.solved import UNANSWERED
from zhengtong.charter.charter import Charter
from zhengtong.charter.model import Procedure
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.people.models import Enterprise, Person


def contests(*cases: Case) -> QuerySet[Case]:
    """The cases about these that were taken in and not withdrawn: a decision is contested once by each procedure."""
    return Case.objects.filter(about__in=cases).exclude(outcome__in=UNANSWERED)


def require_contestable(
    charter: Charter,
    listed: Procedure,
    about: Case | None,
    person: Person,
    enterprise: Enterprise | None,
    *,
    now: datetime,
) -> None:
    """An appeal or review is about a case of the same party, decided (or closed) not too long ago, and asked for once.

    Raises NotContestable, ContestedBefore.
    """
    if about is None or not listed.can_be_about(about.procedure):
        raise NotContestable(procedure=listed.name)
    if about.applicant_id != person.pk and (enterprise is None or about.enterprise_id != enterprise.pk):
        raise NotContestable(procedure=listed.name)
    decision = about.decisions.filter(set_aside_at__isnull=True).order_by("-decided_at").first()
    since = decision.decided_at if decision else about.closed_at
    silent = since is None and about.statutory_on and day_of(now, charter) > about.statutory_on
    if since is None and not silent:  # an office that did not act in time can be contested as well (行政复议法 art. 11)
        raise NotContestable(procedure=listed.name)
    if since and listed.within:
        start = day_of(since, charter)
        last = due_on(start=start, limit=Limit.parse(listed.within), calendar=calendar_on(now))
        if last is not None and day_of(now, charter) > last:
            raise NotContestable(procedure=listed.name)
    begun = since or about.accepted_at or about.filed_at  # what was sent back to the office is accepted anew
    earlier = contests(about).filter(procedure=listed.id, filed_at__gte=begun).first()
    if earlier is not None:
        ground = charter.cite(listed.legal_basis[0])
        raise ContestedBefore(procedure=listed.name, number=earlier.number, ground=ground)
