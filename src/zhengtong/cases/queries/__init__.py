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
from zhengtong.cases.queries.fallen import FallenRow, fallen
from zhengtong.cases.queries.lists import CaseRow, cases_of, drafts_of
from zhengtong.cases.queries.replays import decision_to_replay
from zhengtong.cases.queries.versions import Version, VersionRow, older_versions, supervised_cases, versions_of
from zhengtong.cases.rated import readers as readers_of_rating

__all__ = [
    "CaseRow",
    "CaseView",
    "CertificateView",
    "FactRow",
    "FallenRow",
    "HistoryRow",
    "OfferRow",
    "ProposalRow",
    "SupervisedRow",
    "TaskRow",
    "TaskView",
    "Version",
    "VersionRow",
    "case_for",
    "cases_at",
    "cases_of",
    "certificate",
    "decision_to_replay",
    "desk",
    "drafts_of",
    "fallen",
    "offers",
    "older_versions",
    "proposals",
    "readers_of_rating",
    "standing",
    "supervised",
    "supervised_cases",
    "task_for",
    "versions_of",
]
