"""The state of every case. Acts alone change it (see cases/acts)."""

from zhengtong.cases.models.case import PARTY, Case, Draft, Stop, Task, Timer, urgency
from zhengtong.cases.models.interest import Interest
from zhengtong.cases.models.papers import Certificate, Decision, Document, Letter
from zhengtong.cases.models.proposal import Proposal
from zhengtong.cases.models.recusal import Ground, Recusal, RecusalRequest
from zhengtong.cases.models.reliance import Reliance
from zhengtong.cases.models.representative import Representative
from zhengtong.cases.models.retention import Sweep
from zhengtong.cases.models.work import (
    PASSES_ALLOWED,
    Extension,
    Handover,
    Hearing,
    Inspection,
    Involvement,
    Rating,
    Reminder,
    Word,
)

__all__ = [
    "PARTY",
    "PASSES_ALLOWED",
    "Case",
    "Certificate",
    "Decision",
    "Document",
    "Draft",
    "Extension",
    "Ground",
    "Handover",
    "Hearing",
    "Inspection",
    "Interest",
    "Involvement",
    "Letter",
    "Proposal",
    "Rating",
    "Recusal",
    "RecusalRequest",
    "Reliance",
    "Reminder",
    "Representative",
    "Stop",
    "Sweep",
    "Task",
    "Timer",
    "Word",
    "urgency",
]
