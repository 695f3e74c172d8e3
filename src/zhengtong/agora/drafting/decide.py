"""Decisions that touch nothing: whether a text says something else, and whether it may be changed."""

from zhengtong.agora.decide import binds
from zhengtong.charter.model import Phase
from zhengtong.engines.likeness import substance

REASON = 1000  # characters


def material(earlier: str, later: str) -> bool:
    """Whether it says something else: more has changed than blanks, capitals and the width of letters.

    No machine weighs words here. A comma can turn a sentence, so that a misprint put right asks for signatures, too.
    """
    return substance(earlier) != substance(later)


def stands(phase: Phase, signed: int) -> bool:
    """Whether so many have signed that the text is changed no more, by the charter."""
    return phase.amendments is not None and phase.amendments.after_threshold == "closed" and binds(phase, signed)
