"""Whether an answered case is solved: the party says so, and what is known of it to everybody."""

from zhengtong.cases.law import procedure_of
from zhengtong.cases.models import Case
from zhengtong.charter.model import Procedure, Solved

UNANSWERED = ("rejected", "withdrawn")  # outcomes of which nobody can say that they solve something


def follows_word(case: Case) -> bool:
    """Whether the party's no opened the case: then it is for those who answered, and those to whom it was sent on."""
    listed = procedure_of(case.about) if case.about else None
    declared = listed.solved if isinstance(listed, Procedure) else None
    return declared is not None and declared.procedure == case.procedure


def asked(case: Case) -> Solved | None:
    """What the charter says of it, if the party may say now whether the case is solved: once for each answer."""
    listed = procedure_of(case)
    declared = listed.solved if isinstance(listed, Procedure) else None
    if declared is None or case.closed_at is None or case.outcome in UNANSWERED:
        return None
    return None if case.words.filter(said_at__gte=case.closed_at).exists() else declared
