"""An officer who opens the personal facts of a case is a looker, too: it is kept, and shown to the person."""

from datetime import datetime

from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Case
from zhengtong.cases.restricting import law_though_restricted
from zhengtong.people.actor import Actor
from zhengtong.people.permissions import grants_of
from zhengtong.registry.acts import note_look
from zhengtong.registry.subjects import index_of_person


def reaching_power(viewer: Actor, case: Case, *, now: datetime) -> str:
    """The power by which a post may see a case that is not on its desk; empty without one."""
    charter = charter_of(case)
    on = day_of(now, charter)
    for grant in grants_of(charter, viewer.post, on=on):
        reaches = grant.in_force(on) and not grant.only_given and grant.acts - {"file"}
        if reaches and grant.over(case.procedure) and case.region in grant.within:
            return grant.reference
    return ""


def noted(case: Case, viewer: Actor, *, now: datetime) -> None:
    """Keep that an officer has opened the case; CaseIsStoredOnly where nobody may.

    A party who looks at their own case is no looker; a case that an office opened of its own motion is nobody's data.
    """
    if not viewer.post or viewer.person is None or case.is_of_office:
        return
    note_look(
        charter=charter_of(case),
        about=index_of_person(case.applicant),
        fields=sorted(case.facts),
        power=reaching_power(viewer, case, now=now),
        by=viewer,
        case=case.number,
        case_open=case.is_open,
        now=now,
        though_restricted=law_though_restricted(case, viewer, now=now),
    )
