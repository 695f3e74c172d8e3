"""A decision to be replayed, for its party, for an officer who has the case, or for whoever reviews it."""

from datetime import datetime

from zhengtong.cases.errors import NoSuchCase
from zhengtong.cases.looking import noted
from zhengtong.cases.models import Case, Decision
from zhengtong.cases.replay import Replay, replay
from zhengtong.charter.queries import one_law
from zhengtong.people.actor import Actor


@one_law()
def decision_to_replay(case: Case, pk: int, viewer: Actor, *, now: datetime) -> Replay:
    """A decision of a case that the viewer sees, of a part of it, or of the case that it is about; else `NoSuchCase`.

    An officer's look at the other case is kept.
    """
    decisions = Decision.objects.filter(pk=pk).select_related(
        "case__enactment", "case__applicant", "case__enterprise", "case__parent"
    )
    found = decisions.first()
    if found is None or not {found.case_id, found.case.parent_id} & {case.pk, case.about_id} - {None}:
        raise NoSuchCase
    if found.case_id != case.pk:
        noted(found.case, viewer, now=now)
    return replay(found)
