"""What a decision on appeal does to the case that it is about (行政复议法 arts. 63–65)."""

from datetime import datetime
from typing import Protocol

from zhengtong.cases import clock, closing, demands, kinds, reliance
from zhengtong.cases.law import WITH_LAW, charter_of, lead_post, procedure_of, today
from zhengtong.cases.models import Case, Decision
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM


class Begin(Protocol):
    def __call__(self, case: Case, *, now: datetime) -> None: ...


def set_aside(appeal: Case, *, now: datetime) -> None:
    """The contested decision falls, and the first case is granted in its place, unless only its office can do that."""
    first = _contested(appeal)
    demands.hold_grant(first)
    _annul(first, appeal, now=now)
    closing.decide(first, outcome="granted", way="appeal", basis=_basis(appeal), now=now)
    first.outcome = "granted"
    first.save(update_fields=["outcome"])


def remit(appeal: Case, *, now: datetime, begin: Begin) -> None:
    """The contested decision falls, and the office must decide anew: the case runs again from its acceptance."""
    first = _contested(appeal)
    _annul(first, appeal, now=now)
    first.status, first.outcome, first.closed_at = Case.Status.ACCEPTED, "", None
    first.accepted_at = now
    first.facts = {name: value for name, value in first.facts.items() if name not in {"decision", "acceptance"}}
    first.traces = []
    charter = charter_of(first)
    first.post = lead_post(charter, procedure_of(first), first.region, today(now))
    clock.begin(first, now=now)
    first.save()
    record(kind=kinds.REOPENED, subject=first.number, by=PROGRAM, now=now, particulars={"appeal": appeal.number})
    begin(first, now=now)


def _contested(appeal: Case) -> Case:
    if appeal.about_id is None:
        raise ValueError(f"{appeal.number} is about no case")
    return Case.objects.select_for_update(of=("self",)).select_related(*WITH_LAW).get(pk=appeal.about_id)


def _annul(first: Case, appeal: Case, *, now: datetime) -> None:
    """Mark the last decision as set aside; a certificate that rested on it falls too."""
    decision = first.decisions.filter(set_aside_at__isnull=True).order_by("-decided_at", "-pk").first()
    if decision is not None:
        decision.set_aside_by, decision.set_aside_at = appeal, now
        decision.save(update_fields=["set_aside_by", "set_aside_at"])
    closing.annul_certificates(first, now=now)
    reliance.mark(first, but=appeal, now=now)
    record(
        kind=kinds.SET_ASIDE,
        subject=first.number,
        by=PROGRAM,
        now=now,
        basis=_basis(appeal),
        particulars={"appeal": appeal.number},
    )


def _basis(appeal: Case) -> list[str]:
    last: Decision | None = appeal.decisions.order_by("-pk").first()
    return list(last.legal_basis) if last else list(procedure_of(appeal).legal_basis)
