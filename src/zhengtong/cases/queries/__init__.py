"""What may be seen of cases, by whom. Each function costs a constant number of queries."""

from zhengtong.cases.queries.case_view import CaseView, FactRow, HistoryRow, case_for, standing
from zhengtong.cases.queries.certificates import CertificateView, certificate
from zhengtong.cases.queries.desk import (
    OfferRow,
    ProposalRow,
    SupervisedRow,
    TaskRow,
    TaskView,
    cases_at,
    desk,
    offers,
    proposals,
    supervised,
    task_for,
)
from zhengtong.cases.queries.lists import CaseRow, cases_of, drafts_of

__all__ = [
    "CaseRow",
    "CaseView",
    "CertificateView",
    "FactRow",
    "HistoryRow",
    "OfferRow",
    "ProposalRow",
    "SupervisedRow",
    "TaskRow",
    "TaskView",
    "case_for",
    "cases_at",
    "cases_of",
    "certificate",
    "desk",
    "drafts_of",
    "offers",
    "proposals",
    "standing",
    "supervised",
    "task_for",
]
