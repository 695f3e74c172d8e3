"""Four eyes, where the charter says so: an act is proposed by one officer and waits for another to confirm it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhengtong.cases import kinds
from zhengtong.cases.drive import values
from zhengtong.cases.errors import AlreadyProposed
from zhengtong.cases.law import charter_of, day_of
from zhengtong.cases.models import Case, Certificate, Proposal, Task
from zhengtong.charter.model import FourEyes
from zhengtong.engines.rules import feel
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor


def demanded(case: Case, act: str, *, now: datetime) -> FourEyes | None:
    """The rule by which this act in this case needs a second officer; what its condition cannot know counts as true."""
    charter = charter_of(case)
    on = day_of(now, charter)
    for rule in charter.head.four_eyes:
        applies = rule.act == act and rule.in_force(on) and (not rule.matters or case.procedure in rule.matters)
        if applies and not (rule.when and feel.evaluate(rule.when, values(case)) is False):
            return rule
    return None


def propose(
    case: Case,
    rule: FourEyes,
    *,
    of: Task | Certificate,
    act: str,
    content: Mapping[str, Any],
    power: str,
    by: Actor,
    now: datetime,
) -> Proposal:
    """Write down what is proposed; nothing else changes. One at a time."""
    thing = {"task": of} if isinstance(of, Task) else {"certificate": of}
    if by.person is None or of.proposals.filter(status=Proposal.Status.OPEN).exists():
        raise AlreadyProposed
    proposal = Proposal.objects.create(
        case=case,
        act=act,
        content=dict(content),
        digest=digest_of(case),
        legal_basis=rule.legal_basis,
        proposed_by=by.person,
        proposed_in=by.post,
        proposed_at=now,
        **thing,
    )
    record(
        kind=kinds.PROPOSED,
        subject=case.number,
        by=by,
        power=power,
        basis=rule.legal_basis,
        reason=str(content.get("reasons", "")),
        particulars={"act": act, "content": dict(content)},
        now=now,
    )
    return proposal


def digest_of(case: Case) -> str:
    """Of everything that whoever confirms would look at: facts, papers, rules, decisions, certificates, waits."""
    root = case.parent or case
    seen = [
        [case.status, case.region, case.enactment.digest, case.facts, case.traces],
        sorted(each.sha256 for each in root.documents.all()),
        list(case.decisions.order_by("pk").values_list("pk", "outcome", "set_aside_by")),
        list(case.certificates.order_by("pk").values_list("number", "status")),
        list(case.stops.filter(to_at__isnull=True).order_by("pk").values_list("pk", flat=True)),
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
