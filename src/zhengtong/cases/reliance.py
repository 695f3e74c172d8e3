"""What rests on a decision is found when that falls, and marked; nobody has to remember it.

A case rests on another where a certificate of that one spared a document or is named in an answer, where a step of the
same joint case did, and where it is about it. What was done on the ground of an act that has fallen does not fall by
itself (who holds it may have relied on it in good faith, 行政许可法 art. 8): the post that answers for it looks at it.
"""

import re
from datetime import datetime
from typing import Any

from django.db.models import Q

from zhengtong.cases import kinds
from zhengtong.cases.law import charter_of, day_of, lead_post, procedure_of
from zhengtong.cases.models import Case, Certificate, Reliance
from zhengtong.charter.model import Procedure
from zhengtong.common.session import PROGRAM as PROGRAM_SESSION
from zhengtong.common.session import session_of
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM

DECIDING, PARTY = ("decide", "answer", "review"), "party"
NUMBER = re.compile(r"[A-Z]{2}C-\d{4}(?:-[0-9A-Z]{4}){3}-[0-9A-Z]{2}")


def note(case: Case, *, now: datetime) -> None:
    """At filing: the certificates that spare a document (by procedure), and those that the answers name."""
    materials = charter_of(case).materials(case.procedure)
    spared = [each.material.exemption for each in materials if each.supplied_by == "certificate"]
    procedures = sorted({each.certificate for each in spared if each and each.certificate})
    numbers = sorted(set(NUMBER.findall(_texts(case.facts))))
    if not procedures and not numbers:
        return
    theirs = Q(case__enterprise=case.enterprise) if case.enterprise_id else Q(case__applicant=case.applicant)
    wanted = Q(number__in=numbers) | theirs & Q(procedure__in=procedures)
    found = Certificate.objects.filter(wanted, status=Certificate.Status.VALID).exclude(case=case)
    on = set(found.values_list("case_id", flat=True))
    Reliance.objects.bulk_create([Reliance(case=case, on_id=each, since=now) for each in sorted(on)])


def _texts(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_texts(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(map(_texts, value))
    return value if isinstance(value, str) else ""


@session_of(PROGRAM_SESSION)
def mark(fallen: Case, *, but: Case | None = None, now: datetime) -> list[Reliance]:
    """A decision of `fallen` was overturned, or its certificate revoked: mark what rests on it, and tell its post.

    `but` is the case that overturned it. What is marked already is not marked twice.
    """
    for case in _resting(fallen, but):
        Reliance.objects.get_or_create(case=case, on=fallen, defaults={"since": now})
    resting = Reliance.objects.filter(on=fallen, overturned_at__isnull=True)
    marked = list(resting.select_related("case__enactment").order_by("pk"))
    for each in marked:
        each.overturned_at, each.post = now, _post_for(each.case, now)
        each.save(update_fields=["overturned_at", "post"])
        told = {"on": fallen.number, "post": each.post}
        record(kind=kinds.RESTS_ON_OVERTURNED, subject=each.case.number, by=PROGRAM, now=now, particulars=told)
    return marked


def _resting(fallen: Case, but: Case | None) -> list[Case]:
    """The steps of the same joint case that take its result for a document, and the decided cases about it."""
    decided = fallen.contested_by.filter(decisions__isnull=False).distinct()
    found = [each for each in decided if each != but]
    siblings = fallen.parent.parts.exclude(pk=fallen.pk).filter(decisions__isnull=False) if fallen.parent else ()
    for each in siblings.select_related("enactment").distinct() if siblings else ():
        listed = procedure_of(each)
        materials = listed.materials if isinstance(listed, Procedure) else []
        if any(material.exemption and material.exemption.step == fallen.procedure for material in materials):
            found.append(each)
    return found


def _post_for(case: Case, now: datetime) -> str:
    """The post that has it; of a closed case the one that decided it last, else one that decides in its procedure."""
    decided = case.decisions.exclude(post="").order_by("-pk").values_list("post", flat=True).first()
    return case.post or decided or _deciding(case, now)


def _deciding(case: Case, now: datetime) -> str:
    charter = charter_of(case)
    on = day_of(now, charter)
    for node in charter.process(case.procedure).nodes.values():
        if node.task and node.task.act in DECIDING and node.task.post != PARTY:
            return charter.competent(node.task.post, case.region, on)
    return lead_post(charter, procedure_of(case), case.region, on)
