"""Signs that people may have acted by arrangement: for a person to look at, and never more than that.

Nothing here says that anybody did wrong: a club may ask its members to write, a newspaper sends a crowd. How often
each sign comes up where nobody is known to have arranged anything was measured on real logs (`measured`).
"""

from zhengtong.engines.signals.bursts import Burst, bursts
from zhengtong.engines.signals.measured import MEASURED, Measured
from zhengtong.engines.signals.texts import Said, SameText, same_texts
from zhengtong.engines.signals.votes import SameVotes, same_votes

__all__ = [
    "MEASURED",
    "Burst",
    "Measured",
    "Said",
    "SameText",
    "SameVotes",
    "bursts",
    "same_texts",
    "same_votes",
]
