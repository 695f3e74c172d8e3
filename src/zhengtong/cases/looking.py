"""An officer who opens the personal facts of a case is a looker, too: it is kept, and shown to the person."""

from datetime import datetime

from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Case
from zhengtong.cases.representing import declared
from zhengtong.cases.restricting import law_though_restricted
from zhengtong.people.actor import Actor
from zhengtong.people.models import Person
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
    law, power = law_though_restricted(case, viewer, now=now), reaching_power(viewer, case, now=now)
    for whose, fields in ((case.applicant, sorted(case.facts)), *_representatives(case)):
        note_look(
            charter=charter_of(case),
            about=index_of_person(whose),
            fields=fields,
            power=power,
            by=viewer,
            case=case.number,
            case_open=case.is_open,
            now=now,
            though_restricted=law,
        )


def _representatives(case: Case) -> list[tuple[Person, list[str]]]:
    """Those who were named to speak for the others and are known here: what they are called is read with the case."""
    rule = declared(case)
    if rule is None:
        return []
    return [(each.person, [rule.question]) for each in case.representatives.select_related("person").order_by("pk")]
