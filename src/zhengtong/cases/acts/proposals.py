"""The second officer: confirms what another has proposed, or rejects it; who proposed it may take it back."""

from datetime import datetime

from django.db import transaction

from zhengtong.cases import kinds
from zhengtong.cases.acts.ending import still_holds
from zhengtong.cases.acts.handling import end_in, take_away
from zhengtong.cases.authority import require
from zhengtong.cases.errors import NoReason, NotProposed, OneAndTheSame, ProposalIsStale
from zhengtong.cases.four_eyes import digest_of
from zhengtong.cases.locks import locked
from zhengtong.cases.models import Proposal, Task
from zhengtong.ledger.acts import record
from zhengtong.people.actor import Actor


@transaction.atomic
def confirm(*, proposal: Proposal, by: Actor, now: datetime) -> Proposal:
    """Let the proposed act be done, as it was proposed, if nothing that it rests on has changed meanwhile."""
    proposal = _open(proposal)
    power = _second(proposal, by, now=now)
    if digest_of(proposal.case) != proposal.digest or (proposal.task and proposal.task.status != Task.Status.OPEN):
        raise ProposalIsStale
    _answer(proposal, Proposal.Status.CONFIRMED, by, now=now)
    record(
        kind=kinds.CONFIRMED,
        subject=proposal.case.number,
        by=by,
        power=power,
        basis=proposal.legal_basis,
        particulars={"act": proposal.act, "proposed_by": str(proposal.proposed_by.handle)},
        now=now,
    )
    if proposal.task is not None:
        proposal.task.case = proposal.case
        still_holds(proposal.task, proposal.content, now=now)
        end_in(proposal.task, power=power, by=by, now=now, **proposal.content)
    elif proposal.certificate is not None:
        take_away(proposal.certificate, proposal.case, power=power, by=by, now=now, **proposal.content)
    return proposal


@transaction.atomic
def reject(*, proposal: Proposal, answer: str, by: Actor, now: datetime) -> Proposal:
    """Say no, and why; the step goes on where it is."""
    proposal = _open(proposal)
    power = _second(proposal, by, now=now)
    if not answer.strip():
        raise NoReason
    _answer(proposal, Proposal.Status.REJECTED, by, answer=answer, now=now)
    record(
        kind=kinds.PROPOSAL_REJECTED,
        subject=proposal.case.number,
        by=by,
        power=power,
        basis=proposal.legal_basis,
        reason=answer,
        particulars={"act": proposal.act},
        now=now,
    )
    return proposal


@transaction.atomic
def take_back(*, proposal: Proposal, by: Actor, now: datetime) -> Proposal:
    """Whoever proposed it thinks better of it."""
    proposal = _open(proposal)
    if by.person is None or by.person.pk != proposal.proposed_by_id:
        raise NotProposed
    power = require(proposal.case, by=by, act=proposal.act, now=now)
    _answer(proposal, Proposal.Status.WITHDRAWN, by, now=now)
    told = {"act": proposal.act}
    record(kind=kinds.PROPOSAL_WITHDRAWN, subject=proposal.case.number, by=by, power=power, particulars=told, now=now)
    return proposal


def _open(proposal: Proposal) -> Proposal:
    """Fresh, with its case locked."""
    case = locked(proposal.case_id)
    proposal = Proposal.objects.select_related("task", "certificate", "proposed_by").get(pk=proposal.pk)
    proposal.case = case
    if proposal.status != Proposal.Status.OPEN:
        raise NotProposed
    return proposal


def _second(proposal: Proposal, by: Actor, *, now: datetime) -> str:
    """Another person, whatever account or post they come in, with the power and without a conflict of interest."""
    if by.person is None or by.person.pk == proposal.proposed_by_id:
        raise OneAndTheSame
    return require(proposal.case, by=by, act=proposal.act, now=now)


def _answer(proposal: Proposal, status: str, by: Actor, *, now: datetime, answer: str = "") -> None:
    proposal.status, proposal.answer, proposal.answered_at = status, answer, now
    proposal.answered_by, proposal.answered_in = by.person, by.post
    proposal.save(update_fields=["status", "answer", "answered_at", "answered_by", "answered_in"])
