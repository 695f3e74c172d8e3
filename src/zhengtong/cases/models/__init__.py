"""The state of every case. Acts alone change it (see cases/acts)."""

from zhengtong.cases.models.case import Case, Draft, Stop, Task, Timer, urgency
from zhengtong.cases.models.papers import Certificate, Decision, Document, Letter
from zhengtong.cases.models.work import Extension, Handover, Inspection, Rating, Recusal

__all__ = [
    "Case",
    "Certificate",
    "Decision",
    "Document",
    "Draft",
    "Extension",
    "Handover",
    "Inspection",
    "Letter",
    "Rating",
    "Recusal",
    "Stop",
    "Task",
    "Timer",
    "urgency",
]
