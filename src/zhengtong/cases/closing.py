"""Decisions and what follows from them: letters, certificates, the end of the case."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from zhengtong.cases import aftermath, kinds, letters, reliance
from zhengtong.cases.contents import Content, wording
from zhengtong.cases.law import calendar_on, charter_of, day_of, office_of, procedure_of
from zhengtong.cases.models import Case, Certificate, Decision, Task
from zhengtong.cases.numbers import new_number
from zhengtong.cases.periods import after
from zhengtong.cases.wording import outcome_told, rule_sentences
from zhengtong.charter.model import LifeEvent, Procedure
from zhengtong.common.text import Text, text
from zhengtong.engines.deadlines import Limit, due_on
from zhengtong.ledger.acts import record
from zhengtong.people.actor import PROGRAM, Actor

WAYS = {
    "rule": text("依规则自动决定", "decided by the rules"),
    "silence": text("期限届满，视为决定", "deemed decided, since the limit has passed"),
    "commitment": text("依申请人承诺决定", "decided on the applicant's commitment"),
    "appeal": text("依复议决定", "decided on appeal"),
    "officer": text("经审查符合法定条件", "examined, and the conditions of the law are met"),
}


def is_adverse(listed: Procedure | LifeEvent, outcome: str) -> bool:
    """Whether the outcome burdens the party, so that it needs reasons, a basis and a way to contest it."""
    return outcome in (listed.adverse if isinstance(listed, Procedure) else ("refused", "rejected"))


def decide(
    case: Case,
    *,
    outcome: str,
    way: str,
    now: datetime,
    by: Actor = PROGRAM,
    task: Task | None = None,
    reasons: str = "",
    contents: Sequence[Content] = (),
    basis: Sequence[str] = (),
    power: str = "",
) -> Decision:
    """Write a decision down, with the rules that took part, and tell the party. Acts check power and reasons before."""
    listed = procedure_of(case)
    adverse = is_adverse(listed, outcome)
    decision = Decision.objects.create(
        case=case,
        task=task,
        outcome=outcome,
        adverse=adverse,
        contents=list(contents),
        reasons=reasons or ("" if contents else WAYS[way].in_(case.language)),
        legal_basis=list(basis) or list(listed.legal_basis),
        facts=case.facts,
        trace=case.traces,
        way=way,
        post=by.post,
        officer=by.person,
        decided_at=now,
        appeal_until=_appeal_until(case, now) if adverse else None,
    )
    case.due_on = case.statutory_on = None  # decided: whatever follows has clocks of its own
    record(
        kind=kinds.DECIDED,
        subject=case.number,
        by=by,
        power=power,
        basis=decision.legal_basis,
        reason=wording(decision.contents, decision.reasons, case.language),
        particulars={"outcome": outcome, "way": way, "contents": {each["name"]: each["said"] for each in contents}},
        now=now,
    )
    certificate = _certify(case, decision, now=now)
    _tell(case, decision, certificate, now=now)
    return decision


def _appeal_until(case: Case, now: datetime) -> date | None:
    charter = charter_of(case)
    appeal = appeal_of(case)
    if appeal is None or appeal.within is None:
        return None
    return due_on(start=day_of(now, charter), limit=Limit.parse(appeal.within), calendar=calendar_on(now))


def appeal_of(case: Case) -> Procedure | None:
    """The procedure by which a decision in this case is contested."""
    charter = charter_of(case)
    return charter.procedures.get(procedure_of(case).appeal or charter.head.appeal)


def _certify(case: Case, decision: Decision, *, now: datetime) -> Certificate | None:
    """A grant issues the certificate; a later refusal (a promise was not kept) takes it away."""
    listed = procedure_of(case)
    if decision.outcome == "granted" and isinstance(listed, Procedure) and listed.certificate:
        held = case.certificates.filter(status=Certificate.Status.VALID).first()
        return held or issue_certificate(case, now=now)
    if decision.adverse:
        annul_certificates(case, now=now)
    return None


def annul_certificates(case: Case, *, now: datetime) -> None:
    """The certificates of a case fall with the decision that they rest on; what rests on them is marked."""
    fallen = list(case.certificates.filter(status=Certificate.Status.VALID))
    for certificate in fallen:
        certificate.status, certificate.revoked_at = Certificate.Status.REVOKED, now
        certificate.save(update_fields=["status", "revoked_at"])
        particulars = {"certificate": certificate.number}
        record(kind=kinds.CERTIFICATE_REVOKED, subject=case.number, by=PROGRAM, now=now, particulars=particulars)
    if fallen:
        reliance.mark(case, now=now)


def _tell(case: Case, decision: Decision, certificate: Certificate | None, *, now: datetime) -> None:
    charter, told = charter_of(case), wording(decision.contents, decision.reasons, case.language)
    letters.write(
        case,
        _letter_for(case, decision),
        now=now,
        decision_outcome=outcome_told(procedure_of(case), decision.outcome),
        decision_reasons=told,
        decision_legal_basis=[charter.cite(each) for each in decision.legal_basis],
        decision_trace="\n".join(
            f"- {line}" for line in rule_sentences(case, decision.trace, case.language, otherwise=decision.adverse)
        ),
        answer_text=told,
        certificate_number=certificate.number if certificate else "",
        **(appeal_told(case, now=now) if decision.adverse else {}),
    )


def appeal_told(case: Case, *, now: datetime) -> dict[str, Any]:
    """Where, how and until when what is decided today is contested, for a letter; nothing where it cannot be."""
    appeal = appeal_of(case)
    if appeal is None:
        return {}
    told = {"name": appeal.name, "where": _appeal_office(case, appeal, now), "until": _appeal_until(case, now)}
    return {f"appeal_{name}": value for name, value in told.items()}


def _letter_for(case: Case, decision: Decision) -> str:
    listed = procedure_of(case)
    if decision.outcome in {"granted", "refused", "rejected"}:
        return decision.outcome
    if isinstance(listed, Procedure) and listed.nature == "appeal":
        return "appeal-decided"
    declared = listed.decisions if isinstance(listed, Procedure) else {}
    return "refused" if decision.adverse and decision.outcome not in declared else "answered"


def _appeal_office(case: Case, appeal: Procedure, now: datetime) -> Text:
    charter = charter_of(case)
    return office_of(charter, appeal, case.region, day_of(now, charter)).name


def close(case: Case, outcome: str, *, now: datetime) -> None:
    """The process has ended; the party is asked for a rating."""
    case.status, case.outcome, case.closed_at = Case.Status.CLOSED, outcome, now
    case.post = ""
    case.stopped, case.due_on, case.statutory_on = False, None, None
    record(kind=kinds.CLOSED, subject=case.number, by=PROGRAM, now=now, particulars={"outcome": outcome})
    if case.parent_id is None and procedure_of(case).on_request:
        letters.write(case, "rate", now=now)
    aftermath.closed(case, now=now)


def issue_certificate(case: Case, *, now: datetime) -> Certificate:
    """Issue the certificate that a grant brings. The worker makes and signs its PDF."""
    charter, listed = charter_of(case), procedure_of(case)
    declared = listed.certificate if isinstance(listed, Procedure) else None
    if declared is None:
        raise ValueError(f"{listed.id} issues no certificate")
    issued_on = day_of(now, charter)
    certificate = Certificate.objects.create(
        number=new_number(_prefix(charter.head.id, "C"), issued_on.year),
        case=case,
        procedure=case.procedure,
        holder=case.party.name,
        content={name: case.facts.get(name) for name in declared.fields}
        | {"office": office_of(charter, listed, case.region, issued_on).id},
        issued_at=now,
        valid_to=_valid_to(declared.validity, issued_on),
    )
    record(
        kind=kinds.CERTIFICATE_ISSUED,
        subject=case.number,
        by=PROGRAM,
        now=now,
        basis=list(listed.legal_basis),
        particulars={"certificate": certificate.number},
    )
    return certificate


def _prefix(charter_id: str, letter: str) -> str:
    return charter_id[:2].upper() + letter


def _valid_to(validity: str | None, issued_on: date) -> date | None:
    """The last day of validity: five years from 1 March end on the last day of February."""
    if validity is None:
        return None
    end = after(issued_on, validity)
    return end - timedelta(days=1) if Limit.parse(validity).unit == "months" else end


def verification_url(certificate: Certificate) -> str:
    """What the QR code on the certificate says."""
    return f"{settings.ZHENGTONG_URL}/verify/{certificate.number}"
