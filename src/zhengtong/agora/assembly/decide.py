"""When an assembly can decide, and what it has decided. Pure."""

from zhengtong.charter.model import Organ


def is_quorate(organ: Organ, *, present: int, members: int) -> bool:
    """Whether enough members are there."""
    return _reaches(organ.quorum, present, members)


def is_carried(organ: Organ, *, yes: int, no: int) -> bool:
    """Whether a motion is carried; who abstains counts for neither side, and no votes carry nothing."""
    return _reaches(organ.majority, yes, yes + no)


def _reaches(share: str, part: int, whole: int) -> bool:
    return 2 * part > whole if share == "half" else whole > 0 and 3 * part >= 2 * whole
